//! `firstvalue openapi`: what a collector can be asked.

use std::io::Write;

use anyhow::Context;
use clap::Args;

/// Writes the OpenAPI description of everything that a collector can be asked.
#[derive(Args)]
#[command(after_help = "Example:\n  firstvalue openapi > openapi.json")]
pub struct Openapi;

impl Openapi {
    /// Writes to standard output.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let failed = "cannot write the description";
        let description = firstvalue_collector::openapi().context(failed)?;
        match std::io::stdout().write_all(description.as_bytes()) {
            // Whoever reads our output may stop early, as `head` does.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context(failed),
        }
    }
}
