//! One user, as whoever asks looks at them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use firstvalue_engine::State;
use firstvalue_model::time::Millis;

use super::Reached;

/// One user at one moment.
#[derive(Debug)]
pub(crate) struct KnownUser<'p> {
    pub(crate) id: &'p str,
    pub(super) state: Cow<'p, State>,
    pub(super) reached: &'p [BTreeMap<String, Reached>],
}

impl KnownUser<'_> {
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn signup(&self) -> Option<Millis> {
        self.state.signup()
    }

    pub(crate) fn is_eligible(&self, guide: usize) -> bool {
        self.state.is_eligible(guide)
    }

    /// Whether and when the user has reached a milestone.
    pub(crate) fn reached(&self, milestone: usize) -> Option<Reached> {
        let recorded = self
            .reached
            .get(milestone)
            .and_then(|users| users.get(self.id))
            .copied();
        recorded.or_else(|| {
            // By waiting since their last event. Nothing else has changed since, sign-up included.
            let at = self.state.milestone(milestone)?;
            Some(Reached {
                at,
                // A client may say that they signed up at any time.
                time_to_value: at.saturating_sub(self.state.signup()?),
            })
        })
    }
}
