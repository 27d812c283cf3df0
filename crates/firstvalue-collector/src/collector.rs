use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::time::Millis;
use firstvalue_store::{Store, StoreError};
use thiserror::Error;

use crate::playbook::PublishedPlaybook;
use crate::projection::Projector;

/// What a collector is made from.
#[derive(Debug)]
pub struct Config {
    /// The folder that holds the database.
    pub data: PathBuf,
    /// What browsers load, and what decides about milestones here.
    pub playbook: CompiledPlaybook,
    /// Lets clients add events and read the playbook, nothing else. It is public by nature.
    pub write_key: String,
    /// Lets people read what was collected.
    pub admin_token: String,
    /// The folder with `dashboard/`, `sdk/`, `demo/` and `gallery/`, each of which may be missing.
    pub assets: PathBuf,
    /// Tells the time: [`Config::system_clock`] outside tests.
    pub clock: fn() -> Millis,
}

impl Config {
    /// The time of this machine, in milliseconds since the epoch.
    pub fn system_clock() -> Millis {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Millis::try_from(since_epoch.as_millis()).unwrap_or(Millis::MAX)
    }
}

/// Why a collector could not start.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The events at rest cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The playbook cannot be written as JSON.
    #[error("the playbook cannot be published: {0}")]
    Playbook(#[from] serde_json::Error),
    /// The system gave no thread.
    #[error("no thread could be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// One running collector. Dropping it stores what waits, then closes the database.
#[derive(Debug)]
pub struct Collector {
    pub(crate) write_key: String,
    pub(crate) admin_token: String,
    pub(crate) assets: PathBuf,
    pub(crate) clock: fn() -> Millis,
    pub(crate) playbook: PublishedPlaybook,
    pub(crate) projector: Projector,
    pub(crate) store: Store,
}

impl Collector {
    /// Opens the database and begins to read it. Queries wait until it is read, ingest does not.
    ///
    /// # Errors
    /// If the database cannot be opened or the system gives no thread.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        let store = Store::open(&config.data)?;
        Ok(Self {
            playbook: PublishedPlaybook::new(&config.playbook)?,
            projector: Projector::start(store.reader()?, config.playbook)?,
            store,
            write_key: config.write_key,
            admin_token: config.admin_token,
            assets: config.assets,
            clock: config.clock,
        })
    }

    pub(crate) fn now(&self) -> Millis {
        (self.clock)()
    }
}
