use std::time::{Duration, Instant};

use crate::bucket::{Bucket, Rate};
use crate::secret::Secret;

/// Lets clients add events and read the playbook, nothing else. It is public by nature.
#[derive(Debug)]
pub struct WriteKey {
    pub(crate) secret: Secret,
    /// Pages of which origins may use it; any if empty.
    origins: Vec<String>,
    bucket: Option<Bucket>,
}

impl WriteKey {
    /// A key that any page may use for as much as comes.
    pub fn new(secret: Secret) -> Self {
        Self {
            secret,
            origins: Vec::new(),
            bucket: None,
        }
    }

    /// Only pages of these origins may use it, as `https://app.example.com`; any may if there is
    /// none. Programs other than browsers say what they like, so that this keeps out mistakes and
    /// other people's pages, and not whoever wants to get in.
    #[must_use]
    pub fn for_origins(mut self, origins: Vec<String>) -> Self {
        self.origins = origins;
        self
    }

    /// Only so many events are taken.
    #[must_use]
    pub fn at_rate(mut self, rate: Rate) -> Self {
        self.bucket = Some(Bucket::new(rate, Instant::now()));
        self
    }

    /// Whether a page of an origin may use it. Whatever names no origin is no page.
    pub(crate) fn allows(&self, origin: Option<&str>) -> bool {
        let same = |allowed: &String| {
            let allowed = allowed.trim_end_matches('/');
            origin.is_some_and(|origin| allowed.eq_ignore_ascii_case(origin))
        };
        self.origins.is_empty() || origin.is_none() || self.origins.iter().any(same)
    }

    /// Takes so many events, or says when to come again.
    pub(crate) fn take(&self, events: usize) -> Result<(), Duration> {
        match &self.bucket {
            Some(bucket) => bucket.take(events, Instant::now()),
            None => Ok(()),
        }
    }
}
