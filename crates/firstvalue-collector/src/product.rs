use std::path::PathBuf;
use std::sync::Arc;

use firstvalue_engine::CompiledPlaybook;
use firstvalue_store::{Reader, Store, StoreError};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

use crate::collector::OpenError;
use crate::metrics::EventFate;
use crate::playbook::PublishedPlaybook;
use crate::projection::{Projector, Unavailable};
use crate::secret::Secret;
use crate::write_key::WriteKey;

/// What a product is made from.
#[derive(Debug)]
pub struct ProductConfig {
    /// What its operator calls it.
    pub name: String,
    /// The folder that holds its database, and nothing of other products.
    pub data: PathBuf,
    /// What browsers load, and what decides about milestones here.
    pub playbook: CompiledPlaybook,
    /// Let clients add events. A key of several products is that of the first.
    pub write_keys: Vec<WriteKey>,
    /// Let people read what was collected.
    pub admin_tokens: Vec<Secret>,
    /// With it the host's server signs ids of users, so that browsers may load their state.
    pub identity_secret: Option<String>,
}

/// One product: its events, what they say, and who may ask.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) data: PathBuf,
    pub(crate) write_keys: Vec<WriteKey>,
    pub(crate) admin_tokens: Vec<Secret>,
    pub(crate) identity_secret: Option<String>,
    /// What became of events, as counts.
    pub(crate) fates: Family<EventFate, Counter>,
    pub(crate) playbook: PublishedPlaybook,
    pub(crate) projector: Projector,
    pub(crate) store: Store,
}

impl Product {
    pub(crate) fn open(config: ProductConfig) -> Result<Self, OpenError> {
        let store = Store::open(&config.data)?;
        if let Some(tail) = store.damaged_tail() {
            tracing::error!(
                product = config.name,
                copy = %tail.copy.display(),
                from = tail.from,
                size = tail.size,
                "the end of the log is damaged: what was stored last is lost, all before is there"
            );
        }
        Ok(Self {
            data: config.data,
            write_keys: config.write_keys,
            admin_tokens: config.admin_tokens,
            identity_secret: config.identity_secret,
            fates: Family::default(),
            playbook: PublishedPlaybook::new(&config.playbook)?,
            projector: Projector::start(store.reader()?, config.playbook)?,
            store,
        })
    }

    /// Asks the store something, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let product = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || question(&product.store.reader()?));
        Ok(reading.await.map_err(|_| Unavailable::Stopped)??)
    }
}
