use std::sync::{Arc, PoisonError, RwLock};

use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::time::Millis;
use firstvalue_store::{
    AppendError, DeedOf, Erased, Erasure, NewPlaybook, Reader, Store, StoreError,
};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use thiserror::Error;
use tokio::sync::watch;

use crate::collector::OpenError;
use crate::metrics::EventFate;
use crate::playbook::{InForce, PublishedPlaybook};
use crate::projection::{Basis, Keeping, Projector, Unavailable};
use crate::secret::Secret;
use crate::write_key::WriteKey;

/// What a product is made from.
#[derive(Debug)]
pub struct ProductConfig {
    /// Where its events are kept, and nothing of other products.
    pub store: Arc<dyn Store>,
    /// The playbook as it was written: what browsers load, and what decides about milestones here. If it
    /// is the one of an earlier start, or there is none, the one that was published last is in force.
    pub playbook: Option<String>,
    /// Let clients add events. A key of several products is that of the first.
    pub write_keys: Vec<WriteKey>,
    /// Let people read what was collected.
    pub admin_tokens: Vec<Secret>,
    /// With it the host's server signs ids of users, so that browsers may load their state.
    pub identity_secret: Option<String>,
    /// For how many days events are kept; for ever if not said. See
    /// [`Collector::forget_old`](crate::Collector::forget_old).
    pub keep_days: Option<u32>,
}

/// One product: its events, what they say, and who may ask.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) write_keys: Vec<WriteKey>,
    pub(crate) admin_tokens: Vec<Secret>,
    pub(crate) identity_secret: Option<String>,
    pub(crate) keep_days: Option<u32>,
    /// What became of events, as counts.
    pub(crate) fates: Family<EventFate, Counter>,
    in_force: RwLock<Arc<InForce>>,
    /// Held while a playbook is put into force: the last one stored is the last one taken up.
    publishing: tokio::sync::Mutex<()>,
    pub(crate) projector: Projector,
    /// Changes when something was stored; becomes true when nobody shall wait for more.
    stored: watch::Sender<bool>,
    pub(crate) store: Arc<dyn Store>,
}

impl Product {
    pub(crate) fn open(config: ProductConfig, now: Millis) -> Result<Self, OpenError> {
        let store = config.store;
        let in_force = InForce::at_start(&*store, config.playbook, now)?;
        let (playbook, basis) = (in_force.compiled.clone(), in_force.basis);
        let keeping = Keeping::new(Arc::clone(&store))?;
        let reader = store.reader()?;
        Ok(Self {
            write_keys: config.write_keys,
            admin_tokens: config.admin_tokens,
            identity_secret: config.identity_secret,
            keep_days: config.keep_days,
            fates: Family::default(),
            in_force: RwLock::new(Arc::new(in_force)),
            publishing: tokio::sync::Mutex::default(),
            projector: Projector::start(keeping, reader, playbook, basis)?,
            stored: watch::Sender::new(false),
            store,
        })
    }

    /// Says that something was stored.
    pub(crate) fn has_stored(&self) {
        self.projector.wake();
        self.stored.send_modify(|_| ());
    }

    /// Changes when something was stored; ends, or becomes true, when there is no more to wait for.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.stored.subscribe()
    }

    /// Ends answers that go on for as long as somebody listens.
    pub(crate) fn end_streams(&self) {
        self.stored.send_replace(true);
    }

    /// The playbook in force.
    pub(crate) fn in_force(&self) -> Arc<InForce> {
        let in_force = self.in_force.read();
        Arc::clone(&in_force.unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts a playbook into force: browsers load it from now on, and everything is decided anew in the
    /// background. Returns its version.
    pub(crate) async fn publish(
        &self,
        playbook: NewPlaybook,
        compiled: CompiledPlaybook,
    ) -> Result<i64, PublishError> {
        let published = PublishedPlaybook::new(&compiled)?;
        let basis = Basis::of(&playbook.text);
        let _alone = self.publishing.lock().await;
        let store = Arc::clone(&self.store);
        let publishing = tokio::task::spawn_blocking(move || store.publish(playbook));
        let version = publishing.await.map_err(|_| AppendError::Closed)??;
        let in_force = Arc::new(InForce {
            version: Some(version),
            published,
            compiled,
            basis,
        });
        *self
            .in_force
            .write()
            .unwrap_or_else(PoisonError::into_inner) = in_force;
        self.recompute()?;
        Ok(version)
    }

    /// Takes out everything that is kept of a user.
    pub(crate) async fn erase(&self, whom: Erasure, deed: DeedOf) -> Result<Erased, AppendError> {
        let erased = self.store.erase(whom, deed).await?;
        self.projector.erased(erased.clone()).await;
        if !erased.overwritten {
            tracing::warn!("what was erased stays on the disk until what is being read is done");
        }
        Ok(erased)
    }

    /// Has everything decided anew in the background.
    pub(crate) async fn decide_anew(&self) -> Result<(), PublishError> {
        let _alone = self.publishing.lock().await;
        self.recompute()
    }

    /// Likewise, by whoever keeps others from putting a playbook into force meanwhile.
    fn recompute(&self) -> Result<(), PublishError> {
        let (reader, in_force) = (self.store.reader()?, self.in_force());
        let playbook = in_force.compiled.clone();
        Ok(self.projector.recompute(reader, playbook, in_force.basis)?)
    }

    /// Asks the store something, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&dyn Reader) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let product = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || question(&*product.store.reader()?));
        Ok(reading.await.map_err(|_| Unavailable::Stopped)??)
    }
}

/// Why a playbook was not put into force, or not everything is decided anew.
#[derive(Debug, Error)]
pub(crate) enum PublishError {
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the playbook cannot be published: {0}")]
    Json(#[from] serde_json::Error),
    #[error("no thread could be started: {0}")]
    Thread(#[from] std::io::Error),
}
