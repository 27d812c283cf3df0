//! How many events were ever taken out, or changed by hand: triggers count it.

use rusqlite::Connection;

pub(super) fn count(connection: &Connection) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached("SELECT events FROM removals")?;
    statement.query_row([], |row| row.get(0))
}
