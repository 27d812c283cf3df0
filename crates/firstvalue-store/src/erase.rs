//! Taking out everything that is kept of a user.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio::time::Instant;

use crate::audit::{self, Deed};
use crate::error::AppendError;
use crate::people::{self, KeptUnder};
use crate::removals::{self, Removals};
use crate::store::{LOCK_TIMEOUT, Store};
use crate::{snapshot, tail};

/// How long to wait before the log is tried again that somebody still reads.
const PAUSE: Duration = Duration::from_millis(50);

/// How long erasing waits for those who read what is erased.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whom to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Any of their ids.
    pub user: String,
    /// Whether also what was done under ids by which somebody has signed in, and that messages say are
    /// the same person's.
    pub joined: bool,
}

/// What was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The ids that the user was known by.
    pub ids: Vec<String>,
    /// Ids that are said to be the same person's, and under which somebody has signed in, or that belong to
    /// such an id; what was done under them is left.
    pub left: Vec<String>,
    /// Events, with the ids by which they would have been known again.
    pub events: usize,
    /// Refused messages.
    pub refused: usize,
    /// Whether the copies in the write-ahead log are gone, too. If not, somebody still reads what was there
    /// before: [`Store::clear_log`] goes on trying.
    pub log_cleared: bool,
    /// Whom what is known of others depended on.
    pub touched: Touched,
}

/// Others about whom something may have been decided by what was taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Ids that some message joined, or would have joined, with one of those taken out.
    pub users: Vec<String>,
    /// Accounts that one of those taken out was ever said to belong to.
    pub accounts: Vec<String>,
    /// Whether pages were among what was taken out.
    pub pages: bool,
    /// What had been taken out before, and since.
    pub removals: Removals,
}

impl Store {
    /// Takes out everything that is kept of a user, and writes down that it was done. When this returns,
    /// nothing of it is left in the files of the store, if [`Erased::log_cleared`]; it may be in back-ups.
    ///
    /// # Errors
    /// If it could not be committed; nothing has been taken out then.
    pub async fn erase(
        &self,
        whom: Erasure,
        deed: impl FnOnce(&Erased) -> Deed + Send + 'static,
    ) -> Result<Erased, AppendError> {
        let path = self.path().to_owned();
        let mut erased = self
            .write(move |connection| {
                // They may be in it. Without it nothing is lost that could still be read.
                let failed =
                    |error: std::io::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
                tail::remove_copy(&path).map_err(failed)?;
                let erased = erase(connection, &whom, deed)?;
                // Afterwards: whoever writes one meanwhile sees that it holds no more.
                snapshot::remove(&path).map_err(failed)?;
                Ok(erased)
            })
            .await?;
        erased.log_cleared = self.clear_log(PATIENCE).await?;
        Ok(erased)
    }

    /// Begins the write-ahead log anew, so that nothing is left in it of what was taken out. Returns whether
    /// it could be: for as long as somebody reads what was there before, as an export does, it cannot, and
    /// is tried again until patience ends. Events are taken in meanwhile.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn clear_log(&self, patience: Duration) -> Result<bool, AppendError> {
        let end = Instant::now() + patience;
        loop {
            match self.write(clear).await {
                Ok(true) => return Ok(true),
                Ok(false) | Err(AppendError::Busy) if Instant::now() >= end => return Ok(false),
                Ok(false) | Err(AppendError::Busy) => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(error),
            }
        }
    }
}

/// Deleted rows are overwritten in the file; copies of them are in the log until it is begun anew.
fn clear(connection: &mut Connection) -> rusqlite::Result<bool> {
    // Whoever wants to store something must not wait for whoever reads.
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, bool>(0)
    });
    connection.busy_timeout(LOCK_TIMEOUT)?;
    Ok(!busy?)
}

fn erase(
    connection: &mut Connection,
    whom: &Erasure,
    deed: impl FnOnce(&Erased) -> Deed,
) -> rusqlite::Result<Erased> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let KeptUnder { ids, others } = KeptUnder::find(&transaction, &whom.user, whom.joined)?;
    let before = removals::count(&transaction)?;
    let mut erased = Erased {
        left: others,
        events: 0,
        refused: 0,
        log_cleared: false,
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
