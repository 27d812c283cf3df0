//! Taking out what is older than it may be.

use std::path::Path;

use firstvalue_model::time::Millis;
use rusqlite::Connection;

use super::snapshot;
use crate::error::StoreError;

pub(super) fn forget_before(
    connection: &mut Connection,
    database: &Path,
    moment: Millis,
    limit: u32,
) -> Result<usize, StoreError> {
    let transaction = connection.transaction()?;
    let events = transaction.execute(
        "DELETE FROM events WHERE id IN \
         (SELECT id FROM events WHERE at < ?1 ORDER BY at LIMIT ?2)",
        (moment, limit),
    )?;
    transaction.execute(
        "DELETE FROM quarantine WHERE id IN \
         (SELECT id FROM quarantine WHERE received_at < ?1 ORDER BY id LIMIT ?2)",
        (moment, limit),
    )?;
    transaction.commit()?;
    if events > 0 {
        // If it stays, it holds no more, and the next start takes it away.
        drop(snapshot::remove(database));
    }
    Ok(events)
}
