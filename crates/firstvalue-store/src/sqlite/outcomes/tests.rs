use firstvalue_model::message::MessageKind::{self, Alias, Group, Identify, Track};
use rusqlite::Connection;

use crate::sqlite::{SqliteReader, SqliteStore};
use crate::{NewEvent, Reader, Store};

/// What was said, as kind, user and body, a second after what came before it.
async fn stored(said: &[(MessageKind, &str, &str)]) -> (tempfile::TempDir, SqliteReader) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = (1..).zip(said).map(|(at, (kind, user, body))| NewEvent {
        message_id: at.to_string(),
        user: (*user).to_owned(),
        kind: *kind,
        name: (*kind == Track).then(|| "outcome.recorded".to_owned()),
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

fn of_account(reader: &SqliteReader, account: &str, from: i64) -> Vec<f64> {
    let mut found = Vec::new();
    let mut each = |achieved: crate::Achieved| found.push(achieved.value);
    reader
        .achieved_by_account(account, from, &mut each)
        .unwrap();
    found
}

fn of_user(reader: &SqliteReader, user: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut each = |achieved: crate::Achieved| found.push(achieved.value);
    reader.achieved_by_user(user, 0, &mut each).unwrap();
    found
}

#[tokio::test]
async fn what_a_user_achieves_is_the_accounts_that_they_belong_to_then() {
    let saved = |value: &str| format!(r#""properties":{{"outcome":"hours","value":{value}}}"#);
    let (acme, other) = (r#""groupId":"acme""#, r#""groupId":"other""#);
    let known = |id: &str| format!(r#""userId":"{id}""#);
    let (_folder, reader) = stored(&[
        (Track, "d1", &saved("1")),
        (Group, "d1", acme),
        (Track, "d1", &saved("2")),
        (Identify, "ann", &(known("ann") + r#","anonymousId":"d1""#)),
        (Track, "ann", &saved("4.5")),
        (Group, "ann", other),
        (Track, "ann", &saved("8")),
        (Track, "bob", &saved("16")),
        (Group, "bob", acme),
        (Track, "bob", &(known("bob") + "," + &saved("32"))),
        (Group, "ann", acme),
        (Track, "d1", &saved("64")),
        // No number, and nothing that has a name.
        (Track, "ann", &saved("true")),
        (Track, "ann", &saved(r#""1""#)),
        (Track, "ann", r#""properties":{"value":1}"#),
        (Track, "ann", r#""event":"outcome.recorded""#),
        // Bob is himself, whatever is said of him.
        (Alias, "eve", &(known("eve") + r#","previousId":"bob""#)),
        (Group, "eve", other),
        (Track, "bob", &saved("128")),
    ])
    .await;
    assert_eq!(
        of_account(&reader, "acme", 0),
        [2.0, 4.5, 32.0, 64.0, 128.0]
    );
    assert_eq!(of_account(&reader, "acme", 10_000), [32.0, 64.0, 128.0]);
    assert_eq!(of_account(&reader, "other", 0), [8.0]);
    assert_eq!(of_account(&reader, "nobody", 0), [0.0; 0]);
    assert_eq!(of_user(&reader, "ann"), [1.0, 2.0, 4.5, 8.0, 64.0]);
    assert_eq!(of_user(&reader, "eve"), [0.0; 0]);
}

#[tokio::test]
async fn results_are_found_by_an_index() {
    let (folder, _) = stored(&[]).await;
    let database = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    for (query, index) in [
        (super::GROUPS, "events_group"),
        (super::OUTCOMES, "events_outcome"),
    ] {
        let query = query.replace("rarray(?1)", "('a', 'b')").replace("?2", "0");
        let mut statement = database
            .prepare(&format!("EXPLAIN QUERY PLAN {query}"))
            .unwrap();
        let plan = statement
            .query_map([], |row| row.get::<_, String>(3))
            .unwrap();
        let plan = plan
            .collect::<rusqlite::Result<Vec<_>>>()
            .unwrap()
            .join("\n");
        assert!(plan.contains(index), "{query}: {plan}");
    }
}
