//! Bodies that nobody would write.

use std::io::Write;

use axum::http::Method;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::harness::Harness;

/// Bodies that are understood, to be damaged.
const WHOLE: [&str; 4] = [
    r#"{"writeKey":"wk_test","sentAt":"2026-01-31T23:59:59Z","batch":[{"type":"track","userId":"u1","event":"a","timestamp":"2026-01-05T10:00:00.250+02:00","properties":{"n":[1,{"x":null}]},"context":{"utcOffset":-90}},{"type":"group","anonymousId":7,"groupId":"g","traits":{}}]}"#,
    r#"{"writeKey":"wk_test","type":"identify","userId":"u1","traits":{"createdAt":1769904000000},"originalTimestamp":1769904000000}"#,
    r#"{"api_key":"wk_test","batch":[{"event":"$identify","distinct_id":"u1","properties":{"$set":{"a":1}}},{"event":"$pageview","properties":{"distinct_id":"d","$device_id":"d","$timezone_offset":60}}]}"#,
    r#"[{"event":"x","distinct_id":"u1","properties":{"token":"wk_test"}}]"#,
];

/// What hurts where it is put in.
const PIECES: [&str; 12] = [
    "null",
    "\"\"",
    "[]",
    "{}",
    "1e999",
    "-1",
    "99999999999999999999",
    "\\ud800",
    "\"",
    "[[[[",
    "\u{0}",
    "\u{7f}\u{10ffff}",
];

#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Flip(usize, u8),
    Insert(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize, u8),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let at = || 0..400_usize;
    let damage = prop_oneof![
        at().prop_map(Damage::Cut),
        (at(), any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (at(), 0..PIECES.len()).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (at(), 1..30_usize).prop_map(|(at, length)| Damage::Remove(at, length)),
        (at(), 1..60_usize, 2..9_u8)
            .prop_map(|(at, length, times)| Damage::Repeat(at, length, times)),
    ];
    prop::collection::vec(damage, 0..4)
}

fn damaged(body: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = body.as_bytes().to_vec();
    for damage in damages {
        let length = bytes.len();
        match *damage {
            Damage::Cut(at) => bytes.truncate(at),
            Damage::Flip(at, bits) => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bits;
                }
            }
            Damage::Insert(at, piece) => {
                let at = at.min(length);
                bytes.splice(at..at, PIECES[piece].bytes());
            }
            Damage::Remove(at, count) => {
                bytes.drain(at.min(length)..(at + count).min(length));
            }
            Damage::Repeat(at, count, times) => {
                let piece = bytes[at.min(length)..(at + count).min(length)].repeat(times.into());
                bytes.splice(at.min(length)..at.min(length), piece);
            }
        }
    }
    bytes
}

#[test]
fn whatever_is_sent_is_taken_or_refused_and_nothing_breaks() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let harness = Harness::start();
    let paths = prop::sample::select(vec!["/v1/batch", "/v1/track", "/v1/page", "/e/", "/batch/"]);
    let zip = prop_oneof![3 => Just(None), 1 => (0..200_usize).prop_map(Some)];
    let cases = (paths, 0..WHOLE.len(), damages(), zip);
    // Each is written to disk; `PROPTEST_CASES` asks for more.
    let usual = Config::default();
    let cases_of_a_run = if usual.cases == 256 { 500 } else { usual.cases };
    let config = Config {
        cases: cases_of_a_run,
        failure_persistence: None,
        ..usual
    };
    TestRunner::new(config)
        .run(&cases, |(path, whole, damages, zip)| {
            let mut body = damaged(WHOLE[whole], &damages);
            if let Some(flip) = zip {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(&body).unwrap();
                body = encoder.finish().unwrap();
                if let Some(byte) = body.get_mut(flip) {
                    *byte ^= 4;
                }
            }
            let answer = runtime.block_on(harness.send(Method::POST, path, &[], body));
            let status = answer.status.as_u16();
            prop_assert!(matches!(status, 200 | 400 | 401 | 413), "{status}");
            if status == 200 {
                let fates = answer.statuses();
                let known =
                    |fate: &String| matches!(fate.as_str(), "ok" | "duplicate" | "rejected");
                prop_assert!(fates.iter().all(known));
            } else {
                prop_assert!(answer.json()["error"]["code"].is_string());
            }
            Ok(())
        })
        .unwrap();
    // Whatever was taken in can be read again.
    let exported = runtime.block_on(harness.ask("/api/export"));
    let text = String::from_utf8(exported.body.to_vec()).unwrap();
    assert!(text.lines().count() > 20, "hardly anything was understood");
    let overview = runtime.block_on(harness.ask("/api/overview")).json();
    assert_eq!(overview["events"]["total"], text.lines().count());
}
