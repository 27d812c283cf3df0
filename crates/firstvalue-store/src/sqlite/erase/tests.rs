use std::path::Path;

use firstvalue_model::message::MessageKind;

use super::*;
use crate::audit::Deed;
use crate::sqlite::SqliteStore;
use crate::{Fate, Key, NewEvent, NewRefusal, Position, Store};

const CANARY: &[u8] = b"canary-7431";

fn said(message_id: &str, kind: MessageKind, user: &str, body: &str) -> NewEvent {
    NewEvent {
        message_id: message_id.to_owned(),
        user: user.to_owned(),
        kind,
        name: None,
        at: 10,
        received_at: 20,
        skew: 0,
        utc_offset: 0,
        body: format!("{{{body}}}"),
    }
}

fn deed() -> DeedOf {
    Box::new(|erased| Deed {
        at: 99,
        actor: "command line".to_owned(),
        action: "erase",
        subject: "user 12345678".to_owned(),
        detail: format!("{} events", erased.events),
    })
}

fn whom(user: &str) -> Erasure {
    Erasure {
        user: user.to_owned(),
        joined: false,
    }
}

/// The files of a folder in which something is left.
fn left_in(folder: &Path) -> Vec<String> {
    let mut left = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let bytes = std::fs::read(entry.path()).unwrap();
        if bytes.windows(CANARY.len()).any(|window| window == CANARY) {
            left.push(entry.file_name().into_string().unwrap());
        }
    }
    left
}

