//! Taking out everything that is kept of a user.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio::time::Instant;

use super::store::LOCK_TIMEOUT;
use super::writer::{WeakWriter, Writer};
use super::{audit, error, people, removals, snapshot, tail};
use crate::erasure::{DeedOf, Erased, Erasure, Removals, Touched};
use crate::error::{AppendError, StoreError};
use crate::people::KeptUnder;

/// How long to wait before the log is tried again that somebody still reads.
const PAUSE: Duration = Duration::from_millis(50);

/// How long erasing waits for those who read what is erased.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Takes a user out of the database and of what is beside it. Copies are left in the log until that is
/// [begun anew](clear_log).
pub(super) fn erase(
    connection: &mut Connection,
    database: &Path,
    whom: &Erasure,
    deed: DeedOf,
) -> Result<Erased, StoreError> {
    // They may be in it. Without it nothing is lost that could still be read.
    tail::remove_copy(database).map_err(error::of_file(database))?;
    let mut erased = take_out(connection, whom, deed)?;
    // Afterwards: whoever writes one meanwhile sees that it holds no more. If it stays, that is so, too, and the next
    // start takes it away.
    erased.overwritten = snapshot::remove(database).is_ok();
    Ok(erased)
}

/// Begins the log anew, so that nothing is left in it of what was taken out, and returns whether it could be until
/// patience ended. Events are taken in meanwhile.
pub(super) async fn clear_log(writer: &Writer, patience: Duration) -> bool {
    let end = Instant::now() + patience;
    loop {
        match writer.write(clear).await {
            Ok(true) => return true,
            Ok(false) | Err(AppendError::Busy) if Instant::now() < end => {
                tokio::time::sleep(PAUSE).await;
            }
            _ => return false,
        }
    }
}

/// Goes on trying until it is done, or the store is closed.
pub(super) async fn clear_log_at_last(writer: WeakWriter) {
    loop {
        tokio::time::sleep(PAUSE).await;
        // Only while it is asked: the store can be closed while it answers.
        let asked = writer.upgrade().map(|writer| writer.begin(clear));
        match asked {
            Some(Ok(cleared)) => {
                if let Ok(Ok(true)) = cleared.await {
                    return;
                }
            }
            Some(Err(AppendError::Busy)) => {}
            _ => return,
        }
    }
}

/// Deleted rows are overwritten in the file; copies of them are in the log until it is begun anew. For as long as
/// somebody reads what was there before, as an export does, it cannot be.
fn clear(connection: &mut Connection) -> Result<bool, StoreError> {
    // Whoever wants to store something must not wait for whoever reads.
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, bool>(0)
    });
    connection.busy_timeout(LOCK_TIMEOUT)?;
    Ok(!busy?)
}

fn take_out(
    connection: &mut Connection,
    whom: &Erasure,
    deed: DeedOf,
) -> Result<Erased, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let KeptUnder { ids, others } = KeptUnder::find(&*transaction, &whom.user, whom.joined)?;
    let before = removals::count(&transaction)?;
    let mut erased = Erased {
        left: others,
        events: 0,
        refused: 0,
        overwritten: false,
        touched: Touched {
            users: people::named_with(&transaction, &ids)?,
            accounts: people::accounts_of(&transaction, &ids)?,
            pages: people::have_seen_pages(&transaction, &ids)?,
            removals: Removals::default(),
        },
        ids,
    };
    for id in &erased.ids {
        erased.events += transaction.execute("DELETE FROM events WHERE user_id = ?1", [id])?;
        erased.refused += transaction.execute("DELETE FROM quarantine WHERE user_id = ?1", [id])?;
    }
    erased.touched.removals = Removals {
        before,
        after: removals::count(&transaction)?,
    };
    audit::insert(&transaction, &deed(&erased))?;
    transaction.commit()?;
    Ok(erased)
}

#[cfg(test)]
mod tests;
