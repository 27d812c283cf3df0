//! Where the products of a test keep their events: in databases on the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use firstvalue_store::Store;
use firstvalue_store::sqlite::SqliteStore;
use tempfile::TempDir;

pub struct Stores(TempDir);

impl Stores {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The store of a product, with what was in it when it was open before.
    pub fn open(&self, product: &str) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(&self.folder(product)).unwrap())
    }

    /// The folder of a product.
    pub fn folder(&self, product: &str) -> PathBuf {
        Path::join(self.0.path(), product)
    }
}
