//! Taking out what is older than it may be.

use firstvalue_model::time::Millis;

use crate::error::AppendError;
use crate::snapshot;
use crate::store::Store;

impl Store {
    /// Takes out events that happened before a moment, and what was refused before it, at most `limit` of
    /// each: events that come in meanwhile wait no longer than that takes. Returns how many events it
    /// was.
    ///
    /// # Errors
    /// If it could not be committed.
    pub async fn forget_before(&self, moment: Millis, limit: u32) -> Result<usize, AppendError> {
        let path = self.path().to_owned();
        self.write(move |connection| {
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
                snapshot::remove(&path)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            }
            Ok(events)
        })
        .await
    }
}