/// Ann, on a device of her own, and Bob.
async fn with_ann() -> (tempfile::TempDir, SqliteStore) {
    use MessageKind::Track;
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = [
        ("a", "anon-1", r#""anonymousId":"anon-1","x":"canary-7431""#),
        (
            "b",
            "ann",
            r#""userId":"ann","anonymousId":"anon-1","x":"canary-7431""#,
        ),
        ("c", "ann", r#""userId":"ann","x":"canary-7431""#),
        ("d", "bob", r#""userId":"bob","anonymousId":"anon-2""#),
        ("e", "anon-2", r#""anonymousId":"anon-2""#),
    ];
    let events = events.map(|(id, user, body)| said(id, Track, user, body));
    let refused = ["ann", "anon-1"].map(|user| NewRefusal {
        received_at: 20,
        message_id: None,
        user: Some(user.to_owned()),
        reason: "odd".to_owned(),
        body: "canary-7431".to_owned(),
    });
    store.append(events.into(), refused.into()).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn nothing_of_an_erased_user_is_left_in_any_file() {
    let (folder, store) = with_ann().await;
    let reader = store.reader().unwrap();
    let key = Key {
        by: [7; 32],
        taken: 5.into(),
        removals: 0,
    };
    assert!(store.keep_snapshot(&key, CANARY).unwrap());
    assert!(left_in(folder.path()).contains(&"projection.snapshot".to_owned()));

    let erased = store.erase(whom("ann"), deed()).await.unwrap();
    assert_eq!(erased.ids, ["ann", "anon-1"]);
    assert_eq!((erased.events, erased.refused), (3, 2));
    assert!(erased.overwritten);
    assert_eq!(left_in(folder.path()), [""; 0]);
    let left = reader.after(Position::START, 10).unwrap();
    let left = left.iter().map(|event| i64::from(event.position));
    assert_eq!(left.collect::<Vec<_>>(), [4, 5]);
    let audit = reader.audit(None, 10).unwrap();
    assert_eq!((audit.len(), audit[0].detail.as_str()), (1, "3 events"));
    assert_eq!((audit[0].action.as_str(), audit[0].at), ("erase", 99));
    // What comes again is somebody new.
    let again = said("b", MessageKind::Track, "ann", "");
    assert_eq!(
        store.append(vec![again], vec![]).await.unwrap(),
        [Fate::Stored]
    );
}

#[tokio::test]
async fn who_is_erased_while_somebody_reads_them_is_gone_from_the_log_when_that_ends() {
    let (folder, store) = with_ann().await;
    let reading = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    let begin = "BEGIN; SELECT count(*) FROM events;";
    reading.execute_batch(begin).unwrap();
    // Without waiting as long as a person would.
    tokio::time::pause();
    let erased = store.erase(whom("ann"), deed()).await.unwrap();
    tokio::time::resume();
    assert_eq!((erased.events, erased.overwritten), (3, false));
    assert_eq!(left_in(folder.path()), ["firstvalue.db-wal"]);
    // Nobody has to wait for that.
    let more = said("f", MessageKind::Track, "bob", "");
    store.append(vec![more], vec![]).await.unwrap();
    assert!(!clear_log(&store.writer, Duration::ZERO).await);

    drop(reading);
    while !left_in(folder.path()).is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let left = store.reader().unwrap().after(Position::START, 10);
    assert_eq!(left.unwrap().len(), 3);
}

#[tokio::test]
async fn a_log_that_is_still_to_be_cleared_does_not_keep_the_store_open() {
    let (folder, store) = with_ann().await;
    let reading = Connection::open(folder.path().join("firstvalue.db")).unwrap();
    let begin = "BEGIN; SELECT count(*) FROM events;";
    reading.execute_batch(begin).unwrap();
    tokio::time::pause();
    let erased = store.erase(whom("ann"), deed()).await.unwrap();
    tokio::time::resume();
    assert!(!erased.overwritten);
    tokio::task::yield_now().await;
    drop(store);
    SqliteStore::open(folder.path()).unwrap();
}

#[tokio::test]
async fn whoever_claims_to_be_somebody_who_has_signed_in_is_erased_without_them() {
    use MessageKind::{Alias, Identify, Track};
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = [
        (Track, "laptop", r#""anonymousId":"laptop""#),
        (Identify, "ann", r#""userId":"ann","anonymousId":"laptop""#),
        (Track, "ann", r#""userId":"ann""#),
        (Alias, "eve", r#""userId":"eve","previousId":"ann""#),
        (Identify, "eve", r#""userId":"eve","anonymousId":"bob""#),
        (Track, "eve", r#""userId":"eve","anonymousId":"cid""#),
        (Track, "bob", r#""userId":"bob""#),
        (Track, "cid", r#""userId":"cid""#),
    ];
    let events = (0..).zip(events);
    let events = events.map(|(id, (kind, user, body))| said(&format!("{id}"), kind, user, body));
    store.append(events.collect(), vec![]).await.unwrap();
    let reader = store.reader().unwrap();
    assert_eq!(
        reader.ids_of("ann").unwrap(),
        ["eve", "ann", "bob", "laptop"]
    );
    for (id, joined, ids, others) in [
        ("eve", false, &["eve"][..], &["ann", "bob", "laptop"][..]),
        ("ann", false, &["ann", "laptop"], &["eve", "bob"]),
        ("laptop", false, &["ann", "laptop"], &["eve", "bob"]),
        ("cid", false, &["cid"], &[]),
        ("eve", true, &["ann", "bob", "eve", "laptop"], &[]),
        ("nobody", true, &["nobody"], &[]),
    ] {
        let kept = reader.kept_under(id, joined).unwrap();
        assert_eq!(
            (&*kept.ids, &*kept.others),
            (&own(ids)[..], &own(others)[..])
        );
    }

    let erased = store.erase(whom("eve"), deed()).await.unwrap();
    assert_eq!(
        (erased.events, erased.left),
        (3, own(&["ann", "bob", "laptop"]))
    );
    assert_eq!(erased.touched.users, ["ann", "bob"]);
    assert_eq!(reader.ids_of("ann").unwrap(), ["ann", "laptop"]);
    let all = Erasure {
        joined: true,
        ..whom("laptop")
    };
    let erased = store.erase(all, deed()).await.unwrap();
    assert_eq!((erased.events, erased.left), (3, vec![]));
}

fn own(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
