use std::ops::ControlFlow;

use firstvalue_model::message::MessageKind;

use super::*;
use crate::event::{Position, Row, StoredEvent};
use crate::reader::Filter;

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
    let store = SqliteStore::open(folder.path()).unwrap();
    let fates = store
        .append(vec![event("a", 10), event("b", 20)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored, Fate::Stored]);
    drop(store);

    let store = SqliteStore::open(folder.path()).unwrap();
    let events = store.reader().unwrap().after(Position::START, 10).unwrap();
    assert_eq!(bodies(&events), [event("a", 10).body, event("b", 20).body]);
    assert_eq!(
        (events[0].position, events[0].at, events[0].received_at),
        (1.into(), 10, 15)
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
    let store = SqliteStore::open(folder.path()).unwrap();
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
    let events = store.reader().unwrap().after(Position::START, 10).unwrap();
    assert_eq!(
        events.iter().map(|event| event.at).collect::<Vec<_>>(),
        [1, 3, 5]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_requests_at_the_same_time_exactly_one_stores_each_message() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
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
    assert_eq!(
        store
            .reader()
            .unwrap()
            .after(Position::START, 1_000)
            .unwrap()
            .len(),
        200
    );
}

#[tokio::test]
async fn questions_are_answered_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let sent = [("a", 30), ("b", 10), ("c", 30), ("d", 20)].map(|(id, at)| event(id, at));
    store.append(sent.to_vec(), vec![]).await.unwrap();
    let reader = store.reader().unwrap();

    let mut by_time = Vec::new();
    let last = reader.by_time(&mut |event| {
        by_time.push(i64::from(event.position));
        ControlFlow::Continue(())
    });
    assert_eq!(last.unwrap(), 4.into());
    assert_eq!(by_time, [2, 4, 1, 3]);
    let positions = |events: Vec<StoredEvent>| -> Vec<i64> {
        let positions = events.iter().map(|event| event.position.into());
        positions.collect()
    };
    assert_eq!(positions(reader.latest(2).unwrap()), [4, 3]);
    assert_eq!(positions(reader.after(2.into(), 1).unwrap()), [3]);

    // A reader sees what was committed after it was opened.
    store.append(vec![event("e", 40)], vec![]).await.unwrap();
    assert_eq!(positions(reader.after(4.into(), 10).unwrap()), [5]);
}

#[tokio::test]
async fn a_commit_that_fails_stores_nothing_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
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
    let status = store.status();
    assert_eq!(
        (status.failing, status.commits, status.failures),
        (true, 1, 1)
    );
    connection.execute_batch("DROP TRIGGER full").unwrap();
    store.probe().await.unwrap();
    let status = store.status();
    assert_eq!((status.failing, status.commits), (false, 2));
    assert!(status.since_commit.is_some() && status.committing > Duration::ZERO);

    let fates = store
        .append(vec![event("b", 2), event("c", 3)], vec![])
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Stored, Fate::Stored]);
    assert_eq!(
        store
            .reader()
            .unwrap()
            .after(Position::START, 10)
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn a_folder_has_one_store_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let error = SqliteStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
    drop(store);
    SqliteStore::open(folder.path()).unwrap();
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
    let error = SqliteStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Foreign(_)), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let store = SqliteStore::open(&folder).unwrap();
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
    let store = SqliteStore::open(folder.path()).unwrap();
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

#[tokio::test]
async fn rows_are_found_by_time_and_user() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let mut events: Vec<_> = (1..=4).map(|n| event(&n.to_string(), n * 10)).collect();
    events[3].user = "u2".to_owned();
    store.append(events, vec![]).await.unwrap();
    let reader = SqliteReader::open(folder.path()).unwrap();
    let found = |from, until, users: Option<&[&str]>| {
        let users = users.map(|users| users.iter().map(|user| (*user).to_owned()).collect());
        let mut found = Vec::new();
        let filter = Filter { from, until, users };
        reader
            .rows(&filter, &mut |row| {
                found.push(i64::from(row.position));
                ControlFlow::Continue(())
            })
            .unwrap();
        found
    };
    assert_eq!(found(None, None, None), [1, 2, 3, 4]);
    assert_eq!(found(Some(20), Some(40), None), [2, 3]);
    assert_eq!(found(Some(20), None, Some(&["u1"])), [2, 3]);
    assert_eq!(found(None, None, Some(&["u2", "u3"])), [4]);
    assert!(found(None, None, Some(&[])).is_empty());
    let mut rows = Vec::new();
    reader
        .rows(&Filter::default(), &mut |row| {
            rows.push(row);
            ControlFlow::Break(())
        })
        .unwrap();
    let expected = Row {
        position: 1.into(),
        message_id: "1".to_owned(),
        user: "u1".to_owned(),
        kind: "track".to_owned(),
        name: Some("report.created".to_owned()),
        at: 10,
        received_at: 15,
        skew: -3,
        utc_offset: 60,
        body: event("1", 10).body,
    };
    assert_eq!(rows, [expected]);
    let latest = reader.latest_of(&["u1".to_owned()], None, 2).unwrap();
    assert_eq!(
        latest.iter().map(|event| event.at).collect::<Vec<_>>(),
        [30, 20]
    );
}

#[test]
fn a_folder_without_a_database_is_not_made_into_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = SqliteReader::open(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Missing(_)), "{error}");
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    connection.execute_batch(schema::MIGRATIONS[0]).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let error = SqliteReader::open(folder.path()).unwrap_err();
    assert!(
        matches!(error, OpenError::Older { found: 1, .. }),
        "{error}"
    );
}

