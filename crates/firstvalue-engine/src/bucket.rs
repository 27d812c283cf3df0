//! Buckets for hold-outs and experiments, as GrowthBook's SDKs assign them (specification 0.12.0):
//! the same user falls into the same bucket everywhere and every time, without anything stored.

/// Which of GrowthBook's hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The older one, of a thousand buckets.
    V1,
    /// The one in use, of ten thousand buckets, without the bias of the older one.
    V2,
}

impl Version {
    /// The version of a number; `None` if GrowthBook has no such version.
    pub fn of_number(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }
}

/// A number from 0 up to but not including 1 for a value (a user's id) under a seed (the
/// experiment's id).
///
/// ```
/// use firstvalue_engine::bucket::{Version, hash};
/// assert_eq!(hash("", "a", Version::V1), 0.22);
/// ```
pub fn hash(seed: &str, value: &str, version: Version) -> f64 {
    match version {
        Version::V1 => f64::from(fnv1a(&[value, seed]) % 1_000) / 1_000.0,
        Version::V2 => {
            let inner = fnv1a(&[seed, value]).to_string();
            f64::from(fnv1a(&[&inner]) % 10_000) / 10_000.0
        }
    }
}

/// FNV-1a of 32 bits over the UTF-16 code units of the parts, one after the other.
fn fnv1a(parts: &[&str]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for part in parts {
        for unit in part.encode_utf16() {
            hash = (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

/// From where to where a variation's buckets go; the end is not part of it.
pub type Range = (f64, f64);

/// Whether a bucket is in a range.
pub fn is_in(bucket: f64, (start, end): Range) -> bool {
    bucket >= start && bucket < end
}

/// The ranges of the variations of an experiment: in proportion to the weights, of which only the
/// share `coverage` takes part. Weights that do not add up to 1, or are of another number, are
/// replaced by equal ones.
pub fn ranges(variations: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<Range> {
    let coverage = coverage.clamp(0.0, 1.0);
    let equal = vec![1.0 / variations as f64; variations];
    let weights = match weights {
        Some(weights)
            if weights.len() == variations
                && (0.99..=1.01).contains(&weights.iter().sum::<f64>()) =>
        {
            weights
        }
        _ => &equal,
    };
    let mut start = 0.0;
    weights
        .iter()
        .map(|weight| {
            let range = (start, start + coverage * weight);
            start += weight;
            range
        })
        .collect()
}

/// The variation into whose range a bucket falls; none if it takes no part.
pub fn choose_variation(bucket: f64, ranges: &[Range]) -> Option<usize> {
    ranges.iter().position(|range| is_in(bucket, *range))
}

/// Whether a user is in a part of a namespace: experiments that share a namespace and have
/// separate parts of it never share a user.
pub fn is_in_namespace(user: &str, namespace: &str, part: Range) -> bool {
    is_in(hash(&format!("__{namespace}"), user, Version::V1), part)
}
