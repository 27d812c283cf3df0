//! Who did what to the data, other than adding to it.

use firstvalue_model::time::Millis;
use rusqlite::{Connection, params};

use crate::error::{AppendError, StoreError};
use crate::reader::Reader;
use crate::store::Store;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Millis,
    /// Who did it.
    pub actor: String,
    /// What.
    pub action: &'static str,
    /// Of whom or what; no personal data.
    pub subject: String,
    /// How much.
    pub detail: String,
}

/// Something that was done, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDeed {
    /// Its place in the order in which things were done.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// Who did it.
    pub actor: String,
    /// What.
    pub action: String,
    /// Of whom or what.
    pub subject: String,
    /// How much.
    pub detail: String,
}

pub(crate) fn insert(connection: &Connection, deed: &Deed) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    insert.execute(params![
        deed.at,
        deed.actor,
        deed.action,
        deed.subject,
        deed.detail
    ])?;
    Ok(())
}

impl Store {
    /// Writes down what was done.
    ///
    /// # Errors
    /// If it could not be committed.
    pub async fn note(&self, deed: Deed) -> Result<(), AppendError> {
        self.write(move |connection| insert(connection, &deed))
            .await
    }
}

impl Reader {
    /// What was done last, newest first, at most `limit`, of what was done before `before`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptDeed>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, at, actor, action, subject, detail FROM audit \
             WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let before = before.unwrap_or(i64::MAX);
        let deeds = statement.query_map(params![before, limit], |row| {
            Ok(KeptDeed {
                id: row.get(0)?,
                at: row.get(1)?,
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: row.get(5)?,
            })
        })?;
        Ok(deeds.collect::<rusqlite::Result<_>>()?)
    }
}
