use firstvalue_model::message::MessageKind;
use rusqlite::Connection;

use crate::sqlite::{SqliteReader, SqliteStore};
use crate::{NewEvent, Reader, Store};

/// What was said, as kind, user and body, a second after what came before it.
async fn stored(said: &[(MessageKind, &str, &str)]) -> (tempfile::TempDir, SqliteReader) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = (1..).zip(said);
    let events = events.map(|(at, (kind, user, body))| NewEvent {
        message_id: at.to_string(),
        user: (*user).to_owned(),
        kind: *kind,
        name: None,
        at: at * 1_000,
        received_at: 0,
        skew: 0,
        utc_offset: 0,
        body: format!("{{{body}}}"),
    });
    store.append(events.collect(), vec![]).await.unwrap();
    drop(store);
    let reader = SqliteReader::open(folder.path()).unwrap();
    (folder, reader)
}

/// The rows of a query, with `-` for null.
fn rows(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).unwrap();
    let columns = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let value = |n| match row.get(n).unwrap() {
            rusqlite::types::Value::Null => "-".to_owned(),
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{other:?}"),
        };
        Ok((0..columns).map(value).collect::<Vec<_>>().join(" "))
    };
    let rows = statement.query_map([], row).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[tokio::test]
async fn a_person_is_found_under_each_of_their_ids() {
    use MessageKind::{Alias, Identify, Track};
    let (_folder, reader) = stored(&[
        (Track, "laptop", r#""anonymousId":"laptop""#),
        (Identify, "ann", r#""anonymousId":"laptop""#),
        (Track, "ann", r#""anonymousId":"phone""#),
        (Alias, "ann@acme.com", r#""previousId":"ann""#),
        // The device belongs to Ann.
        (Identify, "bob", r#""anonymousId":"laptop""#),
        (Identify, "bob", r#""anonymousId":"bob""#),
        // In a circle.
        (Alias, "x", r#""previousId":"y""#),
        (Alias, "y", r#""previousId":"x""#),
    ])
    .await;
    let ids = |id: &str| reader.ids_of(id).unwrap();
    for id in ["ann@acme.com", "ann", "laptop"] {
        assert_eq!(ids(id), ["ann@acme.com", "ann", "laptop"], "{id}");
        let kept = reader.kept_under(id, false).unwrap();
        // Nobody has said whose the phone is, but Ann has used it.
        assert_eq!(kept.ids, ["ann", "ann@acme.com", "laptop", "phone"]);
    }
    assert_eq!(ids("bob"), ["bob"]);
    assert_eq!(ids("nobody"), ["nobody"]);
    // As the engine has it: what is said first counts.
    assert_eq!(
        (ids("x"), ids("y")),
        (ids("y"), vec!["x".into(), "y".into()])
    );
}

#[tokio::test]
async fn plain_sql_finds_memberships_traits_and_identities() {
    use MessageKind::{Group, Identify, Track};
    let (folder, _) = stored(&[
        (
            Group,
            "ann",
            r#""groupId":"acme","traits":{"plan":"trial"}"#,
        ),
        (Group, "ann", r#""groupId":"acme","traits":{"plan":"pro"}"#),
        (Group, "ann", r#""groupId":"other""#),
        (Group, "bob", r#""groupId":"acme""#),
        (
            Identify,
            "ann",
            r#""anonymousId":"d","traits":{"role":"admin","n":2}"#,
        ),
        (
            Identify,
            "bob",
            r#""anonymousId":"d","traits":{"role":"member"}"#,
        ),
        (Track, "ann", r#""groupId":"no","anonymousId":"e""#),
    ])
    .await;
    let database = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    for (query, expected) in [
        (
            "SELECT user_id, account_id, since, until FROM memberships ORDER BY 1, 3",
            &["ann acme 1000 3000", "ann other 3000 -", "bob acme 4000 -"][..],
        ),
        (
            "SELECT kind, subject, trait, value, at FROM traits_history ORDER BY at, trait",
            &[
                "account acme plan trial 1000",
                "account acme plan pro 2000",
                "user ann n 2 5000",
                "user ann role admin 5000",
                "user bob role member 6000",
            ],
        ),
        ("SELECT * FROM identities", &["d ann 5000"]),
        (
            "SELECT * FROM users",
            &["ann 1000 7000 5", "bob 4000 6000 2"],
        ),
        (
            "SELECT * FROM accounts",
            &["acme 1000 4000 2", "other 3000 3000 1"],
        ),
    ] {
        assert_eq!(rows(&database, query), expected, "{query}");
    }
}

#[tokio::test]
async fn questions_by_id_and_account_use_an_index() {
    let (folder, _) = stored(&[]).await;
    let database = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    for (query, index) in [
        (super::CLAIMS.replace("?1", "''").as_str(), "events_earlier"),
        (super::CLAIMS.replace("?1", "''").as_str(), "events_user"),
        (super::NAMED.replace("?1", "''").as_str(), "events_earlier"),
        (super::SIGNED_IN.replace("?1", "''").as_str(), "events_user"),
        (
            "SELECT DISTINCT user_id FROM events WHERE account_id = ''",
            "events_account",
        ),
        (
            "SELECT DISTINCT account_id FROM events WHERE user_id = '' AND account_id IS NOT NULL",
            "events_",
        ),
        (
            "SELECT id FROM events WHERE earlier_id IS NOT NULL",
            "events_earlier",
        ),
    ] {
        let plan = rows(&database, &format!("EXPLAIN QUERY PLAN {query}")).join("\n");
        assert!(plan.contains(index), "{query}: {plan}");
    }
}

/// The index by user has parts of 16,384 events, and without what SQLite is told of them it would look at all.
#[tokio::test]
async fn what_one_user_did_is_found_in_every_part_of_the_index() {
    let (folder, reader) = stored(&[(MessageKind::Track, "ann", r#""n":1"#)]).await;
    let database = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    for (id, at) in [(40_000, 500), (40_001, 3_000), (100_000, 2_000)] {
        let copy = "INSERT INTO events (id, message_id, user_id, type, at, received_at, utc_offset, body) \
             SELECT ?1, ?1, user_id, type, ?2, received_at, utc_offset, body FROM events WHERE id = 1";
        database.execute(copy, (id, at)).unwrap();
    }
    let ids = ["bob".to_owned(), "ann".to_owned()];
    let before = Some((3_000, 40_001.into()));
    let latest = reader.latest_of(&ids, before, 2).unwrap();
    let latest = latest.iter().map(|event| i64::from(event.position));
    assert_eq!(latest.collect::<Vec<_>>(), [100_000, 1]);
    let mut done = Vec::new();
    let mut each = |event: crate::StoredEvent| done.push(i64::from(event.position));
    reader.done_under(&ids, 40_001.into(), &mut each).unwrap();
    assert_eq!(done, [40_000, 1, 40_001]);

    for query in [
        "SELECT body FROM events WHERE user_id = 'a'",
        "DELETE FROM events WHERE user_id = 'a'",
        "SELECT body FROM events WHERE user_id IN ('a', 'b') AND id <= 3 ORDER BY at, id",
        "SELECT body FROM events WHERE user_id IN ('a', 'b') AND (at, id) < (3, 4) ORDER BY at DESC LIMIT 9",
    ] {
        let plan = rows(&database, &format!("EXPLAIN QUERY PLAN {query}"));
        assert!(
            plan.iter()
                .any(|step| step.contains("events_user (ANY(<expr>) AND user_id=?")),
            "{plan:?}"
        );
    }
}
