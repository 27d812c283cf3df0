//! The schema, as a list of steps from nothing to what this version needs.

use std::cmp::Ordering;

use rusqlite::Connection;

use super::error::OpenError;

/// Step n takes a database from schema n to schema n + 1. Steps are added, never changed.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_events.sql"),
    include_str!("migrations/0002_quarantine.sql"),
    include_str!("migrations/0003_skew.sql"),
    include_str!("migrations/0004_audit.sql"),
    include_str!("migrations/0005_people.sql"),
    include_str!("migrations/0006_playbooks.sql"),
    include_str!("migrations/0007_removals.sql"),
    include_str!("migrations/0008_parts.sql"),
    include_str!("migrations/0009_outcomes.sql"),
    include_str!("migrations/0010_smaller_parts.sql"),
];

/// What went wrong on the way to the present schema.
#[derive(Debug)]
pub(super) enum MigrateError {
    /// There are tables, and they are not ours.
    Foreign,
    /// Anything else.
    Open(OpenError),
}

impl From<rusqlite::Error> for MigrateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Open(error.into())
    }
}

/// Takes the steps that the database lacks, each in a transaction with the number that records it.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), MigrateError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(MigrateError::Open(OpenError::Newer { found, known }));
    }
    if found == 0 && has_tables(connection)? {
        return Err(MigrateError::Foreign);
    }
    for (step, version) in steps.iter().zip(1..).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Whether the database can be read as it is.
pub(super) fn check(connection: &Connection) -> Result<(), OpenError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    match found.cmp(&known) {
        Ordering::Less => Err(OpenError::Older { found, known }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(OpenError::Newer { found, known }),
    }
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| {
        row.get(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::SqliteStore;
    use crate::{Position, Store};

    fn version(connection: &Connection) -> u32 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn every_step_is_taken_once_from_wherever_the_database_stands() {
        let steps = [
            "CREATE TABLE a (x)",
            "CREATE TABLE b (x)",
            "ALTER TABLE a ADD COLUMN y",
        ];
        for taken in 0..=steps.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            migrate(&mut connection, &steps[..taken]).unwrap();
            assert_eq!(version(&connection), taken as u32);
            migrate(&mut connection, &steps).unwrap();
            assert_eq!(version(&connection), 3);
            connection
                .execute("INSERT INTO a (x, y) VALUES (1, 2)", [])
                .unwrap();
        }
    }

    /// What the schema is made of.
    fn schema(connection: &Connection) -> Vec<(String, String)> {
        let mut statement = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let parts = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        parts.unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    #[test]
    fn every_earlier_version_is_brought_up_to_date_with_what_is_in_it() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, MIGRATIONS).unwrap();
        for taken in 1..=MIGRATIONS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("firstvalue.db");
            let mut connection = Connection::open(&path).unwrap();
            migrate(&mut connection, &MIGRATIONS[..taken]).unwrap();
            let body = r#"{"type":"identify","userId":"u1","anonymousId":"d1","traits":{"a":1}}"#;
            connection
                .execute(
                    "INSERT INTO events (message_id, user_id, type, event, at, received_at, utc_offset, body) \
                     VALUES ('m1', 'u1', 'identify', NULL, 10, 20, 60, ?1)",
                    [body],
                )
                .unwrap();
            drop(connection);

            let store = SqliteStore::open(folder.path()).unwrap();
            let reader = store.reader().unwrap();
            let events = reader.after(Position::START, 9).unwrap();
            assert_eq!(
                (events.len(), events[0].body.as_str()),
                (1, body),
                "{taken}"
            );
            assert_eq!(reader.ids_of("d1").unwrap(), ["u1", "d1"], "{taken}");
            let connection = Connection::open(&path).unwrap();
            assert_eq!(version(&connection), MIGRATIONS.len() as u32);
            assert_eq!(schema(&connection), schema(&fresh), "{taken}");
            let told: String = connection
                .query_row("SELECT stat FROM sqlite_stat1", [], |row| row.get(0))
                .unwrap();
            assert_eq!(told, "1000000 4096 4 1");
            let skew: i64 = connection
                .query_row("SELECT skew FROM events", [], |row| row.get(0))
                .unwrap();
            assert_eq!(skew, 0);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind() {
        let mut connection = Connection::open_in_memory().unwrap();
        let broken = [
            "CREATE TABLE a (x)",
            "CREATE TABLE b (x); CREATE TABLE a (x)",
        ];
        migrate(&mut connection, &broken).unwrap_err();
        assert_eq!(version(&connection), 1);
        migrate(
            &mut connection,
            &["CREATE TABLE a (x)", "CREATE TABLE b (x)"],
        )
        .unwrap();
    }

    #[test]
    fn what_is_newer_or_not_ours_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(
            &mut connection,
            &["CREATE TABLE a (x)", "CREATE TABLE b (x)"],
        )
        .unwrap();
        let error = migrate(&mut connection, &["CREATE TABLE a (x)"]).unwrap_err();
        assert!(matches!(
            error,
            MigrateError::Open(OpenError::Newer { found: 2, known: 1 })
        ));

        let mut foreign = Connection::open_in_memory().unwrap();
        foreign
            .execute_batch("CREATE TABLE somebody_elses (x)")
            .unwrap();
        assert!(matches!(
            migrate(&mut foreign, MIGRATIONS),
            Err(MigrateError::Foreign)
        ));
    }
}
