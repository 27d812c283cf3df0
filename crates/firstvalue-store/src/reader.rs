use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::time::Millis;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params};

use crate::error::StoreError;
use crate::event::{Arrival, Row, StoredEvent};
use crate::schema;
use crate::store::{DATABASE, LOCK_TIMEOUT};

/// Which events are meant; by default all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that happened at or after this.
    pub from: Option<Millis>,
    /// Those that happened before this.
    pub until: Option<Millis>,
    /// Those of users with one of these ids.
    pub users: Option<Vec<String>>,
}

/// Asks questions of the store on a connection of its own.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
}

impl Reader {
    /// Opens the database in a folder, for questions while somebody else may write.
    ///
    /// # Errors
    /// If there is none, or its schema is not the one of this version.
    pub fn of_folder(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        if !path.is_file() {
            return Err(StoreError::Missing(path));
        }
        let reader = Self::open(&path, LOCK_TIMEOUT)?;
        schema::check(&reader.connection)?;
        Ok(reader)
    }

    pub(crate) fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(lock_timeout)?;
        rusqlite::vtab::array::load_module(&connection)?;
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

    /// The place of the event that was stored last; 0 if there is none.
    ///
    /// # Errors
    /// If the database fails.
    pub fn last(&self) -> Result<Arrival, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT ifnull(max(id), 0) FROM events")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// How many events there are, or a little more: what was erased may be counted.
    ///
    /// # Errors
    /// If the database fails.
    pub fn count(&self) -> Result<u64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT ifnull(max(id) - min(id) + 1, 0) FROM events")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Whether pages are among the events stored up to an arrival.
    ///
    /// # Errors
    /// If the database fails.
    pub fn has_pages(&self, until: Arrival) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM events WHERE event = ?1 AND id <= ?2)")?;
        Ok(statement.query_row(params![PAGE_VIEWED, until], |row| row.get(0))?)
    }

    /// Goes through all events in the order in which they happened; at equal times in the order of
    /// storing, until `each` says that it is enough. What is stored meanwhile is not among them.
    /// Returns the last arrival seen, 0 if there is none.
    ///
    /// # Errors
    /// If the database fails, possibly after some events.
    pub fn by_time(
        &self,
        mut each: impl FnMut(StoredEvent) -> ControlFlow<()>,
    ) -> Result<Arrival, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, at, received_at, body FROM events ORDER BY at, id")?;
        let mut last = 0;
        for event in statement.query_map([], event)? {
            let event = event?;
            last = last.max(event.arrival);
            if each(event).is_break() {
                break;
            }
        }
        Ok(last)
    }

    /// Goes through the events that a filter lets through, in the order of storing, until `each`
    /// says that it is enough. What is stored meanwhile is not among them.
    ///
    /// # Errors
    /// If the database fails, possibly after some events.
    pub fn each(
        &self,
        filter: &Filter,
        mut each: impl FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let users = filter.users.as_ref().map(|users| {
            let users = users.iter().cloned().map(Value::from).collect::<Vec<_>>();
            Rc::new(users)
        });
        let among = if users.is_some() {
            "user_id IN rarray(?3)"
        } else {
            "?3 IS NULL"
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, message_id, user_id, type, event, at, received_at, skew, utc_offset, body \
             FROM events WHERE at >= ?1 AND at < ?2 AND {among} ORDER BY id"
        ))?;
        let (from, until) = (filter.from.unwrap_or(i64::MIN), filter.until);
        let mut rows = statement.query(params![from, until.unwrap_or(i64::MAX), users])?;
        while let Some(row) = rows.next()? {
            let row = Row {
                arrival: row.get(0)?,
                message_id: row.get(1)?,
                user: row.get(2)?,
                kind: row.get(3)?,
                name: row.get(4)?,
                at: row.get(5)?,
                received_at: row.get(6)?,
                skew: row.get(7)?,
                utc_offset: row.get(8)?,
                body: row.get(9)?,
            };
            if each(row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What users did last, newest first, under any of some ids; from an event on, what comes before it.
    ///
    /// # Errors
    /// If the database fails.
    pub fn latest_of(
        &self,
        ids: &[String],
        before: Option<(Millis, Arrival)>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4",
        )?;
        let (at, arrival) = before.unwrap_or((Millis::MAX, Arrival::MAX));
        let ids = Rc::new(ids.iter().cloned().map(Value::from).collect::<Vec<_>>());
        let events = statement.query_map(params![ids, at, arrival, limit], event)?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
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

pub(crate) fn event(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        arrival: row.get(0)?,
        at: row.get(1)?,
        received_at: row.get(2)?,
        body: row.get(3)?,
    })
}
