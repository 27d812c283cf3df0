//! Who is behind an id, and who belongs together.

use std::collections::BTreeSet;
use std::rc::Rc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::event::{Arrival, StoredEvent};
use crate::reader::{Reader, event};

/// Whom an id belongs to: whoever it was joined to first.
const OWNER: &str = "SELECT user_id FROM events WHERE earlier_id = ?1 ORDER BY at, id LIMIT 1";

/// The other ids that what was done under an id names.
const NAMED: &str = "SELECT DISTINCT body ->> 'anonymousId' FROM events WHERE user_id = ?1 \
    UNION SELECT earlier_id FROM events WHERE user_id = ?1";

/// Every id of a person, from any of them: those that were joined to it, and those that nobody else
/// has and that their messages name.
pub(crate) fn ids(connection: &Connection, id: &str) -> rusqlite::Result<Vec<String>> {
    let mut owner = connection.prepare_cached(OWNER)?;
    let mut owner = |id: &str| {
        owner
            .query_row([id], |row| row.get::<_, String>(0))
            .optional()
    };
    let mut name = id.to_owned();
    let mut seen = BTreeSet::from([name.clone()]);
    while let Some(next) = owner(&name)?.filter(|next| seen.insert(next.clone())) {
        name = next;
    }
    let mut named = connection.prepare_cached(NAMED)?;
    let mut ids = vec![name];
    let mut next = 0;
    while let Some(id) = ids.get(next).cloned() {
        next += 1;
        let others = named.query_map([&id], |row| row.get::<_, Option<String>>(0))?;
        for other in others
            .collect::<rusqlite::Result<Vec<_>>>()?
            .into_iter()
            .flatten()
        {
            if !ids.contains(&other) && owner(&other)?.is_none_or(|owner| owner == id) {
                ids.push(other);
            }
        }
    }
    Ok(ids)
}

impl Reader {
    /// Every id under which a person is known, from any of them: first the one they go by.
    ///
    /// # Errors
    /// If the database fails.
    pub fn ids_of(&self, user: &str) -> Result<Vec<String>, StoreError> {
        Ok(ids(self.connection(), user)?)
    }

    /// Whether somebody has signed in under one of these ids: messages name it as a `userId`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn is_signed_in(&self, ids: &[String]) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM events \
             WHERE user_id IN rarray(?1) AND body ->> 'userId' IS NOT NULL)",
        )?;
        Ok(statement.query_row(params![array(ids)], |row| row.get(0))?)
    }

    /// The accounts that users with some ids were ever said to belong to.
    ///
    /// # Errors
    /// If the database fails.
    pub fn accounts_of(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        self.names(
            "SELECT DISTINCT account_id FROM events \
             WHERE user_id IN rarray(?1) AND account_id IS NOT NULL",
            ids,
        )
    }

    /// The ids of all who were ever said to belong to some accounts.
    ///
    /// # Errors
    /// If the database fails.
    pub fn users_of(&self, accounts: &[String]) -> Result<Vec<String>, StoreError> {
        self.names(
            "SELECT DISTINCT user_id FROM events WHERE account_id IN rarray(?1)",
            accounts,
        )
    }

    /// The ids that some message would join with one of these, whether or not it does.
    ///
    /// # Errors
    /// If the database fails.
    pub fn named_with(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        self.names(
            "SELECT user_id FROM events WHERE earlier_id IN rarray(?1) \
             UNION SELECT earlier_id FROM events \
             WHERE user_id IN rarray(?1) AND earlier_id IS NOT NULL",
            ids,
        )
    }

    /// What was done under some ids, in the order in which it happened, of what was stored up to an
    /// arrival.
    ///
    /// # Errors
    /// If the database fails.
    pub fn done_under(
        &self,
        ids: &[String],
        until: Arrival,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND id <= ?2 ORDER BY at, id",
        )?;
        let events = statement.query_map(params![array(ids), until], event)?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
    }

    /// Goes through the messages that join ids, in the order in which they happened.
    ///
    /// # Errors
    /// If the database fails, possibly after some messages.
    pub fn joins(&self, mut each: impl FnMut(StoredEvent)) -> Result<(), StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, at, received_at, body FROM events \
             WHERE earlier_id IS NOT NULL ORDER BY at, id",
        )?;
        for message in statement.query_map([], event)? {
            each(message?);
        }
        Ok(())
    }

    fn names(&self, query: &str, among: &[String]) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection().prepare_cached(query)?;
        let names = statement.query_map([array(among)], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}

/// Texts as a value that a query may look into.
pub(crate) fn array(texts: &[String]) -> Rc<Vec<Value>> {
    Rc::new(texts.iter().cloned().map(Value::from).collect())
}

#[cfg(test)]
mod tests;
