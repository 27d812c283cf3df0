//! Messages that were refused, kept for people to look at.

use firstvalue_model::time::Millis;
use rusqlite::{Connection, Transaction, params};

use crate::error::StoreError;
use crate::reader::Reader;

/// How many are kept. The oldest make room for what comes.
const KEPT: u32 = 10_000;

/// A message that was refused, on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefusal {
    /// When it arrived.
    pub received_at: Millis,
    /// The client's id for it, if it has one.
    pub message_id: Option<String>,
    /// Who, as far as can be read.
    pub user: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// What was sent, or the beginning of it.
    pub body: String,
}

/// A message that was refused, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its place in the order of arrival.
    pub id: i64,
    /// What is known of it.
    pub refused: NewRefusal,
}

pub(crate) fn insert(transaction: &Transaction<'_>, refusal: &NewRefusal) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO quarantine (received_at, message_id, user_id, reason, body) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    insert.execute(params![
        refusal.received_at,
        refusal.message_id,
        refusal.user,
        refusal.reason,
        refusal.body,
    ])?;
    Ok(())
}

/// Drops all but the latest.
pub(crate) fn make_room(connection: &Connection) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ?1",
    )?;
    delete.execute([KEPT])?;
    Ok(())
}

impl Reader {
    /// The messages refused last, newest first, at most `limit`, of those before `before`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn quarantine(&self, before: Option<i64>, limit: u32) -> Result<Vec<Refusal>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, received_at, message_id, user_id, reason, body FROM quarantine \
             WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let before = before.unwrap_or(i64::MAX);
        let refusals = statement.query_map(params![before, limit], |row| {
            Ok(Refusal {
                id: row.get(0)?,
                refused: NewRefusal {
                    received_at: row.get(1)?,
                    message_id: row.get(2)?,
                    user: row.get(3)?,
                    reason: row.get(4)?,
                    body: row.get(5)?,
                },
            })
        })?;
        Ok(refusals.collect::<rusqlite::Result<_>>()?)
    }
}
