//! A query, an object, a glob and a path, a line each: both are decided without a panic, and a glob
//! as it is meant.
#![no_main]

use firstvalue_engine::{glob, query};
use firstvalue_model::json;
use libfuzzer_sys::fuzz_target;

/// The reading that takes all the time that it wants is for short ones.
const SHORT: usize = 16;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let mut lines = text.lines();
        let mut object = || json::read_object(lines.next()?);
        if let (Some(query), Some(object)) = (object(), object()) {
            query::matches(&query, &object);
        }
        if let (Some(glob), Some(path)) = (lines.next(), lines.next()) {
            let matches = glob::matches(glob, path);
            if glob.len().max(path.len()) <= SHORT {
                assert_eq!(matches, is_meant(glob.as_bytes(), path.as_bytes()));
            }
        }
    }
});

/// `*` stands for anything within a segment, `**` for anything.
fn is_meant(glob: &[u8], path: &[u8]) -> bool {
    match glob {
        [] => path.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|n| is_meant(rest, &path[n..])),
        [b'*', rest @ ..] => (0..=path.len())
            .take_while(|&n| n == 0 || path[n - 1] != b'/')
            .any(|n| is_meant(rest, &path[n..])),
        [expected, rest @ ..] => path.first() == Some(expected) && is_meant(rest, &path[1..]),
    }
}
