//! What messages say of who is who, and of who belongs together.

use std::rc::Rc;

use firstvalue_model::message::PAGE_VIEWED;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::people::{Claim, Identities};

/// What joins an id with others, either way, each pair once: later claims of the same change nothing.
const CLAIMS: &str = "SELECT at, id, earlier_id, user_id FROM ( \
        SELECT at, id, earlier_id, user_id, \
               row_number() OVER (PARTITION BY earlier_id, user_id ORDER BY at, id) AS n \
        FROM events WHERE earlier_id = ?1 \
    ) WHERE n = 1 \
    UNION SELECT at, id, earlier_id, user_id FROM ( \
        SELECT at, id, earlier_id, user_id, \
               row_number() OVER (PARTITION BY earlier_id, user_id ORDER BY at, id) AS n \
        FROM events WHERE user_id = ?1 AND earlier_id IS NOT NULL \
    ) WHERE n = 1";

/// The other ids that what was done under an id names, and that nobody says to be theirs.
const NAMED: &str = "SELECT DISTINCT body ->> 'anonymousId' AS other FROM events AS own \
    WHERE user_id = ?1 AND other IS NOT NULL AND other <> ?1 \
      AND NOT EXISTS (SELECT 1 FROM events WHERE earlier_id = own.body ->> 'anonymousId')";

/// Whether somebody has signed in under an id: messages name it as a `userId`.
const SIGNED_IN: &str = "SELECT EXISTS (SELECT 1 FROM events \
    WHERE user_id = ?1 AND body ->> 'userId' IS NOT NULL)";

impl Identities for Connection {
    fn claims(&self, id: &str) -> Result<Vec<Claim>, StoreError> {
        let mut statement = self.prepare_cached(CLAIMS)?;
        let claims = statement.query_map([id], |row| {
            Ok(Claim {
                at: row.get(0)?,
                position: row.get::<_, i64>(1)?.into(),
                earlier: row.get(2)?,
                user: row.get(3)?,
            })
        })?;
        Ok(claims.collect::<rusqlite::Result<_>>()?)
    }

    fn named_by(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.prepare_cached(NAMED)?;
        let named = statement.query_map([id], |row| row.get(0))?;
        Ok(named.collect::<rusqlite::Result<_>>()?)
    }

    fn is_signed_in(&self, id: &str) -> Result<bool, StoreError> {
        let mut statement = self.prepare_cached(SIGNED_IN)?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }
}

pub(super) fn accounts_of(
    connection: &Connection,
    ids: &[String],
) -> rusqlite::Result<Vec<String>> {
    names(
        connection,
        "SELECT DISTINCT account_id FROM events \
         WHERE user_id IN rarray(?1) AND account_id IS NOT NULL",
        ids,
    )
}

pub(super) fn users_of(
    connection: &Connection,
    accounts: &[String],
) -> rusqlite::Result<Vec<String>> {
    names(
        connection,
        "SELECT DISTINCT user_id FROM events WHERE account_id IN rarray(?1)",
        accounts,
    )
}

pub(super) fn named_with(connection: &Connection, ids: &[String]) -> rusqlite::Result<Vec<String>> {
    names(
        connection,
        "SELECT user_id FROM events WHERE earlier_id IN rarray(?1) \
         UNION SELECT earlier_id FROM events \
         WHERE user_id IN rarray(?1) AND earlier_id IS NOT NULL",
        ids,
    )
}

/// Whether pages are among what was done under some ids.
pub(super) fn have_seen_pages(connection: &Connection, ids: &[String]) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM events WHERE user_id IN rarray(?1) AND event = ?2)",
    )?;
    statement.query_row(params![array(ids), PAGE_VIEWED], |row| row.get(0))
}

fn names(connection: &Connection, query: &str, among: &[String]) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(query)?;
    let names = statement.query_map([array(among)], |row| row.get(0))?;
    names.collect()
}

/// Texts as a value that a query may look into.
pub(super) fn array(texts: &[String]) -> Rc<Vec<Value>> {
    Rc::new(texts.iter().cloned().map(Value::from).collect())
}

#[cfg(test)]
mod tests;
