//! The data folder of a collector. Which engine keeps the events in it is said here, and nowhere else.

use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use firstvalue_store::sqlite::{OpenError, SqliteReader, SqliteStore};
use firstvalue_store::{Reader, Store};

/// Opens the store in a folder, which is made if need be. Nobody else may have it open.
///
/// # Errors
/// If it cannot be used.
pub fn open(folder: &Path) -> Result<Arc<dyn Store>, OpenError> {
    let store = SqliteStore::open(folder)?;
    if let Some(tail) = store.damaged_tail() {
        tracing::error!(
            copy = %tail.copy.display(),
            from = tail.from,
            size = tail.size,
            "the end of the log is damaged: what was stored last is lost, all before is there"
        );
    }
    Ok(Arc::new(store))
}

/// Likewise, if the folder is there.
///
/// # Errors
/// If it is not, or cannot be used.
pub fn open_existing(folder: &Path) -> anyhow::Result<Arc<dyn Store>> {
    ensure!(
        folder.is_dir(),
        "there is no folder `{}`; name the data folder of a collector",
        folder.display()
    );
    Ok(open(folder)?)
}

/// Asks the store in a folder, while somebody else may have it open.
///
/// # Errors
/// If there is none, or it cannot be read.
pub fn read(folder: &Path) -> Result<Box<dyn Reader>, OpenError> {
    Ok(Box::new(SqliteReader::open(folder)?))
}
