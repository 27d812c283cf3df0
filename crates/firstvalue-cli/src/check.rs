//! `firstvalue check`: what is wrong with playbooks.

mod json;
mod region;
mod sarif;

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use firstvalue_model::source::Severity;

use crate::output;
use crate::playbook_file::{self, Invalid, Loaded, counted};

/// Says what is wrong with playbooks: all of it, with file, line, column and what to do.
#[derive(Args)]
#[command(after_help = "Examples:\n  firstvalue check playbook.yaml\n  \
    firstvalue check --deny-warnings --format sarif playbooks/*.yaml > check.sarif\n\n\
    Exit codes:\n  \
    0  all playbooks can be used; warnings and notes may have been printed\n  \
    1  a playbook has errors, or warnings with --deny-warnings\n  \
    2  the command was used wrongly, or a file cannot be read")]
pub struct Check {
    /// The playbooks, in YAML or JSON; `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    playbooks: Vec<PathBuf>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Fail on warnings too. Notes never fail anything.
    #[arg(long)]
    deny_warnings: bool,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: to standard error, with the lines that it is about.
    #[default]
    Human,
    /// One JSON array of everything that was found.
    Json,
    /// SARIF 2.1.0, which code hosts and editors show beside the lines.
    Sarif,
}

impl Check {
    /// Checks, and prints what was found.
    ///
    /// # Errors
    /// If a playbook has errors (or warnings that are denied), or a file cannot be read.
    pub fn run(&self) -> anyhow::Result<()> {
        let mut loaded = Vec::new();
        let mut unread = Vec::new();
        for path in &self.playbooks {
            match playbook_file::load(path) {
                Ok(playbook) => loaded.push(playbook),
                Err(error) => unread.push(error),
            }
        }
        match self.format {
            Format::Human => loaded.iter().try_for_each(print)?,
            Format::Json => output::print(json::array(&loaded)?)?,
            Format::Sarif => output::print(sarif::log(&loaded)?)?,
        }
        // The last thing that is said is why the command failed, and reading comes before checking.
        let Some(error) = unread.pop() else {
            return self.judge(&loaded);
        };
        for error in unread {
            output::say(format_args!("error: {error:#}"));
        }
        Err(error)
    }

    /// Fails if there is a playbook that does not pass.
    fn judge(&self, loaded: &[Loaded]) -> anyhow::Result<()> {
        let failed = loaded.iter().filter_map(|loaded| {
            let errors = loaded.count(Severity::Error);
            let warnings = loaded.count(Severity::Warning);
            let mut found = Vec::new();
            if errors > 0 {
                found.push(counted(errors, "error"));
            }
            if self.deny_warnings && warnings > 0 {
                found.push(counted(warnings, "denied warning"));
            }
            (!found.is_empty()).then(|| format!("{} has {}", loaded.path, found.join(" and ")))
        });
        let failed: Vec<String> = failed.collect();
        if !failed.is_empty() {
            bail!(Invalid(failed.join("; ")));
        }
        Ok(())
    }
}

/// Prints for people what was found, and what a playbook that can be used has in it.
fn print(loaded: &Loaded) -> anyhow::Result<()> {
    playbook_file::print(loaded);
    if let Some(playbook) = &loaded.read.playbook {
        output::print(format_args!(
            "{}: {}, {}, {}",
            loaded.path,
            counted(playbook.audiences.len(), "audience"),
            counted(playbook.milestones.len(), "milestone"),
            counted(playbook.guides.len(), "guide"),
        ))?;
    }
    Ok(())
}
