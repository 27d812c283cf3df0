//! Comparing versions (`1.2.3-beta.4`).

use std::cmp::Ordering;

use serde_json::Value;

use super::compare;

/// The order of two versions; `None` unless both are texts.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    let (a, b) = (sort_key(a.as_str()?), sort_key(b.as_str()?));
    Some(compare::order_of_texts(&a, &b))
}

/// Whether two texts are the same version; what is not text is no version, but can be the same.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    order(a, b).map_or_else(|| compare::equal(a, b, false), Ordering::is_eq)
}

/// What versions are ordered by: their parts joined by `-`, where numbers are padded to five digits
/// so that 10 comes after 9, and a version of three parts gets a fourth that is after every
/// pre-release tag.
fn sort_key(version: &str) -> String {
    let version = version.strip_prefix('v').unwrap_or(version);
    let version = version.split(['+']).next().unwrap_or(version);
    // No text at all stands for version 0.
    let version = if version.is_empty() { "0" } else { version };
    let mut key = String::new();
    let mut count = 0;
    for part in version.split(['.', '-']) {
        if count > 0 {
            key.push('-');
        }
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            for _ in part.len()..5 {
                key.push(' ');
            }
        }
        key.push_str(part);
        count += 1;
    }
    if count == 3 {
        key.push_str("-~");
    }
    key
}
