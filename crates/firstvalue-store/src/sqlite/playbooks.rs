//! The versions of the playbook that were in force.

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::audit;
use crate::playbooks::{KeptPlaybook, NewPlaybook};

pub(super) fn publish(
    connection: &mut Connection,
    playbook: &NewPlaybook,
) -> rusqlite::Result<i64> {
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO playbooks (at, actor, note, text) VALUES (?1, ?2, ?3, ?4)",
        params![playbook.at, playbook.actor, playbook.note, playbook.text],
    )?;
    let version = transaction.last_insert_rowid();
    audit::insert(&transaction, &playbook.deed(version))?;
    transaction.commit()?;
    Ok(version)
}

pub(super) fn list(
    connection: &Connection,
    before: Option<i64>,
    limit: u32,
) -> rusqlite::Result<Vec<KeptPlaybook>> {
    let mut statement = connection.prepare_cached(
        "SELECT version, at, actor, note, text FROM playbooks \
         WHERE version < ?1 ORDER BY version DESC LIMIT ?2",
    )?;
    let before = before.unwrap_or(i64::MAX);
    let playbooks = statement.query_map(params![before, limit], kept)?;
    playbooks.collect()
}

pub(super) fn version(
    connection: &Connection,
    version: i64,
) -> rusqlite::Result<Option<KeptPlaybook>> {
    one(connection, "WHERE version = ?1", params![version])
}

pub(super) fn last_of(
    connection: &Connection,
    actor: &str,
) -> rusqlite::Result<Option<KeptPlaybook>> {
    let which = "WHERE actor = ?1 ORDER BY version DESC LIMIT 1";
    one(connection, which, params![actor])
}

fn one(
    connection: &Connection,
    which: &str,
    params: impl Params,
) -> rusqlite::Result<Option<KeptPlaybook>> {
    let query = format!("SELECT version, at, actor, note, text FROM playbooks {which}");
    let mut statement = connection.prepare_cached(&query)?;
    statement.query_row(params, kept).optional()
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
