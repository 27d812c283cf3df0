//! `firstvalue check`: what is wrong with a playbook.

use std::path::PathBuf;

use clap::Args;

use crate::playbook_file::{self, counted};

/// Says what is wrong with a playbook: all of it, with file, line, column and what to do.
#[derive(Args)]
#[command(after_help = "Example:\n  firstvalue check playbook.yaml\n\n\
    Exit codes:\n  \
    0  the playbook can be used; warnings may have been printed\n  \
    1  the playbook has errors\n  \
    2  the command was used wrongly, or the file cannot be read")]
pub struct Check {
    /// The playbook, in YAML or JSON; `-` for standard input.
    #[arg(value_name = "FILE")]
    playbook: PathBuf,
}

impl Check {
    /// Checks, and prints errors and warnings to standard error.
    ///
    /// # Errors
    /// If the playbook has errors, or the file cannot be read.
    pub fn run(&self) -> anyhow::Result<()> {
        let playbook = playbook_file::read(&self.playbook)?;
        println!(
            "{}: {}, {}, {}",
            self.playbook.display(),
            counted(playbook.audiences.len(), "audience"),
            counted(playbook.milestones.len(), "milestone"),
            counted(playbook.guides.len(), "guide"),
        );
        Ok(())
    }
}
