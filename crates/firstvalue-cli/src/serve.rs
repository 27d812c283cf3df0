//! `firstvalue serve`: collector, dashboard and browser packages in one process.

mod keys;
mod products;
mod settings;
mod stop;

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use firstvalue_collector::{Collector, Config, Limits};
use tokio::net::TcpListener;

use keys::Keys;
use settings::{LogForm, Settings};
use stop::Stop;

/// Where it listens, if that is not said: nobody else can reach it.
const USUAL_ADDRESS: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8_787);

/// How often events that are too old are taken out.
const FORGET_EVERY: Duration = Duration::from_secs(3_600);

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
    firstvalue serve --playbook playbook.yaml --data /var/lib/firstvalue --listen 0.0.0.0:8787\n  \
    firstvalue serve --config /etc/firstvalue.toml\n\n\
    Without keys, new ones are made at the first start and printed once. The file keys.json in the \
    data folder, which only its owner can read, keeps their hashes.")]
pub struct Serve {
    /// A file in TOML with the settings that are not given otherwise: `data = "…"` is `--data …`.
    #[arg(long, env = "FIRSTVALUE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    /// Serves until told to stop.
    ///
    /// # Errors
    /// If the settings or a playbook have errors, the address is taken, or the data folder cannot
    /// be used.
    pub fn run(&self) -> anyhow::Result<()> {
        let settings = match &self.config {
            Some(file) => self.settings.over(file)?,
            None => self.settings.clone(),
        };
        begin_to_log(settings.log.unwrap_or_default());
        let data = settings.data.clone();
        let data = data.unwrap_or_else(|| PathBuf::from("firstvalue-data"));
        let runtime = tokio::runtime::Runtime::new().context("cannot start threads")?;
        let address = settings.listen.unwrap_or(USUAL_ADDRESS);
        let listener = runtime
            .block_on(TcpListener::bind(address))
            .with_context(|| format!("cannot listen on `{address}`"))?;
        let (products, made) = products::read(&settings, &data)?;
        let assets = settings.assets.clone();
        let limits = limits(&settings);
        let collector = Arc::new(Collector::open(Config {
            products,
            limits: limits.clone(),
            assets: assets.unwrap_or_else(|| PathBuf::from("dist")),
            clock: Config::system_clock,
        })?);
        let served = runtime.block_on(async {
            let stop = Stop::listen().context("cannot listen to signals")?;
            let address = listener
                .local_addr()
                .context("the listener has no address")?;
            let router = firstvalue_collector::router(Arc::clone(&collector));
            let (asked, listened) = (stop.asked(), Arc::clone(&collector));
            let stops = async move {
                asked.await;
                listened.end_streams();
            };
            let server = firstvalue_collector::serve(listener, router, &limits, stops);
            announce(address, &data, made.as_ref());
            tokio::spawn(forget_regularly(Arc::clone(&collector)));
            tokio::select! {
                served = server => served.context("the server failed"),
                () = stop.overdue(GRACE) => Ok(()),
            }
        });
        // What is cut off here was not answered, so that its clients will send it again.
        runtime.shutdown_timeout(GRACE);
        // Stores what was accepted, and closes the databases.
        drop(collector);
        served
    }
}

/// Takes out what is older than it may be, for as long as the process runs.
async fn forget_regularly(collector: Arc<Collector>) {
    loop {
        collector.forget_old().await;
        tokio::time::sleep(FORGET_EVERY).await;
    }
}

fn begin_to_log(form: LogForm) {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr);
    match form {
        LogForm::Text => log.init(),
        LogForm::Json => log.json().init(),
    }
}

fn announce(address: SocketAddr, data: &Path, made: Option<&Keys>) {
    let mut text = format!("listening on http://{address}\n");
    if let Some(keys) = made {
        text += &format!(
            "write key: {}\nadmin token: {}\n",
            keys.write_key, keys.admin_token
        );
        if let Some(secret) = &keys.identity_secret {
            text += &format!("identity secret: {secret}\n");
        }
        text += &format!(
            "dashboard: http://{address}/#token={}\n\
             events are kept in `{}`; the keys are shown only this once\n",
            keys.admin_token,
            data.display(),
        );
    }
    // Whoever started this may read the first line only; that is no reason to stop.
    drop(std::io::stdout().write_all(text.as_bytes()));
}

fn limits(settings: &Settings) -> Limits {
    let usual = Limits::default();
    Limits {
        body: settings.max_body.unwrap_or(usual.body),
        unpacked: settings.max_unpacked.unwrap_or(usual.unpacked),
        events: settings.max_events.unwrap_or(usual.events),
        event: settings.max_event.unwrap_or(usual.event),
        depth: settings.max_depth.unwrap_or(usual.depth),
        keys: settings.max_keys.unwrap_or(usual.keys),
        connections: settings.max_connections.unwrap_or(usual.connections),
        ..usual
    }
}
