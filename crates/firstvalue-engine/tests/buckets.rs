//! Buckets are those that GrowthBook's SDK cases give, all of them.
#![allow(clippy::expect_used, reason = "a test may fail")]

use firstvalue_engine::bucket::{self, Version};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cases {
    /// Seed, value, version, bucket.
    hash: Vec<(String, String, u32, Option<f64>)>,
    /// Name, variations, ranges.
    get_bucket_range: Vec<(String, Variations, Vec<bucket::Range>)>,
    /// Name, user, part of a namespace, whether they are in it.
    in_namespace: Vec<(String, String, Part, bool)>,
    /// Name, bucket, ranges, place of the variation or -1.
    choose_variation: Vec<(String, f64, Vec<bucket::Range>, isize)>,
}

/// Number of variations, coverage, weights.
type Variations = (usize, f64, Option<Vec<f64>>);

/// A namespace, and from where to where a part of it goes.
type Part = (String, f64, f64);

fn cases() -> Cases {
    serde_json::from_str(include_str!("growthbook/buckets.json")).expect("the cases")
}

#[test]
fn hashes() {
    let cases = cases().hash;
    assert_eq!(cases.len(), 27);
    for (seed, value, version, expected) in cases {
        let version = Version::of_number(version);
        let hash = version.map(|version| bucket::hash(&seed, &value, version));
        assert_eq!(hash, expected, "`{value}` under `{seed}`");
    }
}

#[test]
fn ranges() {
    let cases = cases().get_bucket_range;
    assert_eq!(cases.len(), 13);
    for (name, (variations, coverage, weights), expected) in cases {
        let ranges = bucket::ranges(variations, coverage, weights.as_deref());
        // The cases are written with fewer digits.
        let rounded = |number: f64| (number * 1e6).round() / 1e6;
        let rounded: Vec<_> = ranges
            .into_iter()
            .map(|(start, end)| (rounded(start), rounded(end)))
            .collect();
        assert_eq!(rounded, expected, "{name}");
    }
}

#[test]
fn namespaces() {
    let cases = cases().in_namespace;
    assert_eq!(cases.len(), 16);
    for (name, user, (namespace, start, end), expected) in cases {
        let is_in = bucket::is_in_namespace(&user, &namespace, (start, end));
        assert_eq!(is_in, expected, "{name}");
    }
}

#[test]
fn variations() {
    let cases = cases().choose_variation;
    assert_eq!(cases.len(), 13);
    for (name, bucket, ranges, expected) in cases {
        let variation = bucket::choose_variation(bucket, &ranges);
        assert_eq!(variation, usize::try_from(expected).ok(), "{name}");
    }
}
