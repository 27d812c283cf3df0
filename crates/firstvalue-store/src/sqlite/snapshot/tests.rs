use firstvalue_model::message::MessageKind;

use super::*;
use crate::sqlite::SqliteStore;
use crate::{NewEvent, Store};

fn event(message_id: &str) -> NewEvent {
    NewEvent {
        message_id: message_id.to_owned(),
        user: "u1".to_owned(),
        kind: MessageKind::Track,
        name: None,
        at: 10,
        received_at: 10,
        skew: 0,
        utc_offset: 0,
        body: "{}".to_owned(),
    }
}

async fn stored(messages: &[&str]) -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = messages.iter().map(|id| event(id));
    store.append(events.collect(), vec![]).await.unwrap();
    (folder, store)
}

fn key(taken: i64) -> Key {
    Key {
        by: [7; 32],
        taken: taken.into(),
        removals: 0,
    }
}

#[tokio::test]
async fn what_was_kept_is_found_by_whoever_asks_for_the_same() {
    let (folder, store) = stored(&["a", "b"]).await;
    assert_eq!(store.snapshot(&[7; 32]).unwrap(), None);
    assert!(store.keep_snapshot(&key(1), b"one").unwrap());
    assert!(store.keep_snapshot(&key(2), b"two").unwrap());
    let found = store.snapshot(&[7; 32]).unwrap();
    assert_eq!(found, Some((key(2), b"two".to_vec())));
    assert_eq!(store.snapshot(&[8; 32]).unwrap(), None);
    // There is no such event.
    assert!(!store.keep_snapshot(&key(3), b"three").unwrap());
    assert!(!store.keep_snapshot(&key(0), b"none").unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.path().join(FILE).metadata().unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    drop(folder);
}

#[tokio::test]
async fn whatever_is_off_it_is_not_found() {
    let (folder, store) = stored(&["a", "b"]).await;
    assert!(store.keep_snapshot(&key(2), b"body").unwrap());
    let path = folder.path().join(FILE);
    let whole = std::fs::read(&path).unwrap();
    for end in 0..whole.len() {
        std::fs::write(&path, &whole[..end]).unwrap();
        assert_eq!(store.snapshot(&[7; 32]).unwrap(), None, "{end}");
    }
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        std::fs::write(&path, &damaged).unwrap();
        assert_eq!(store.snapshot(&[7; 32]).unwrap(), None, "{place}");
    }
    // The same place in another store.
    let (other, another) = stored(&["a", "x"]).await;
    std::fs::write(other.path().join(FILE), &whole).unwrap();
    assert_eq!(another.snapshot(&[7; 32]).unwrap(), None);

    std::fs::write(&path, &whole).unwrap();
    assert!(store.snapshot(&[7; 32]).unwrap().is_some());
    // Whoever takes something out, this program or a person.
    let database = rusqlite::Connection::open(folder.path().join("firstvalue.db")).unwrap();
    let change = "UPDATE events SET body = '[]' WHERE id = 1";
    database.execute_batch(change).unwrap();
    assert_eq!(store.snapshot(&[7; 32]).unwrap(), None);
    assert!(!store.keep_snapshot(&key(2), b"body").unwrap());
    assert!(!path.exists(), "nothing is kept that does not hold");
}

#[tokio::test]
async fn what_is_forgotten_for_its_age_is_in_no_snapshot() {
    let (folder, store) = stored(&["a", "b"]).await;
    let reader = store.reader().unwrap();
    assert!(store.keep_snapshot(&key(2), b"body").unwrap());
    assert_eq!(store.forget_before(10, 9).await.unwrap(), 0);
    assert!(folder.path().join(FILE).exists());
    assert_eq!(store.forget_before(11, 9).await.unwrap(), 2);
    assert!(!folder.path().join(FILE).exists());
    assert_eq!(reader.removals().unwrap(), 2);
}
