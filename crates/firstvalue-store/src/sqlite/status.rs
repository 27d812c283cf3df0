//! How the writer is doing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::status::Status;

/// What the writer tells of itself.
#[derive(Debug, Default)]
pub(super) struct Told {
    failing: AtomicBool,
    last: Mutex<Option<Instant>>,
    commits: AtomicU64,
    failures: AtomicU64,
    microseconds: AtomicU64,
}

impl Told {
    /// Something was committed, or was not, in that time.
    pub(super) fn committed(&self, begun: Instant, succeeded: bool) {
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

    pub(super) fn status(&self) -> Status {
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

/// Writes what is there already.
pub(super) fn probe(connection: &Connection) -> rusqlite::Result<()> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    connection.pragma_update(None, "user_version", version)
}
