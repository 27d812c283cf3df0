//! Messages that were refused.

use rusqlite::{Connection, params};

use crate::quarantine::{NewRefusal, QUARANTINE_SIZE, Refusal};

pub(super) fn insert(connection: &Connection, refusal: &NewRefusal) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
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
pub(super) fn make_room(connection: &Connection) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ?1",
    )?;
    delete.execute([QUARANTINE_SIZE])?;
    Ok(())
}

pub(super) fn list(
    connection: &Connection,
    before: Option<i64>,
    limit: u32,
) -> rusqlite::Result<Vec<Refusal>> {
    let mut statement = connection.prepare_cached(
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
    refusals.collect()
}
