//! The store that is used against the naive one: whatever is done to both, in whatever order, they answer the same.
//! Nothing here is about SQLite but the function that opens it: another engine is held against it likewise.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod answers;
mod happenings;

use std::path::Path;
use std::sync::Arc;

use firstvalue_store::sqlite::SqliteStore;
use firstvalue_store::{Fate, NewEvent, Position, Store};
use firstvalue_store_reference::MemoryStore;
use proptest::prelude::*;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use answers::Asking;
use happenings::{Happens, happenings};

fn sqlite(folder: &Path) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(folder).unwrap())
}

/// A folder in memory, where the system offers that: many are made, and nothing of them must last.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    }
}

proptest! {
    // Each case has a store of its own, which is asked everything again and again.
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_answers_as_the_reference_does(happenings in happenings()) {
        let (folder, runtime) = (folder(), Runtime::new().unwrap());
        let mut tested = Asking::new(sqlite(folder.path()));
        let reference = Asking::new(Arc::new(MemoryStore::new()));
        for happening in happenings {
            if let Happens::Opened = happening {
                tested = tested.again(|| sqlite(folder.path()));
            }
            let told = runtime.block_on(happening.to(&tested));
            prop_assert_eq!(told, runtime.block_on(happening.to(&reference)), "{:?}", happening);
            let (answers, expected) = (tested.everything(), reference.everything());
            for (answer, expected) in answers.iter().zip(&expected) {
                prop_assert_eq!(answer, expected, "after {:?}", happening);
            }
            prop_assert_eq!(answers.len(), expected.len());
        }
    }
}

/// Several send the same at the same time, and read along.
async fn each_is_stored_once_and_in_order(store: Arc<dyn Store>) {
    let senders = (0..4).map(|sender| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let (mut stored, mut read) = (0, Vec::new());
            for block in 0..20 {
                let events = (0..10).map(|n| happenings::event(block * 5 + n, sender));
                let events: Vec<NewEvent> = events.collect();
                let fates = store.append(events, vec![]).await.unwrap();
                stored += fates.iter().filter(|fate| **fate == Fate::Stored).count();
                read_on(&*store, &mut read);
            }
            (stored, read)
        })
    });
    let (mut stored, mut all) = (0, Vec::new());
    for sender in senders.collect::<Vec<_>>() {
        let (their, mut read) = sender.await.unwrap();
        stored += their;
        // Nothing has come before what had been read.
        read_on(&*store, &mut read);
        all.push(read);
    }
    assert_eq!((stored, all[0].len()), (105, 105));
    assert!(all[0].is_sorted_by(|one, next| one < next));
    assert!(all.iter().all(|read| *read == all[0]));
}

fn read_on(store: &dyn Store, read: &mut Vec<Position>) {
    let last = read.last().copied().unwrap_or_default();
    let events = store.reader().unwrap().after(last, u32::MAX).unwrap();
    read.extend(events.iter().map(|event| event.position));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_blocks_at_the_same_time_each_event_is_stored_once_and_in_order() {
    each_is_stored_once_and_in_order(Arc::new(MemoryStore::new())).await;
    let folder = folder();
    each_is_stored_once_and_in_order(sqlite(folder.path())).await;
}
