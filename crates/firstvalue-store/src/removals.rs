//! How many events were ever taken out: what follows from them holds for as long as that stays.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::reader::Reader;

/// How many events had ever been taken out, or changed by hand, before something and after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removals {
    /// Before it.
    pub before: i64,
    /// After it.
    pub after: i64,
}

pub(crate) fn count(connection: &Connection) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached("SELECT events FROM removals")?;
    statement.query_row([], |row| row.get(0))
}

impl Reader {
    /// How many events were ever taken out, or changed by hand.
    ///
    /// # Errors
    /// If the database fails.
    pub fn removals(&self) -> Result<i64, StoreError> {
        Ok(count(self.connection())?)
    }
}