/// A database of each earlier version, with an event in it.
#[tokio::test]
async fn events_of_every_earlier_version_are_still_there() {
    for version in 1..=schema::MIGRATIONS.len() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
        for step in &schema::MIGRATIONS[..version] {
            connection.execute_batch(step).unwrap();
        }
        connection
            .pragma_update(None, "user_version", version as u32)
            .unwrap();
        connection
            .execute_batch(
                "INSERT INTO events (message_id, user_id, type, at, received_at, utc_offset, body)
                 VALUES ('m', 'u', 'page', 1, 2, 3, '{}')",
            )
            .unwrap();
        drop(connection);
        let store = SqliteStore::open(folder.path()).unwrap();
        let found = store.reader().unwrap().after(Position::START, 10).unwrap();
        assert_eq!((found.len(), found[0].at), (1, 1), "version {version}");
        let again = NewEvent {
            user: "u".to_owned(),
            body: "{}".to_owned(),
            ..event("m", 10)
        };
        let fates = store.append(vec![again, event("n", 5)], vec![refusal("odd")]);
        assert_eq!(fates.await.unwrap(), [Fate::Duplicate, Fate::Stored]);
    }
}

/// The log of a store that was not closed, and a folder to put it into.
async fn unclosed() -> (tempfile::TempDir, Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    for n in 1..=50 {
        let events = vec![event(&n.to_string(), n)];
        store.append(events, vec![]).await.unwrap();
    }
    let read = |name| std::fs::read(folder.path().join(name)).unwrap();
    let (database, log) = (read(DATABASE), read("firstvalue.db-wal"));
    drop(store);
    (tempfile::tempdir().unwrap(), database, log)
}

#[tokio::test]
async fn a_damaged_tail_is_set_aside_and_stops_nothing() {
    let (folder, database, log) = unclosed().await;
    let frame = 24 + 4_096;
    let last = (log.len() - 32) / frame - 1;
    let begin = 32 + last * frame;
    let mut flipped = log.clone();
    flipped[begin + 1_000] ^= 1;
    let cut = log[..log.len() - 1_000].to_vec();
    let begun = [log.clone(), vec![0; 3 * frame]].concat();
    let mut headless = log.clone();
    headless[9] ^= 1;
    for (name, log, events, damaged) in [
        ("whole", log.clone(), 50, None),
        // The process ended while it wrote.
        ("cut", cut, 49, None),
        ("begun", begun, 50, None),
        ("empty", vec![], 0, None),
        ("flipped", flipped.clone(), 49, Some(begin as u64)),
        ("headless", headless, 0, Some(0)),
    ] {
        let folder = folder.path().join(name);
        private::folder(&folder).unwrap();
        std::fs::write(folder.join(DATABASE), &database).unwrap();
        std::fs::write(folder.join("firstvalue.db-wal"), &log).unwrap();
        let store = SqliteStore::open(&folder).unwrap();
        assert_eq!(
            store.damaged_tail().map(|tail| tail.from),
            damaged,
            "{name}"
        );
        // A database of which nothing was in the file yet has lost its schema, too.
        assert!(
            store
                .reader()
                .unwrap()
                .after(Position::START, 100)
                .unwrap()
                .len()
                >= events,
            "{name}"
        );
        let fates = store.append(vec![event("new", 99)], vec![]).await.unwrap();
        assert_eq!(fates, [Fate::Stored], "{name}");
        let copy = folder.join("firstvalue.db-wal.damaged");
        assert_eq!(copy.exists(), damaged.is_some(), "{name}");
        if name == "flipped" {
            assert_eq!(std::fs::read(&copy).unwrap(), flipped);
            let whom = Erasure {
                user: "u1".to_owned(),
                joined: false,
            };
            let deed = Box::new(|_: &Erased| Deed {
                at: 99,
                actor: "command line".to_owned(),
                action: "erase",
                subject: "user 12345678".to_owned(),
                detail: String::new(),
            });
            store.erase(whom, deed).await.unwrap();
            assert!(!copy.exists());
        }
    }
}

#[tokio::test]
async fn a_back_up_that_is_made_meanwhile_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let writer = Arc::clone(&store);
    let (begun, mut has_begun) = tokio::sync::watch::channel(0);
    let writing = tokio::spawn(async move {
        // Each has a page of its own, so that the log is copied and begins anew meanwhile.
        let body = "x".repeat(3_900);
        for n in 0..3_000 {
            let event = NewEvent {
                body: body.clone(),
                ..event(&n.to_string(), n)
            };
            let fates = writer.append(vec![event], vec![]).await;
            assert_eq!(fates.unwrap(), [Fate::Stored]);
            begun.send_replace(n + 1);
        }
    });
    has_begun.wait_for(|n| *n >= 500).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    let before = *has_begun.borrow();
    let (from, to) = (folder.path().join(DATABASE), copy.path().join(DATABASE));
    let backing_up = tokio::task::spawn_blocking(move || {
        let to = to.display().to_string();
        Connection::open(from)
            .unwrap()
            .execute("VACUUM INTO ?1", [to])
            .unwrap();
    });
    backing_up.await.unwrap();
    writing.await.unwrap();

    let restored = SqliteStore::open(copy.path()).unwrap();
    let events = restored
        .reader()
        .unwrap()
        .after(Position::START, 9_999)
        .unwrap();
    assert!(
        events.len() >= before as usize,
        "all that was answered before"
    );
    let ids: Vec<_> = events.iter().map(|event| event.at).collect();
    assert_eq!(ids, (0..events.len() as i64).collect::<Vec<_>>());
    let again = restored
        .append(vec![event("0", 0), event("new", 9)], vec![])
        .await;
    assert_eq!(again.unwrap(), [Fate::Duplicate, Fate::Stored]);
}
