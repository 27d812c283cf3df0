use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::time::Millis;
use rusqlite::{Connection, OpenFlags, Params, params};

use super::error::OpenError;
use super::people::{self, array};
use super::store::{DATABASE, LOCK_TIMEOUT};
use super::{audit, outcomes, playbooks, quarantine, removals, schema};
use crate::audit::KeptDeed;
use crate::error::StoreError;
use crate::event::{Position, Row, StoredEvent};
use crate::outcomes::{Grouped, Recorded};
use crate::people::{Claim, Identities};
use crate::playbooks::KeptPlaybook;
use crate::quarantine::Refusal;
use crate::reader::{Filter, Reader};

/// Asks questions of the database on a connection of its own.
#[derive(Debug)]
pub struct SqliteReader {
    connection: Connection,
}

impl SqliteReader {
    /// Opens the database in a folder, for questions while somebody else may write.
    ///
    /// # Errors
    /// If there is none, or its schema is not the one of this version.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(DATABASE);
        if !path.is_file() {
            return Err(OpenError::Missing(path));
        }
        let reader = Self::of_database(&path, LOCK_TIMEOUT)?;
        schema::check(&reader.connection)?;
        Ok(reader)
    }

    pub(super) fn of_database(path: &Path, lock_timeout: Duration) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(lock_timeout)?;
        rusqlite::vtab::array::load_module(&connection)?;
        Ok(Self { connection })
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn events(&self, query: &str, params: impl Params) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let events = statement.query_map(params, event)?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
    }

    fn go_through(
        &self,
        query: &str,
        params: impl Params,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(query)?;
        for found in statement.query_map(params, event)? {
            each(found?);
        }
        Ok(())
    }
}

impl Reader for SqliteReader {
    fn after(&self, position: Position, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let query =
            "SELECT id, at, received_at, body FROM events WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.events(query, params![i64::from(position), limit])
    }

    fn last(&self) -> Result<Position, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT ifnull(max(id), 0) FROM events")?;
        let last: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(last.into())
    }

    fn count(&self) -> Result<u64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT ifnull(max(id) - min(id) + 1, 0) FROM events")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    fn removals(&self) -> Result<i64, StoreError> {
        Ok(removals::count(&self.connection)?)
    }

    fn has_pages(&self, until: Position) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM events WHERE event = ?1 AND id <= ?2)")?;
        let until = i64::from(until);
        Ok(statement.query_row(params![PAGE_VIEWED, until], |row| row.get(0))?)
    }

    fn by_time(
        &self,
        each: &mut dyn FnMut(StoredEvent) -> ControlFlow<()>,
    ) -> Result<Position, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, at, received_at, body FROM events ORDER BY at, id")?;
        let mut last = Position::START;
        for event in statement.query_map([], event)? {
            let event = event?;
            last = last.max(event.position);
            if each(event).is_break() {
                break;
            }
        }
        Ok(last)
    }

    fn rows(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let users = filter.users.as_deref().map(array);
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
                position: row.get::<_, i64>(0)?.into(),
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

    fn latest(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let query = "SELECT id, at, received_at, body FROM events ORDER BY id DESC LIMIT ?1";
        self.events(query, [limit])
    }

    fn latest_of(
        &self,
        ids: &[String],
        before: Option<(Millis, Position)>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4";
        let before = before.map(|(at, position)| (at, position.into()));
        let (at, id): (Millis, i64) = before.unwrap_or((Millis::MAX, i64::MAX));
        self.events(query, params![array(ids), at, id, limit])
    }

    fn done_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND id <= ?2 ORDER BY at, id";
        self.go_through(query, params![array(ids), i64::from(until)], each)
    }

    fn joined_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND earlier_id IS NOT NULL AND id <= ?2 ORDER BY at, id";
        self.go_through(query, params![array(ids), i64::from(until)], each)
    }

    fn joins(&self, each: &mut dyn FnMut(StoredEvent)) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE earlier_id IS NOT NULL ORDER BY at, id";
        self.go_through(query, [], each)
    }

    fn named_with(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(people::named_with(&self.connection, ids)?)
    }

    fn accounts_of(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(people::accounts_of(&self.connection, ids)?)
    }

    fn users_of(&self, accounts: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(people::users_of(&self.connection, accounts)?)
    }

    fn grouped(&self, ids: &[String], each: &mut dyn FnMut(Grouped)) -> Result<(), StoreError> {
        Ok(outcomes::grouped(&self.connection, ids, each)?)
    }

    fn recorded(
        &self,
        ids: &[String],
        from: Millis,
        each: &mut dyn FnMut(Recorded),
    ) -> Result<(), StoreError> {
        Ok(outcomes::recorded(&self.connection, ids, from, each)?)
    }

    fn playbooks(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptPlaybook>, StoreError> {
        Ok(playbooks::list(&self.connection, before, limit)?)
    }

    fn playbook(&self, version: i64) -> Result<Option<KeptPlaybook>, StoreError> {
        Ok(playbooks::version(&self.connection, version)?)
    }

    fn last_playbook_of(&self, actor: &str) -> Result<Option<KeptPlaybook>, StoreError> {
        Ok(playbooks::last_of(&self.connection, actor)?)
    }

    fn quarantine(&self, before: Option<i64>, limit: u32) -> Result<Vec<Refusal>, StoreError> {
        Ok(quarantine::list(&self.connection, before, limit)?)
    }

    fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptDeed>, StoreError> {
        Ok(audit::list(&self.connection, before, limit)?)
    }
}

impl Identities for SqliteReader {
    fn claims(&self, id: &str) -> Result<Vec<Claim>, StoreError> {
        self.connection.claims(id)
    }

    fn named_by(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.connection.named_by(id)
    }

    fn is_signed_in(&self, id: &str) -> Result<bool, StoreError> {
        self.connection.is_signed_in(id)
    }
}

fn event(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        position: row.get::<_, i64>(0)?.into(),
        at: row.get(1)?,
        received_at: row.get(2)?,
        body: row.get(3)?,
    })
}
