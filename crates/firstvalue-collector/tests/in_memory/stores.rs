//! Where the products of a test keep their events: in memory, for as long as the test runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use firstvalue_store::Store;
use firstvalue_store_reference::MemoryStore;

pub struct Stores(Mutex<HashMap<String, MemoryStore>>);

impl Stores {
    pub fn new() -> Self {
        Self(Mutex::default())
    }

    /// The store of a product, with what was in it when it was open before.
    pub fn open(&self, product: &str) -> Arc<dyn Store> {
        let mut stores = self.0.lock().unwrap();
        Arc::new(stores.entry(product.to_owned()).or_default().clone())
    }
}
