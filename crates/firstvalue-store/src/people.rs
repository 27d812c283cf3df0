//! Who is behind an id, and who belongs together.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use firstvalue_model::joins::Joins;
use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::time::Millis;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, params};

use crate::error::StoreError;
use crate::event::{Arrival, StoredEvent};
use crate::reader::{Reader, event};

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

/// Says that an id was an earlier one of a user.
struct Claim {
    at: Millis,
    arrival: Arrival,
    earlier: String,
    user: String,
}

/// Everything that was said about who an id and those joined to it are, by time and arrival.
struct Claims {
    claims: Vec<Claim>,
    /// Whether somebody has signed in under an id that is claimed.
    signed_in: HashMap<String, bool>,
}

impl Claims {
    fn around(connection: &Connection, id: &str) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(CLAIMS)?;
        let mut claims = Vec::new();
        let mut known = BTreeSet::from([id.to_owned()]);
        let mut next = vec![id.to_owned()];
        while let Some(id) = next.pop() {
            let mut rows = statement.query([&id])?;
            while let Some(row) = rows.next()? {
                let claim = Claim {
                    at: row.get(0)?,
                    arrival: row.get(1)?,
                    earlier: row.get(2)?,
                    user: row.get(3)?,
                };
                for id in [&claim.earlier, &claim.user] {
                    if known.insert(id.clone()) {
                        next.push(id.clone());
                    }
                }
                claims.push(claim);
            }
        }
        // Each was found from both of its ends.
        claims.sort_by_key(|claim| (claim.at, claim.arrival));
        claims.dedup_by_key(|claim| claim.arrival);
        let mut signed_in = HashMap::new();
        for Claim { earlier, .. } in &claims {
            if !signed_in.contains_key(earlier) {
                signed_in.insert(earlier.clone(), is_signed_in(connection, earlier)?);
            }
        }
        Ok(Self { claims, signed_in })
    }

    /// Who is behind which id if everything is believed.
    fn joins(&self) -> Joins {
        joins(self.claims.iter())
    }

    /// Likewise if nobody is believed to be somebody who has signed in.
    fn safe_joins(&self) -> Joins {
        let is_safe = |claim: &&Claim| self.signed_in.get(&claim.earlier) != Some(&true);
        joins(self.claims.iter().filter(is_safe))
    }
}

fn joins<'c>(claims: impl Iterator<Item = &'c Claim>) -> Joins {
    let mut joins = Joins::new();
    for claim in claims {
        joins.join(&claim.earlier, &claim.user);
    }
    joins
}

fn is_signed_in(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(SIGNED_IN)?;
    statement.query_row([id], |row| row.get(0))
}

