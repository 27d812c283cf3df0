//! Who did what to the data.

use rusqlite::{Connection, params};

use crate::audit::{Deed, KeptDeed};

pub(super) fn insert(connection: &Connection, deed: &Deed) -> rusqlite::Result<()> {
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

pub(super) fn list(
    connection: &Connection,
    before: Option<i64>,
    limit: u32,
) -> rusqlite::Result<Vec<KeptDeed>> {
    let mut statement = connection.prepare_cached(
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
    deeds.collect()
}
