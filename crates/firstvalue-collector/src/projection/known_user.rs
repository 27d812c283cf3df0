//! One user, as whoever asks looks at them.

use std::borrow::Cow;

use firstvalue_engine::State;
use firstvalue_model::time::Millis;

/// One user at one moment.
#[derive(Debug)]
pub(crate) struct KnownUser<'p> {
    pub(crate) id: &'p str,
    pub(super) state: Cow<'p, State>,
}

/// A user's reaching of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) at: Millis,
    /// Since sign-up as it is known now: a backend may say only later when that was.
    pub(crate) time_to_value: Millis,
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
        let at = self.state.milestone(milestone)?;
        Some(Reached {
            at,
            // A client may say that they signed up at any time.
            time_to_value: at.saturating_sub(self.signup()?),
        })
    }
}
