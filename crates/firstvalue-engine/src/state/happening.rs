//! What happens to a user, and what becomes of it.

use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;

/// Something that happened to a user.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// When; a moment before the user's clock is taken as the clock's.
    pub at: Millis,
    /// The user's offset from UTC in minutes.
    pub utc_offset: i32,
    /// What.
    pub what: What<'a>,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// The user did something.
    Event {
        /// The event's name.
        name: &'a str,
        /// What it carries.
        properties: Option<&'a Object>,
    },
    /// The user did this on another page than the one that is shown.
    Elsewhere {
        /// The event's name.
        name: &'a str,
        /// What it carries.
        properties: Option<&'a Object>,
    },
    /// The user's traits became known or changed; merged into those known.
    Identify(&'a Object),
    /// The traits of the user's account, as now known; they replace those known before.
    Account(&'a Object),
    /// The selectors, of those that the playbook looks at, of which an element is on the page now
    /// and visible.
    Elements(&'a [String]),
    /// Nothing that conditions look at; the user was there.
    Seen,
}

/// Something that became true or false of a user or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A milestone was reached.
    Milestone {
        /// Its place in the rules.
        milestone: usize,
        /// When.
        at: Millis,
        /// The time from sign-up until then.
        time_to_value: Millis,
    },
    /// A guide became eligible, or ceased to be.
    Guide {
        /// Its place in the rules.
        guide: usize,
        /// When.
        at: Millis,
        /// Whether it is now.
        eligible: bool,
    },
}

impl Change {
    /// When it happened.
    pub fn at(&self) -> Millis {
        match *self {
            Self::Milestone { at, .. } | Self::Guide { at, .. } => at,
        }
    }

    /// Its place among all changes of one subject at one moment: milestones before guides, each by
    /// id.
    pub(crate) fn order(&self) -> (u8, usize) {
        match *self {
            Self::Milestone { milestone, .. } => (0, milestone),
            Self::Guide { guide, .. } => (1, guide),
        }
    }
}
