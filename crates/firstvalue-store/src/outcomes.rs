//! What users and accounts have achieved: business results, as their users recorded them.

use std::collections::HashMap;

use firstvalue_model::time::Millis;
use rusqlite::params;

use crate::error::StoreError;
use crate::event::Arrival;
use crate::people::{array, safe_ids};
use crate::reader::Reader;

/// Who belonged to which account from when, in the order in which it was said.
const GROUPS: &str = "SELECT user_id, at, id, account_id FROM events \
    WHERE type = 'group' AND user_id IN rarray(?1) AND account_id IS NOT NULL ORDER BY at, id";

/// What was recorded. A value that is no number is none.
const OUTCOMES: &str = "SELECT user_id, at, id, body ->> '$.properties.outcome', \
        CAST(body ->> '$.properties.value' AS REAL) FROM events \
    WHERE event = 'outcome.recorded' AND user_id IN rarray(?1) AND at >= ?2 \
      AND json_type(body, '$.properties.outcome') = 'text' \
      AND json_type(body, '$.properties.value') IN ('integer', 'real') ORDER BY at, id";

/// A business result.
#[derive(Debug, Clone, PartialEq)]
pub struct Achieved {
    /// Which, by the name under which the host reports it.
    pub outcome: String,
    /// How much.
    pub value: f64,
    /// When.
    pub at: Millis,
}

impl Reader {
    /// Goes through what a user recorded at or after a moment, in the order in which it happened. What was done under
    /// an id by which somebody has signed in is that id's alone.
    ///
    /// # Errors
    /// If the database fails, possibly after some results.
    pub fn achieved_by_user(
        &self,
        user: &str,
        from: Millis,
        mut each: impl FnMut(Achieved),
    ) -> Result<(), StoreError> {
        let ids = safe_ids(self.connection(), user)?;
        self.achieved(&ids, from, |_, _, achieved| each(achieved))
    }

    /// Likewise what the users of an account recorded while they belonged to it: each to that of the latest `group`
    /// call, under whichever of their ids.
    ///
    /// # Errors
    /// If the database fails, possibly after some results.
    pub fn achieved_by_account(
        &self,
        account: &str,
        from: Millis,
        mut each: impl FnMut(Achieved),
    ) -> Result<(), StoreError> {
        let (mut people, mut ids) = (HashMap::<String, usize>::new(), Vec::new());
        for (person, id) in self.users_of(&[account.to_owned()])?.iter().enumerate() {
            if people.contains_key(id) {
                continue;
            }
            for id in safe_ids(self.connection(), id)? {
                people.insert(id.clone(), person);
                ids.push(id);
            }
        }
        // By person: from when they belonged to it, and from when to another one.
        let mut groups: HashMap<usize, Vec<(Millis, Arrival, bool)>> = HashMap::new();
        let mut statement = self.connection().prepare_cached(GROUPS)?;
        let mut rows = statement.query([array(&ids)])?;
        while let Some(row) = rows.next()? {
            let (user, named): (String, String) = (row.get(0)?, row.get(3)?);
            if let Some(person) = people.get(&user) {
                let group = (row.get(1)?, row.get(2)?, named == account);
                groups.entry(*person).or_default().push(group);
            }
        }
        self.achieved(&ids, from, |user, arrival, achieved| {
            let groups = people.get(user).and_then(|person| groups.get(person));
            let groups = groups.map_or(&[][..], Vec::as_slice);
            let before = groups.partition_point(|(at, id, _)| (*at, *id) < (achieved.at, arrival));
            let latest = before.checked_sub(1).and_then(|place| groups.get(place));
            if latest.is_some_and(|(.., is_theirs)| *is_theirs) {
                each(achieved);
            }
        })
    }

    fn achieved(
        &self,
        ids: &[String],
        from: Millis,
        mut each: impl FnMut(&str, Arrival, Achieved),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection().prepare_cached(OUTCOMES)?;
        let mut rows = statement.query(params![array(ids), from])?;
        while let Some(row) = rows.next()? {
            let user: String = row.get(0)?;
            let achieved = Achieved {
                outcome: row.get(3)?,
                value: row.get(4)?,
                at: row.get(1)?,
            };
            each(&user, row.get(2)?, achieved);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
