use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use firstvalue_model::time::Millis;
use firstvalue_store::{AppendError, StoreError};
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::limits::Limits;
use crate::metrics::Requests;
use crate::product::{Product, ProductConfig};
use crate::retention;
use crate::secret::Secret;
use crate::write_key::WriteKey;

/// What a collector is made from.
#[derive(Debug)]
pub struct Config {
    /// Whose events it takes, each kept apart from the others.
    pub products: Vec<ProductConfig>,
    /// How much it takes.
    pub limits: Limits,
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
    /// A playbook could not be put into force.
    #[error("the playbook could not be stored: {0}")]
    Publish(#[from] AppendError),
    /// The playbook has errors.
    #[error(
        "the playbook{} has errors; `firstvalue check` names them, and `firstvalue playbook publish` \
         puts another one into force",
        .version.map(|version| format!(" of version {version}")).unwrap_or_default()
    )]
    BrokenPlaybook {
        /// Which it is, if it was published: an earlier version of this program took it.
        version: Option<i64>,
    },
    /// The playbook cannot be written as JSON.
    #[error("the playbook cannot be published: {0}")]
    Playbook(#[from] serde_json::Error),
    /// The system gave no thread.
    #[error("no thread could be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// One running collector. Dropping it stores what waits, then closes the databases.
#[derive(Debug)]
pub struct Collector {
    pub(crate) products: Vec<Arc<Product>>,
    pub(crate) limits: Limits,
    pub(crate) assets: PathBuf,
    pub(crate) clock: fn() -> Millis,
    pub(crate) requests: Requests,
    /// Who may unpack a large body now; the others wait.
    pub(crate) unpacking: Semaphore,
}

/// Large bodies that are unpacked and read at a time: each may take some megabytes.
const UNPACKING: usize = 16;

impl Collector {
    /// Opens the databases and begins to read them. Queries wait until theirs is read, ingest does
    /// not.
    ///
    /// # Errors
    /// If a database cannot be opened or the system gives no thread.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        let products = config.products.into_iter();
        let now = (config.clock)();
        let products = products.map(|product| Product::open(product, now).map(Arc::new));
        Ok(Self {
            products: products.collect::<Result<_, _>>()?,
            limits: config.limits,
            assets: config.assets,
            clock: config.clock,
            requests: Requests::new(),
            unpacking: Semaphore::new(UNPACKING),
        })
    }

    /// Ends answers that go on for as long as somebody listens, so that it can stop.
    pub fn end_streams(&self) {
        for product in &self.products {
            product.end_streams();
        }
    }

    /// Takes out the events of products that keep them for so many days only, and has everything decided
    /// anew without them in the background. Whoever runs a collector calls this now and then.
    pub async fn forget_old(&self) {
        for product in &self.products {
            if let Err(error) = retention::forget_old(product, self.now()).await {
                // It is tried again the next time.
                tracing::error!(%error, "old events were not taken out");
            }
        }
    }

    pub(crate) fn now(&self) -> Millis {
        (self.clock)()
    }

    /// The product that a write key adds to. All keys are looked at, so that the time does not tell
    /// which it was.
    pub(crate) fn product_to_write(&self, key: &str) -> Option<(&Arc<Product>, &WriteKey)> {
        let products = self.products.iter();
        let keys =
            products.flat_map(|product| product.write_keys.iter().map(move |key| (product, key)));
        keys.fold(None, |found, (product, known)| {
            let fits = known.secret.is(key);
            found.or(fits.then_some((product, known)))
        })
    }

    /// The product that an admin token lets people read, and the token.
    pub(crate) fn product_to_read(&self, token: &str) -> Option<(&Arc<Product>, &Secret)> {
        let products = self.products.iter();
        let tokens = products.flat_map(|product| {
            product
                .admin_tokens
                .iter()
                .map(move |token| (product, token))
        });
        tokens.fold(None, |found, (product, known)| {
            let fits = known.is(token);
            found.or(fits.then_some((product, known)))
        })
    }
}
