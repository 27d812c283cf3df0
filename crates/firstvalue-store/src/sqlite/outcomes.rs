//! What users recorded, and which accounts they belonged to.

use firstvalue_model::time::Millis;
use rusqlite::{Connection, params};

use super::people::array;
use crate::outcomes::{Achieved, Grouped, Recorded};

/// Who belonged to which account from when, in the order in which it was said.
const GROUPS: &str = "SELECT user_id, at, id, account_id FROM events \
    WHERE type = 'group' AND user_id IN rarray(?1) AND account_id IS NOT NULL ORDER BY at, id";

/// What was recorded. A value that is no number is none.
const OUTCOMES: &str = "SELECT user_id, at, id, body ->> '$.properties.outcome', \
        CAST(body ->> '$.properties.value' AS REAL) FROM events \
    WHERE event = 'outcome.recorded' AND user_id IN rarray(?1) AND at >= ?2 \
      AND json_type(body, '$.properties.outcome') = 'text' \
      AND json_type(body, '$.properties.value') IN ('integer', 'real') ORDER BY at, id";

pub(super) fn grouped(
    connection: &Connection,
    ids: &[String],
    each: &mut dyn FnMut(Grouped),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(GROUPS)?;
    let mut rows = statement.query([array(ids)])?;
    while let Some(row) = rows.next()? {
        each(Grouped {
            user: row.get(0)?,
            at: row.get(1)?,
            position: row.get::<_, i64>(2)?.into(),
            account: row.get(3)?,
        });
    }
    Ok(())
}

pub(super) fn recorded(
    connection: &Connection,
    ids: &[String],
    from: Millis,
    each: &mut dyn FnMut(Recorded),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(OUTCOMES)?;
    let mut rows = statement.query(params![array(ids), from])?;
    while let Some(row) = rows.next()? {
        each(Recorded {
            user: row.get(0)?,
            position: row.get::<_, i64>(2)?.into(),
            achieved: Achieved {
                outcome: row.get(3)?,
                value: row.get(4)?,
                at: row.get(1)?,
            },
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
