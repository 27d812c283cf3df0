//! How the writer is doing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::AppendError;
use crate::store::Store;

/// How the writer is doing, at one moment.
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

/// What the writer tells of itself.
#[derive(Debug, Default)]
pub(crate) struct Told {
    failing: AtomicBool,
    last: Mutex<Option<Instant>>,
    commits: AtomicU64,
    failures: AtomicU64,
    microseconds: AtomicU64,
}

impl Told {
    /// Something was committed, or was not, in that time.
    pub(crate) fn committed(&self, begun: Instant, succeeded: bool) {
        let now = Instant::now();
        let took = now.saturating_duration_since(begun).as_micros();
        let took = u64::try_from(took).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(took, Ordering::Relaxed);
        self.failing.store(!succeeded, Ordering::Relaxed);
        if succeeded {
            self.commits.fetch_add(1, Ordering::Relaxed);
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        } else {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn status(&self) -> Status {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        Status {
            failing: self.failing.load(Ordering::Relaxed),
            since_commit: last.map(|last| last.elapsed()),
            commits: self.commits.load(Ordering::Relaxed),
            failures: self.failures.load(Ordering::Relaxed),
            committing: Duration::from_micros(self.microseconds.load(Ordering::Relaxed)),
        }
    }
}

impl Store {
    /// How the writer is doing.
    pub fn status(&self) -> Status {
        self.told.status()
    }

    /// Writes something that changes nothing, to find out whether writing works again.
    ///
    /// # Errors
    /// If it does not.
    pub async fn probe(&self) -> Result<(), AppendError> {
        self.write(|connection| {
            let version: u32 =
                connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            connection.pragma_update(None, "user_version", version)
        })
        .await
    }
}
