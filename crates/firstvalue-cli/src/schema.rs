//! `firstvalue schema`: the playbook format, for editors.

use std::io::Write;

use anyhow::Context;
use clap::Args;

/// Writes the JSON Schema of playbooks, by which editors complete and check them.
///
/// In an editor with the YAML language server, a first line says where the schema is:
/// `# yaml-language-server: $schema=playbook.schema.json`
#[derive(Args)]
#[command(after_help = "Example:\n  firstvalue schema > playbook.schema.json")]
pub struct Schema;

impl Schema {
    /// Writes to standard output.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let schema = firstvalue_model::source::schema();
        match writeln!(std::io::stdout(), "{schema:#}") {
            // Whoever reads our output may stop early, as `head` does.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("cannot write the schema"),
        }
    }
}
