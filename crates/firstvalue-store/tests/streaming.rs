//! However much is asked for, little of it is in memory at a time.
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    reason = "a test may fail; an allocator cannot be had without"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use firstvalue_model::message::MessageKind;
use firstvalue_store::sqlite::SqliteStore;
use firstvalue_store::{NewEvent, Store};

/// The system's allocator, which counts.
struct Counting;

/// The bytes that are held, and the most that ever were.
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: it is the system's, and counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(held, Ordering::Relaxed);
        // SAFETY: what holds for our caller holds for us.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: likewise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const EVENTS: usize = 20_000;

#[tokio::test]
async fn what_somebody_did_is_read_as_a_stream() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let text = "x".repeat(1_000);
    for chunk in 0..20 {
        let events = (0..EVENTS / 20).map(|n| NewEvent {
            message_id: format!("{chunk} {n}"),
            user: "ann".to_owned(),
            kind: MessageKind::Identify,
            name: None,
            at: 0,
            received_at: 0,
            skew: 0,
            utc_offset: 0,
            body: format!(r#"{{"userId":"ann","anonymousId":"d{n}","x":"{text}"}}"#),
        });
        store.append(events.collect(), vec![]).await.unwrap();
    }
    let reader = store.reader().unwrap();
    let ann = ["ann".to_owned()];
    let before = HELD.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let mut seen = 0;
    let (last, mut each) = (reader.last().unwrap(), |_| seen += 1);
    reader.done_under(&ann, last, &mut each).unwrap();
    reader.joined_under(&ann, last, &mut each).unwrap();
    assert_eq!(seen, 2 * EVENTS);
    // All of them are over 20 MB.
    let most = MOST.load(Ordering::Relaxed) - before;
    assert!(most < 2_000_000, "{most} bytes");
}
