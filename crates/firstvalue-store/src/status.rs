//! How a store is doing.

use std::time::Duration;

/// How writing goes, at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Whether the last commit failed, for instance because the disk is full.
    pub failing: bool,
    /// How long ago the last commit was that did not fail; `None` if there was none since the start.
    pub since_commit: Option<Duration>,
    /// Commits since the start.
    pub commits: u64,
    /// Commits that failed.
    pub failures: u64,
    /// How long all commits took together.
    pub committing: Duration,
}

/// How much room there is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What the store takes.
    pub used: u64,
    /// What is left where it is; `None` if that is not known.
    pub free: Option<u64>,
}
