//! Refused lines, of which each is kept once, however often its file is imported.

use std::collections::HashMap;
use std::hash::BuildHasher;

use firstvalue_store::{NewRefusal, Store, StoreError};
use rustc_hash::FxBuildHasher;

/// Rows of the quarantine that are read at a time; each may be some kilobytes.
const AT_ONCE: u32 = 500;

/// What was in the quarantine before: how often the same, by the hash of what was sent and why it was
/// refused.
#[derive(Debug, Default)]
pub struct Known(HashMap<u64, u32, FxBuildHasher>);

impl Known {
    /// Looks through the quarantine.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &dyn Store) -> Result<Self, StoreError> {
        let reader = store.reader()?;
        let (mut known, mut before) = (Self::default(), None);
        loop {
            let refusals = reader.quarantine(before, AT_ONCE)?;
            let Some(last) = refusals.last() else {
                return Ok(known);
            };
            before = Some(last.id);
            for refusal in &refusals {
                *known.0.entry(hash(&refusal.refused)).or_default() += 1;
            }
        }
    }

    /// Whether a line stands there already. Each that does is told once: of lines that are the same as many
    /// are known as there are.
    pub fn has(&mut self, refusal: &NewRefusal) -> bool {
        let Some(count) = self.0.get_mut(&hash(refusal)) else {
            return false;
        };
        let known = *count > 0;
        *count = count.saturating_sub(1);
        known
    }
}

fn hash(refusal: &NewRefusal) -> u64 {
    FxBuildHasher.hash_one((&refusal.reason, &refusal.body))
}
