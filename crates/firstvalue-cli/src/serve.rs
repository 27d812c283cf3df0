//! `firstvalue serve`: collector, dashboard and browser packages in one process.

mod keys;
mod stop;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use firstvalue_collector::{Collector, Config, Limits, ProductConfig, Secret, WriteKey};
use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::Playbook;
use tokio::net::TcpListener;

use crate::playbook_file;
use keys::Keys;
use stop::Stop;

/// The playbook that is used if none is named and a file of this name is here.
const USUAL_PLAYBOOK: &str = "playbook.yaml";

/// How long requests that had begun may go on after the command to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Collects events, decides about milestones, and serves dashboard and browser packages.
///
/// Everything runs in this process; events are kept in one SQLite database in the data folder. The
/// first line on standard output, `listening on http://…`, says that it is ready. It stops at
/// Ctrl-C or SIGTERM once the requests that had begun are answered.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    firstvalue serve\n  \
    firstvalue serve --playbook playbook.yaml --data /var/lib/firstvalue --listen 0.0.0.0:8787\n\n\
    Without a write key or an admin token, new ones are made at the first start, printed once, and \
    kept in the file keys.json in the data folder, which only its owner can read.")]
pub struct Serve {
    /// The folder in which events are kept; made if it is not there.
    #[arg(
        long,
        env = "FIRSTVALUE_DATA",
        value_name = "DIR",
        default_value = "firstvalue-data"
    )]
    data: PathBuf,
    /// The playbook [default: playbook.yaml if it is here, else none].
    #[arg(long, env = "FIRSTVALUE_PLAYBOOK", value_name = "FILE")]
    playbook: Option<PathBuf>,
    /// The address to listen on; port 0 takes any that is free.
    #[arg(
        long,
        env = "FIRSTVALUE_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8787"
    )]
    listen: SocketAddr,
    /// Lets clients add events; it stands in public pages.
    #[arg(
        long,
        env = "FIRSTVALUE_WRITE_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    write_key: Option<String>,
    /// Lets people read what was collected.
    #[arg(
        long,
        env = "FIRSTVALUE_ADMIN_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    admin_token: Option<String>,
    /// The folder with the files of dashboard/, sdk/ and demo/, each of which may be missing.
    #[arg(
        long,
        env = "FIRSTVALUE_ASSETS",
        value_name = "DIR",
        default_value = "dist"
    )]
    assets: PathBuf,
}

impl Serve {
    /// Serves until told to stop.
    ///
    /// # Errors
    /// If the playbook has errors, the address is taken, or the data folder cannot be used.
    pub fn run(&self) -> anyhow::Result<()> {
        tracing_subscriber::fmt()
            .with_writer(std::io::stderr)
            .init();
        let playbook = self.playbook()?;
        let runtime = tokio::runtime::Runtime::new().context("cannot start threads")?;
        let listener = runtime
            .block_on(TcpListener::bind(self.listen))
            .with_context(|| format!("cannot listen on `{}`", self.listen))?;
        let keys = Keys::of(
            &self.data,
            self.write_key.as_deref(),
            self.admin_token.as_deref(),
        )?;
        let collector = Arc::new(Collector::open(Config {
            products: vec![ProductConfig {
                name: playbook.product.clone(),
                data: self.data.clone(),
                playbook,
                write_keys: vec![WriteKey::new(Secret::new(&keys.write_key))],
                admin_tokens: vec![Secret::new(&keys.admin_token)],
            }],
            limits: Limits::default(),
            assets: self.assets.clone(),
            clock: Config::system_clock,
        })?);
        let served = runtime.block_on(self.serve(listener, &collector, &keys));
        // What is cut off here was not answered, so that its clients will send it again.
        runtime.shutdown_timeout(GRACE);
        // Stores what was accepted, and closes the database.
        drop(collector);
        served
    }

    async fn serve(
        &self,
        listener: TcpListener,
        collector: &Arc<Collector>,
        keys: &Keys,
    ) -> anyhow::Result<()> {
        let address = listener
            .local_addr()
            .context("the listener has no address")?;
        let stop = Stop::listen().context("cannot listen to signals")?;
        let router = firstvalue_collector::router(Arc::clone(collector));
        let limits = Limits::default();
        let server = firstvalue_collector::serve(listener, router, &limits, stop.asked());
        self.announce(address, keys);
        tokio::select! {
            served = server => served.context("the server failed"),
            () = stop.overdue(GRACE) => Ok(()),
        }
    }

    fn announce(&self, address: SocketAddr, keys: &Keys) {
        let mut text = format!("listening on http://{address}\n");
        if keys.made_now {
            text += &format!(
                "write key: {}\nadmin token: {}\ndashboard: http://{address}/#token={}\n\
                 data and keys are kept in `{}`; the keys are shown only this once\n",
                keys.write_key,
                keys.admin_token,
                keys.admin_token,
                self.data.display(),
            );
        }
        // Whoever started this may read the first line only; that is no reason to stop.
        drop(std::io::stdout().write_all(text.as_bytes()));
    }

    fn playbook(&self) -> anyhow::Result<CompiledPlaybook> {
        let usual = PathBuf::from(USUAL_PLAYBOOK);
        let playbook = match &self.playbook {
            Some(path) => playbook_file::read(path)?,
            None if usual.exists() => playbook_file::read(&usual)?,
            None => {
                eprintln!(
                    "there is no `{USUAL_PLAYBOOK}` here and none is named by --playbook: events \
                     are collected, but nothing is decided"
                );
                Playbook::default()
            }
        };
        Ok(firstvalue_engine::compile(&playbook))
    }
}