/// Every id of a person, from any of them: first the one that they go by. Whoever has the write key
/// can have two ids joined.
fn ids(connection: &Connection, id: &str) -> rusqlite::Result<Vec<String>> {
    let joins = Claims::around(connection, id)?.joins();
    let name = joins.of(id);
    let mut ids = joins.ids(name);
    ids.sort_unstable_by_key(|id| (*id != name, *id));
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// Every id of a person, from any of them, if nobody is believed to be somebody who has signed in. Each id is
/// among those of one person.
pub(crate) fn safe_ids(connection: &Connection, id: &str) -> rusqlite::Result<Vec<String>> {
    let joins = Claims::around(connection, id)?.safe_joins();
    let ids = joins.ids(joins.of(id));
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// The ids under which nobody else can have done anything: those of a person, but for ids under which
/// somebody has signed in as somebody else; and those that their messages name and nobody claims.
pub(crate) fn own_ids(connection: &Connection, id: &str) -> rusqlite::Result<Vec<String>> {
    let mut named = connection.prepare_cached(NAMED)?;
    let (mut own, mut next) = (Vec::new(), vec![id.to_owned()]);
    while let Some(id) = next.pop() {
        let joins = Claims::around(connection, &id)?.safe_joins();
        for id in joins.ids(joins.of(&id)) {
            if own.iter().any(|known| known == id) {
                continue;
            }
            own.push(id.to_owned());
            for other in named.query_map([id], |row| row.get::<_, String>(0))? {
                let other = other?;
                if !is_signed_in(connection, &other)? {
                    next.push(other);
                }
            }
        }
    }
    own.sort_unstable();
    Ok(own)
}

/// Under which ids something is kept of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUnder {
    /// The ids that are meant.
    pub ids: Vec<String>,
    /// Ids that are said to be the same person's, and under which somebody has signed in, or that belong to
    /// such an id.
    pub others: Vec<String>,
}

impl KeptUnder {
    /// What is kept of whoever is known by an id; also under ids by which others have signed in, if whoever
    /// asks knows that they are the same person: `joined`.
    pub(crate) fn find(connection: &Connection, id: &str, joined: bool) -> rusqlite::Result<Self> {
        let everything = ids(connection, id)?;
        let mut own = BTreeSet::from_iter(own_ids(connection, id)?);
        if joined {
            for id in &everything {
                own.extend(own_ids(connection, id)?);
            }
        }
        let others = everything.into_iter();
        Ok(Self {
            others: others.filter(|id| !own.contains(id)).collect(),
            ids: own.into_iter().collect(),
        })
    }
}

impl Reader {
    /// Every id under which a person is known, from any of them: first the one they go by.
    ///
    /// # Errors
    /// If the database fails.
    pub fn ids_of(&self, user: &str) -> Result<Vec<String>, StoreError> {
        Ok(ids(self.connection(), user)?)
    }

    /// Under which ids something is kept of whoever is known by one. Messages may say that somebody was
    /// known by another id under which somebody has signed in: that is believed only if `joined` says
    /// so, since whoever has the write key can send them.
    ///
    /// # Errors
    /// If the database fails.
    pub fn kept_under(&self, id: &str, joined: bool) -> Result<KeptUnder, StoreError> {
        Ok(KeptUnder::find(self.connection(), id, joined)?)
    }

    /// The accounts that users with some ids were ever said to belong to.
    ///
    /// # Errors
    /// If the database fails.
    pub fn accounts_of(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(accounts_of(self.connection(), ids)?)
    }

    /// The ids of all who were ever said to belong to some accounts.
    ///
    /// # Errors
    /// If the database fails.
    pub fn users_of(&self, accounts: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(names(
            self.connection(),
            "SELECT DISTINCT user_id FROM events WHERE account_id IN rarray(?1)",
            accounts,
        )?)
    }

    /// The ids that some message would join with one of these, whether or not it does.
    ///
    /// # Errors
    /// If the database fails.
    pub fn named_with(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(named_with(self.connection(), ids)?)
    }

    /// Goes through what was done under some ids, in the order in which it happened, of what was stored
    /// up to an arrival.
    ///
    /// # Errors
    /// If the database fails, possibly after some events.
    pub fn done_under(
        &self,
        ids: &[String],
        until: Arrival,
        each: impl FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND id <= ?2 ORDER BY at, id";
        self.go_through(query, params![array(ids), until], each)
    }

    /// Likewise through those of them that join ids.
    ///
    /// # Errors
    /// If the database fails, possibly after some events.
    pub fn joined_under(
        &self,
        ids: &[String],
        until: Arrival,
        each: impl FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE user_id IN rarray(?1) AND earlier_id IS NOT NULL AND id <= ?2 ORDER BY at, id";
        self.go_through(query, params![array(ids), until], each)
    }

    /// Goes through the messages that join ids, in the order in which they happened.
    ///
    /// # Errors
    /// If the database fails, possibly after some messages.
    pub fn joins(&self, each: impl FnMut(StoredEvent)) -> Result<(), StoreError> {
        let query = "SELECT id, at, received_at, body FROM events \
             WHERE earlier_id IS NOT NULL ORDER BY at, id";
        self.go_through(query, [], each)
    }

    fn go_through(
        &self,
        query: &str,
        params: impl Params,
        mut each: impl FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection().prepare_cached(query)?;
        for found in statement.query_map(params, event)? {
            each(found?);
        }
        Ok(())
    }
}

pub(crate) fn accounts_of(
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

pub(crate) fn named_with(connection: &Connection, ids: &[String]) -> rusqlite::Result<Vec<String>> {
    names(
        connection,
        "SELECT user_id FROM events WHERE earlier_id IN rarray(?1) \
         UNION SELECT earlier_id FROM events \
         WHERE user_id IN rarray(?1) AND earlier_id IS NOT NULL",
        ids,
    )
}

/// Whether pages are among what was done under some ids.
pub(crate) fn have_seen_pages(connection: &Connection, ids: &[String]) -> rusqlite::Result<bool> {
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
pub(crate) fn array(texts: &[String]) -> Rc<Vec<Value>> {
    Rc::new(texts.iter().cloned().map(Value::from).collect())
}

#[cfg(test)]
mod tests;
