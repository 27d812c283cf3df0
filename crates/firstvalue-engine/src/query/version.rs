//! Comparing versions (`1.2.3-beta.4`).

use std::cmp::Ordering;

use serde_json::Value;

/// The order of two versions; `None` unless both are texts.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    Some(sort_key(a.as_str()?).cmp(sort_key(b.as_str()?)))
}

/// Whether two texts are the same version; what is not text is no version, but can be the same.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    order(a, b).map_or_else(|| super::compare::equal(a, b, false), Ordering::is_eq)
}

/// What versions are ordered by: their parts joined by `-`, where numbers are padded to five digits
/// so that 10 comes after 9, and a version of three parts gets a fourth that is after every
/// pre-release tag.
fn sort_key(version: &str) -> impl Iterator<Item = u16> {
    const PADDING: &str = "     ";
    let version = version.strip_prefix('v').unwrap_or(version);
    let version = version
        .split_once('+')
        .map_or(version, |(version, _build)| version);
    // No text at all stands for version 0.
    let version = if version.is_empty() { "0" } else { version };
    let parts = || version.split(['.', '-']);
    let release = (parts().count() == 3).then_some("~");
    parts()
        .chain(release)
        .enumerate()
        .flat_map(|(index, part)| {
            let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            let padding = PADDING
                .get(part.len()..)
                .filter(|_| is_number)
                .unwrap_or_default();
            let separator = if index == 0 { "" } else { "-" };
            [separator, padding, part]
                .into_iter()
                .flat_map(str::encode_utf16)
        })
}
