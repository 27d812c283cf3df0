//! `firstvalue compile`: the form of a playbook that browsers load.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::playbook_file;

/// Writes the form of a playbook that browsers load, as JSON.
///
/// The collector does this by itself; it is for hosts that serve the playbook from elsewhere.
#[derive(Args)]
#[command(
    after_help = "Example:\n  firstvalue compile playbook.yaml --output public/playbook.json"
)]
pub struct Compile {
    /// The playbook, in YAML or JSON; `-` for standard input.
    #[arg(value_name = "FILE")]
    playbook: PathBuf,
    /// Where to write it; standard output when absent.
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
}

impl Compile {
    /// Compiles and writes.
    ///
    /// # Errors
    /// If the playbook has errors, or a file cannot be read or written.
    pub fn run(&self) -> anyhow::Result<()> {
        let playbook = playbook_file::read(&self.playbook)?;
        let compiled = serde_json::to_string(&firstvalue_engine::compile(&playbook))
            .context("cannot write the playbook as JSON")?;
        match &self.output {
            Some(path) => std::fs::write(path, compiled)
                .with_context(|| format!("cannot write `{}`", path.display())),
            None => match writeln!(std::io::stdout(), "{compiled}") {
                // Whoever reads our output may stop early, as `head` does.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                written => written.context("cannot write the result"),
            },
        }
    }
}
