//! A token bucket: so many events a second, and some more at once after a quiet while.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many events may come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events a second in the long run; more than none.
    pub per_second: f64,
    /// Events at once.
    pub burst: f64,
}

/// Counts what comes against a rate.
#[derive(Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    level: Mutex<Level>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    /// What may still come. A large request may leave a debt, and is never refused for ever.
    tokens: f64,
    at: Instant,
}

impl Bucket {
    pub(crate) fn new(rate: Rate, now: Instant) -> Self {
        let level = Level {
            tokens: rate.burst,
            at: now,
        };
        Self {
            rate,
            level: Mutex::new(level),
        }
    }

    /// Takes so many events, or says when to come again.
    pub(crate) fn take(&self, events: usize, now: Instant) -> Result<(), Duration> {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(level.at).as_secs_f64();
        level.at = level.at.max(now);
        level.tokens = (level.tokens + passed * self.rate.per_second).min(self.rate.burst);
        if level.tokens >= 1.0 {
            level.tokens -= events as f64;
            return Ok(());
        }
        // Until there is one.
        let seconds = (1.0 - level.tokens) / self.rate.per_second;
        Err(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_the_rate() {
        let begin = Instant::now();
        let rate = Rate {
            per_second: 10.0,
            burst: 100.0,
        };
        let bucket = Bucket::new(rate, begin);
        assert_eq!(bucket.take(60, begin), Ok(()));
        // More than there is: a debt of 10.
        assert_eq!(bucket.take(50, begin), Ok(()));
        assert_eq!(bucket.take(1, begin), Err(Duration::from_millis(1_100)));
        let later = begin + Duration::from_millis(1_100);
        assert_eq!(bucket.take(1, later), Ok(()));
        assert_eq!(bucket.take(1, later), Err(Duration::from_millis(100)));
        // A quiet night gives no more than the burst.
        let morning = later + Duration::from_secs(30_000);
        assert_eq!(bucket.take(100, morning), Ok(()));
        assert!(bucket.take(1, morning).is_err());
        // A clock that goes backwards gives nothing.
        assert!(bucket.take(1, begin).is_err());
    }
}
