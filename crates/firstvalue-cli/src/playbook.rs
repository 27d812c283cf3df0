//! `firstvalue playbook`: the versions of the playbook of a collector.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use firstvalue_collector::Config;
use firstvalue_model::time;
use firstvalue_store::{KeptPlaybook, NewPlaybook, Reader};

use crate::{data_folder, playbook_file};

/// Lists the versions of the playbook that a collector has had, and puts one into force.
///
/// `list` and `show` may be used while the collector is running; `publish` and `restore` only while it is
/// not: a running one does the same for `POST /api/playbooks` and `POST /api/playbooks/VERSION/restore`.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    firstvalue playbook list\n  \
    firstvalue playbook show 3 > playbook.yaml\n  \
    firstvalue playbook publish playbook.yaml --note \"a shorter tour\"\n  \
    firstvalue playbook restore 3")]
pub struct Versions {
    /// The folder in which events are kept.
    #[arg(
        long,
        global = true,
        env = "FIRSTVALUE_DATA",
        value_name = "DIR",
        default_value = "firstvalue-data"
    )]
    data: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Who published which version, and when; the first is in force.
    List,
    /// Prints a version as it was written.
    Show {
        /// Which.
        version: i64,
    },
    /// Puts a playbook into force.
    Publish {
        /// The playbook; `-` for standard input.
        file: PathBuf,
        /// What is new, for those who read the list.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Puts an earlier version into force again, as a new version.
    Restore {
        /// Which.
        version: i64,
    },
}

impl Versions {
    /// Lists, shows, publishes or restores.
    ///
    /// # Errors
    /// If the store cannot be used, there is no such version, or the playbook has errors.
    pub fn run(&self) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        match &self.what {
            What::List => {
                let kept = data_folder::read(&self.data)?.playbooks(None, u32::MAX)?;
                for kept in kept {
                    writeln!(out, "{}", line(&kept))?;
                }
            }
            What::Show { version } => {
                let kept = kept(&*data_folder::read(&self.data)?, *version)?;
                out.write_all(kept.playbook.text.as_bytes())?;
            }
            What::Publish { file, note } => {
                let (_, text) = playbook_file::with_text(file)?;
                writeln!(out, "version {} is in force", self.publish(text, note)?)?;
            }
            What::Restore { version } => {
                let kept = kept(&*data_folder::read(&self.data)?, *version)?;
                let read = firstvalue_model::source::read(&kept.playbook.text);
                if read.playbook.is_none() {
                    bail!("version {version} has errors as playbooks are read now");
                }
                let note = format!("version {version} again");
                let published = self.publish(kept.playbook.text, &note)?;
                writeln!(out, "version {published} is in force, which is {note}")?;
            }
        }
        Ok(())
    }

    fn publish(&self, text: String, note: &str) -> anyhow::Result<i64> {
        let store = data_folder::open_existing(&self.data)?;
        let playbook = NewPlaybook {
            at: Config::system_clock(),
            actor: "command line".to_owned(),
            note: note.to_owned(),
            text,
        };
        store
            .publish(playbook)
            .context("the playbook could not be stored")
    }
}

fn kept(reader: &dyn Reader, version: i64) -> anyhow::Result<KeptPlaybook> {
    let kept = reader.playbook(version)?;
    kept.with_context(|| {
        format!("there is no version {version}; `firstvalue playbook list` names all")
    })
}

fn line(KeptPlaybook { version, playbook }: &KeptPlaybook) -> String {
    let (at, actor) = (time::to_iso(playbook.at), &playbook.actor);
    format!("{version}  {at}  {actor}  {}", playbook.note)
        .trim_end()
        .to_owned()
}
