//! What is stored is taken in while nobody asks.

use std::sync::mpsc::sync_channel;

use parking_lot::Mutex;

use super::super::projector::{LITTLE, Unfinished, take_in};
use super::*;

#[tokio::test]
async fn all_that_is_stored_is_taken_in_and_others_come_to_it_in_between() {
    let mut log = changing();
    log.extend((0..2 * LITTLE).flat_map(|n| {
        read(&format!(
            r#"{{"userId":"u{n}","event":"a","timestamp":{}}}"#,
            20 + n
        ))
    }));
    let (_folder, store) = stored(&log).await;
    let projection = &Mutex::new(Projection::new(playbook()));
    let (stored, looking) = sync_channel(1);
    stored.send(()).unwrap();
    let reader = store.reader().unwrap();
    let events = log.len() as u64;

    let seen = std::thread::scope(|scope| {
        let taking = scope.spawn(move || take_in(&*reader, projection, &looking));
        let mut seen = Vec::new();
        loop {
            let (known, _) = projection.lock().events();
            seen.push(known);
            if known == events {
                break;
            }
        }
        // It ends when nobody can tell it anything any more.
        drop(stored);
        taking.join().unwrap();
        seen
    });
    assert!(seen.is_sorted());
    assert_eq!(reached(&projection.lock()), replayed(&log));
}

#[tokio::test]
async fn what_is_known_by_halves_is_read_anew() {
    let log = changing();
    let (_folder, store) = stored(&log).await;
    let reader = store.reader().unwrap();
    let projection = Mutex::new(Projection::new(playbook()));
    std::thread::scope(|scope| {
        let breaks_down = scope.spawn(|| {
            let mut unfinished = Unfinished(projection.lock());
            // As if all had been taken in.
            unfinished.0.taken = store.reader().unwrap().last().unwrap();
            panic!("on purpose");
        });
        breaks_down.join().unwrap_err();
    });
    let mut known = projection.lock();
    known.complete(&*reader).unwrap();
    assert_eq!(reached(&known), replayed(&log));
}
