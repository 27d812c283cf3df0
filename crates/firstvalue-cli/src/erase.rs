//! `firstvalue erase`: takes out everything that is kept of a user.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use firstvalue_collector::{Config, deed};
use firstvalue_store::Erasure;
use tokio::runtime::Runtime;

use crate::{data_folder, output};

/// Takes out everything that a collector keeps of a user, for good.
///
/// That is their events, those from before they signed in included, and whatever of theirs was
/// refused, but not what was done under other ids by which somebody has signed in. It is overwritten in the files; back-ups are yours to look after. That it was done is
/// written down without the user's id. The collector must not be running: a running one does the
/// same for `DELETE /api/users/ID`.
#[derive(Args)]
#[command(after_help = "Example:\n  firstvalue erase --data firstvalue-data --user ann@acme.com")]
pub struct Erase {
    /// The folder in which events are kept.
    #[arg(
        long,
        env = "FIRSTVALUE_DATA",
        value_name = "DIR",
        default_value = "firstvalue-data"
    )]
    data: PathBuf,
    /// Whom.
    #[arg(long, value_name = "ID")]
    user: String,
    /// Also what was done under other ids under which somebody has signed in, and that messages say are the
    /// same person's.
    #[arg(long)]
    joined: bool,
}

impl Erase {
    /// Takes the user out.
    ///
    /// # Errors
    /// If the store cannot be used, or nothing is known of the user.
    pub fn run(&self) -> anyhow::Result<()> {
        let store = data_folder::open_existing(&self.data)?;
        let runtime = Runtime::new().context("cannot start threads")?;
        let actor = "command line".to_owned();
        let deed = deed::erasure(Config::system_clock(), actor, &self.user);
        let whom = Erasure {
            user: self.user.clone(),
            joined: self.joined,
        };
        let erased = runtime.block_on(store.erase(whom, deed))?;
        if erased.events + erased.refused == 0 {
            bail!("nothing is known of a user `{}`", self.user);
        }
        output::print(format_args!(
            "erased {} events and {} refused messages",
            erased.events, erased.refused
        ))?;
        if !erased.left.is_empty() {
            output::print(format_args!(
                "left what was done as `{}`, which messages say is the same person; with `--joined` that \
                 is erased, too",
                erased.left.join("`, `")
            ))?;
        }
        if !erased.overwritten {
            bail!(
                "copies may be left in the log, since another program reads the database; end it, and \
                 start `firstvalue serve` once"
            );
        }
        Ok(())
    }
}
