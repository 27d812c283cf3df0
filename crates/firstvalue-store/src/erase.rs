//! Taking out everything that is kept of a user.

use rusqlite::{Connection, TransactionBehavior};

use crate::audit::{self, Deed};
use crate::error::AppendError;
use crate::people;
use crate::store::Store;
use crate::tail;

/// What was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Under how many ids the user was known.
    pub ids: usize,
    /// Events, with the ids by which they would have been known again.
    pub events: usize,
    /// Refused messages.
    pub refused: usize,
}

impl Store {
    /// Takes out everything that is kept of a user, and writes down that it was done. When this
    /// returns, nothing of it is left in the files of the store; it may be in back-ups.
    ///
    /// # Errors
    /// If it could not be committed; nothing has been taken out then.
    pub async fn erase(
        &self,
        user: String,
        deed: impl FnOnce(&Erased) -> Deed + Send + 'static,
    ) -> Result<Erased, AppendError> {
        let path = self.path().to_owned();
        self.write(move |connection| {
            // They may be in it. Without it nothing is lost that could still be read.
            tail::remove_copy(&path)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let erased = erase(connection, &user, deed)?;
            // Deleted rows are overwritten in the file; copies of them are in the log until it is
            // begun anew.
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(erased)
        })
        .await
    }
}

fn erase(
    connection: &mut Connection,
    user: &str,
    deed: impl FnOnce(&Erased) -> Deed,
) -> rusqlite::Result<Erased> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut erased = Erased {
        ids: 0,
        events: 0,
        refused: 0,
    };
    for id in people::ids(&transaction, user)? {
        let events = transaction.execute("DELETE FROM events WHERE user_id = ?1", [&id])?;
        erased.ids += usize::from(events > 0);
        erased.events += events;
        erased.refused +=
            transaction.execute("DELETE FROM quarantine WHERE user_id = ?1", [&id])?;
    }
    audit::insert(&transaction, &deed(&erased))?;
    transaction.commit()?;
    Ok(erased)
}
