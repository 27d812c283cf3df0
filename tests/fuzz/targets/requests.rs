//! A request to the collector: a line with its path, one with its credentials, one that says whether the
//! body is compressed, and the body, of which what stands between two bytes of value 1 is repeated until it
//! is about as large as a body may be.
//!
//! It is read without a panic and within a memory that follows from the limits; every event meets one
//! fate and is told of; and what is to be stored is an event, which an export and an import leave as it is.
#![no_main]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use firstvalue_collector::{Brought, Limits, read_line, read_request};
use firstvalue_model::message::Message;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// The collector's time: 2026-02-01T00:00:00Z.
const NOW: i64 = 1_769_904_000_000;

/// The limits are smaller than usual, so that they are soon reached.
const BODY: usize = 60 * 1_024;
const UNPACKED: usize = 480 * 1_024;
const EVENTS: usize = 1_000;
const EVENT: usize = 4 * 1_024;

/// How many bytes reading a request may take: what it is unpacked to, in a buffer that grows by doubling;
/// what is kept of the events, in which `1e15` may stand as eighteen digits; and for each event its name and
/// fate, twice in the answer.
const MEMORY: usize = 8 * UNPACKED + 1_000 * EVENTS;

fn limits() -> Limits {
    Limits {
        body: BODY,
        unpacked: UNPACKED,
        events: EVENTS,
        event: EVENT,
        depth: 32,
        keys: 100,
        ..Limits::default()
    }
}

fuzz_target!(|data: &[u8]| {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (path, credentials, form, body) = (line(), line(), line(), line());
    let Ok(path) = str::from_utf8(path) else {
        return;
    };
    let mut headers = HeaderMap::new();
    if let Ok(credentials) = HeaderValue::from_bytes(credentials) {
        headers.insert(header::AUTHORIZATION, credentials);
    }
    let is_packed = form == b"gzip";
    let body = repeated(body, if is_packed { UNPACKED } else { BODY });
    let sent = if is_packed {
        packed(&body)
    } else {
        body.clone()
    };
    // What is larger is not read at all.
    if sent.len() > BODY {
        return;
    }
    let limits = limits();
    let before = LIVE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let read = read_request(path, &headers, &sent, NOW, &limits);
    let taken = PEAK.load(Ordering::Relaxed) - before;
    assert!(taken <= MEMORY, "reading it took {taken} bytes");
    match read {
        Some(Ok(brought)) => {
            every_event_has_a_fate(&brought, &body, path);
            what_is_stored_can_be_imported(&brought);
        }
        Some(Err(status)) => assert!(matches!(status.as_u16(), 400 | 413), "{status}"),
        None => {}
    }
});

/// What stands between two bytes of value 1, as often as fits.
fn repeated(body: &[u8], size: usize) -> Vec<u8> {
    let mut parts = body.splitn(3, |byte| *byte == 1);
    let mut part = || parts.next().unwrap_or_default();
    let (before, between, after) = (part(), part(), part());
    let rest = size.saturating_sub(before.len() + after.len());
    let times = rest.checked_div(between.len()).unwrap_or_default();
    [before, &between.repeat(times), after].concat()
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).expect("there is room");
    encoder.finish().expect("there is room")
}

fn every_event_has_a_fate(brought: &Brought, body: &[u8], path: &str) {
    let count = brought.events.len() + brought.refused.len();
    assert!(count <= EVENTS);
    let reply: Value = serde_json::from_str(&brought.reply).expect("the answer is JSON");
    let told = reply["events"].as_array().expect("it names events");
    assert_eq!(told.len(), count);
    let with = |status: &'static str| told.iter().filter(move |event| event["status"] == status);
    let ids = brought.events.iter().map(|event| &*event.message_id);
    assert!(
        with("ok")
            .map(|event| event["messageId"].as_str())
            .eq(ids.map(Some))
    );
    let reasons = brought.refused.iter().map(|refusal| &*refusal.reason);
    assert!(
        with("rejected")
            .map(|event| event["reason"].as_str())
            .eq(reasons.map(Some))
    );
    for refusal in &brought.refused {
        assert!(!refusal.reason.is_empty() && refusal.body.len() <= 2 * EVENT);
    }
    // As another reader counts them, if it can read the whole.
    if let Ok(body) = serde_json::from_slice::<Value>(body) {
        let sent = match &body {
            Value::Array(events) => events.len(),
            _ if path.starts_with("/v1/") && !path.starts_with("/v1/b") => 1,
            other => other.get("batch").map_or(1, |batch| {
                batch.as_array().expect("else it is refused").len()
            }),
        };
        assert_eq!(count, sent);
    }
}

fn what_is_stored_can_be_imported(brought: &Brought) {
    for event in &brought.events {
        let message: Message = serde_json::from_str(&event.body).expect("it is a message");
        assert_eq!(message.message_id.as_ref(), Some(&event.message_id));
        assert_eq!(message.user(), Some(&*event.user));
        assert_eq!(message.at(), Some(event.at));
        assert!(!event.message_id.is_empty() && event.message_id.len() <= 255);
        let mut again = read_line(event.body.as_bytes(), || 0, NOW).expect("it can be imported");
        // By how much a clock was set right stands beside an event and not in it.
        assert_eq!(again.skew, 0);
        again.skew = event.skew;
        assert_eq!(again, *event);
    }
}

/// Counts what is allocated.
struct Counting;

/// Bytes in use, and the most that ever were since somebody set it back.
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: as of whoever calls.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as of whoever calls.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
