//! The versions of the playbook that were in force.

use firstvalue_model::time::Millis;
use rusqlite::{OptionalExtension, Row, params};

use crate::audit::{self, Deed};
use crate::error::{AppendError, StoreError};
use crate::reader::Reader;
use crate::store::Store;

/// A playbook that is to come into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlaybook {
    /// When.
    pub at: Millis,
    /// Who publishes it.
    pub actor: String,
    /// What they say about it.
    pub note: String,
    /// The playbook as it was written.
    pub text: String,
}

/// A playbook that is or was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPlaybook {
    /// 1, 2, …
    pub version: i64,
    /// What is known of it.
    pub playbook: NewPlaybook,
}

impl Store {
    /// Puts a playbook into force, and writes down that it was done; returns its version.
    ///
    /// # Errors
    /// If it could not be committed.
    pub async fn publish(&self, playbook: NewPlaybook) -> Result<i64, AppendError> {
        self.write(move |connection| publish(connection, &playbook))
            .await
    }

    /// Likewise from a thread that may wait.
    ///
    /// # Errors
    /// If it could not be committed.
    pub fn publish_now(&self, playbook: NewPlaybook) -> Result<i64, AppendError> {
        self.write_now(move |connection| publish(connection, &playbook))
    }
}

fn publish(connection: &mut rusqlite::Connection, playbook: &NewPlaybook) -> rusqlite::Result<i64> {
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO playbooks (at, actor, note, text) VALUES (?1, ?2, ?3, ?4)",
        params![playbook.at, playbook.actor, playbook.note, playbook.text],
    )?;
    let version = transaction.last_insert_rowid();
    let deed = Deed {
        at: playbook.at,
        actor: playbook.actor.clone(),
        action: "publish",
        subject: format!("playbook version {version}"),
        detail: playbook.note.clone(),
    };
    audit::insert(&transaction, &deed)?;
    transaction.commit()?;
    Ok(version)
}

impl Reader {
    /// The versions of the playbook, newest first, at most `limit`, of those before `before`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn playbooks(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<KeptPlaybook>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT version, at, actor, note, text FROM playbooks \
             WHERE version < ?1 ORDER BY version DESC LIMIT ?2",
        )?;
        let before = before.unwrap_or(i64::MAX);
        let playbooks = statement.query_map(params![before, limit], kept)?;
        Ok(playbooks.collect::<rusqlite::Result<_>>()?)
    }

    /// A version of the playbook.
    ///
    /// # Errors
    /// If the database fails.
    pub fn playbook(&self, version: i64) -> Result<Option<KeptPlaybook>, StoreError> {
        self.one("WHERE version = ?1", params![version])
    }

    /// The playbook that an actor published last.
    ///
    /// # Errors
    /// If the database fails.
    pub fn last_playbook_of(&self, actor: &str) -> Result<Option<KeptPlaybook>, StoreError> {
        self.one(
            "WHERE actor = ?1 ORDER BY version DESC LIMIT 1",
            params![actor],
        )
    }

    fn one(
        &self,
        which: &str,
        params: impl rusqlite::Params,
    ) -> Result<Option<KeptPlaybook>, StoreError> {
        let query = format!("SELECT version, at, actor, note, text FROM playbooks {which}");
        let mut statement = self.connection().prepare_cached(&query)?;
        Ok(statement.query_row(params, kept).optional()?)
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptPlaybook> {
    Ok(KeptPlaybook {
        version: row.get(0)?,
        playbook: NewPlaybook {
            at: row.get(1)?,
            actor: row.get(2)?,
            note: row.get(3)?,
            text: row.get(4)?,
        },
    })
}
