use std::sync::Arc;

use firstvalue_model::message::MessageKind;

use super::*;
use crate::event::{Arrival, StoredEvent};

fn event(message_id: &str, at: i64) -> NewEvent {
    NewEvent {
        message_id: message_id.to_owned(),
        user: "u1".to_owned(),
        kind: MessageKind::Track,
        name: Some("report.created".to_owned()),
        at,
        received_at: at + 5,
        skew: -3,
        utc_offset: 60,
        body: format!("{{\"messageId\":\"{message_id}\",\"n\":{at}}}"),
    }
}

fn bodies(events: &[StoredEvent]) -> Vec<&str> {
    events.iter().map(|event| event.body.as_str()).collect()
}

#[tokio::test]
async fn what_was_answered_is_there_after_reopening_and_every_column_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let fates = store
        .append(vec![event("a", 10), event("b", 20)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored, Fate::Stored]);
    drop(store);

    let store = Store::open(folder.path()).unwrap();
    let events = store.reader().unwrap().after(0, 10).unwrap();
    assert_eq!(bodies(&events), [event("a", 10).body, event("b", 20).body]);
    assert_eq!(
        (events[0].arrival, events[0].at, events[0].received_at),
        (1, 10, 15)
    );

    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    let columns: String = connection
        .query_row(
            "SELECT concat_ws(' ', message_id, user_id, type, event, skew, utc_offset) FROM events",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(columns, "a u1 track report.created -3 60");
}

#[test]
fn every_commit_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let connection = connect(&folder.path().join(DATABASE)).unwrap();
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    let synchronous: u8 = connection
        .pragma_query_value(None, "synchronous", |row| row.get(0))
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[tokio::test]
async fn the_first_of_equal_message_ids_wins() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let fates = store
        .append(vec![event("a", 1), event("a", 2), event("b", 3)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored, Fate::Duplicate, Fate::Stored]);
    let fates = store
        .append(vec![event("b", 4), event("c", 5)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Duplicate, Fate::Stored]);
    let events = store.reader().unwrap().after(0, 10).unwrap();
    assert_eq!(
        events.iter().map(|event| event.at).collect::<Vec<_>>(),
        [1, 3, 5]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_requests_at_the_same_time_exactly_one_stores_each_message() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap());
    let senders: Vec<_> = (0..8)
        .map(|sender| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut stored = 0;
                for batch in 0..20 {
                    let events = (0..10)
                        .map(|n| event(&format!("m{}", batch * 10 + n), sender))
                        .collect();
                    let fates = store.append(events, vec![]).await.unwrap();
                    stored += fates.iter().filter(|fate| **fate == Fate::Stored).count();
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for sender in senders {
        stored += sender.await.unwrap();
    }
    assert_eq!(stored, 200);
    assert_eq!(store.reader().unwrap().after(0, 1_000).unwrap().len(), 200);
}

#[tokio::test]
async fn questions_are_answered_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let sent = [("a", 30), ("b", 10), ("c", 30), ("d", 20)].map(|(id, at)| event(id, at));
    store.append(sent.to_vec(), vec![]).await.unwrap();
    let reader = store.reader().unwrap();

    let mut by_time = Vec::new();
    assert_eq!(
        reader.by_time(|event| by_time.push(event.arrival)).unwrap(),
        4
    );
    assert_eq!(by_time, [2, 4, 1, 3]);
    let arrivals = |events: Vec<StoredEvent>| -> Vec<Arrival> {
        events.iter().map(|event| event.arrival).collect()
    };
    assert_eq!(arrivals(reader.latest(2).unwrap()), [4, 3]);
    assert_eq!(arrivals(reader.after(2, 1).unwrap()), [3]);

    // A reader sees what was committed after it was opened.
    store.append(vec![event("e", 40)], vec![]).await.unwrap();
    assert_eq!(arrivals(reader.after(4, 10).unwrap()), [5]);
}

#[tokio::test]
async fn a_commit_that_fails_stores_nothing_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.append(vec![event("a", 1)], vec![]).await.unwrap();

    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.at = 3
             BEGIN SELECT RAISE(ABORT, 'disk full'); END",
        )
        .unwrap();
    let error = store
        .append(vec![event("b", 2), event("c", 3)], vec![])
        .await
        .unwrap_err();
    assert!(matches!(error, AppendError::Database(_)), "{error}");
    connection.execute_batch("DROP TRIGGER full").unwrap();

    let fates = store
        .append(vec![event("b", 2), event("c", 3)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored, Fate::Stored]);
    assert_eq!(store.reader().unwrap().after(0, 10).unwrap().len(), 3);
}

#[test]
fn a_folder_has_one_store_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    drop(store);
    Store::open(folder.path()).unwrap();
}

#[test]
fn what_is_not_ours_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(DATABASE);
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("CREATE TABLE recipes (x)")
        .unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Foreign(_)), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let store = Store::open(&folder).unwrap();
    store.append(vec![event("a", 1)], vec![]).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join(DATABASE)), 0o600);
    assert_eq!(mode(&folder.join("firstvalue.db-wal")), 0o600);
}

fn refusal(reason: &str) -> NewRefusal {
    NewRefusal {
        received_at: 7,
        message_id: Some("m1".to_owned()),
        user: None,
        reason: reason.to_owned(),
        body: "{}".to_owned(),
    }
}

#[tokio::test]
async fn what_was_refused_is_kept_newest_first_and_only_the_latest_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let fates = store
        .append(vec![event("a", 1)], vec![refusal("one"), refusal("two")])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored]);
    let reader = store.reader().unwrap();
    let found = reader.quarantine(None, 10).unwrap();
    let reasons: Vec<_> = found.iter().map(|it| it.refused.reason.as_str()).collect();
    assert_eq!(reasons, ["two", "one"]);
    assert_eq!(found[1].refused, refusal("one"));
    let older = reader.quarantine(Some(found[0].id), 10).unwrap();
    assert_eq!(older, found[1..]);

    // A client gone wrong.
    for _ in 0..3 {
        let many = vec![refusal("many"); 5_000];
        assert_eq!(store.append(vec![], many).await.unwrap(), []);
    }
    let found = reader.quarantine(None, u32::MAX).unwrap();
    assert_eq!(found.len(), 10_000);
    assert!(found.iter().all(|it| it.refused.reason == "many"));
}
