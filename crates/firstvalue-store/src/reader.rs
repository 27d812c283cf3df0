use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Row, params};

use crate::error::StoreError;
use crate::event::{Arrival, StoredEvent};

/// Asks questions of the store on a connection of its own.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
}

impl Reader {
    pub(crate) fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(lock_timeout)?;
        Ok(Self { connection })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The events stored after one, in the order of storing, at most `limit`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn after(&self, arrival: Arrival, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, received_at, body FROM events WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let events = statement.query_map(params![arrival, limit], event)?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
    }

    /// Goes through all events in the order in which they happened; at equal times in the order of
    /// storing. What is stored meanwhile is not among them. Returns the last arrival seen, 0 if
    /// there is none.
    ///
    /// # Errors
    /// If the database fails, possibly after some events.
    pub fn by_time(&self, mut each: impl FnMut(StoredEvent)) -> Result<Arrival, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, at, received_at, body FROM events ORDER BY at, id")?;
        let mut last = 0;
        for event in statement.query_map([], event)? {
            let event = event?;
            last = last.max(event.arrival);
            each(event);
        }
        Ok(last)
    }

    /// The events stored last, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn latest(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, received_at, body FROM events ORDER BY id DESC LIMIT ?1",
        )?;
        let events = statement.query_map([limit], event)?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        arrival: row.get(0)?,
        at: row.get(1)?,
        received_at: row.get(2)?,
        body: row.get(3)?,
    })
}
