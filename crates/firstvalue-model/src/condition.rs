//! Conditions: what a playbook can say about the behaviour and traits of a user or an account.

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// A query over traits or properties in the GrowthBook condition language (MongoDB style), as JSON.
pub type Query = serde_json::Map<String, serde_json::Value>;

/// A condition over one user or one account, as the playbook declares it. What an account did is
/// what its users did while they belonged to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Something was done so often, on so many days or weeks, within a time or ever.
    Did {
        /// What was done.
        event: EventMatch,
        /// What of it is measured.
        measure: Measure,
        /// What the measure must satisfy.
        is: Comparison,
        /// How far back events count; for ever when absent.
        within: Option<Millis>,
    },
    /// The time since the latest matching event satisfies the comparison; false without one.
    Last {
        /// What was done.
        event: EventMatch,
        /// Milliseconds since then.
        ago: Comparison,
    },
    /// The time since the earliest matching event satisfies the comparison; false without one.
    First {
        /// What was done.
        event: EventMatch,
        /// Milliseconds since then.
        ago: Comparison,
    },
    /// No matching event so far.
    Never(EventMatch),
    /// Events in this order, the last at most `within` after the first; stays true.
    Sequence {
        /// What must happen, in order; at least one.
        events: Vec<EventMatch>,
        /// Longest time from the first to the last; any time when absent.
        within: Option<Millis>,
        /// What must not happen in between.
        without: Vec<EventMatch>,
    },
    /// The time since sign-up satisfies the comparison (milliseconds).
    SinceSignup(Comparison),
    /// A milestone is reached, and so long ago if `ago` is given (milliseconds).
    Milestone {
        /// The milestone's id.
        id: String,
        /// Milliseconds since it was reached.
        ago: Option<Comparison>,
    },
    /// How a guide stands with this user.
    Guide {
        /// The guide's id.
        id: String,
        /// What must hold of it.
        is: GuideStanding,
    },
    /// The user's traits satisfy the query.
    User(Query),
    /// The traits of the user's account satisfy the query.
    Account(Query),
    /// The audience's condition holds.
    Audience(String),
    /// The number of the account's users for whom a condition holds now satisfies the comparison.
    /// Asked of a user it is about the user's account, and false without one.
    Users {
        /// What must hold of a user to be counted.
        of: Box<Condition>,
        /// What their number must satisfy.
        count: Comparison,
    },
    /// The path now shown matches the glob.
    Page(String),
    /// An element that matches the CSS selector is in the document and visible; only browsers
    /// know, elsewhere it is false.
    Element(String),
    /// All hold; true of none.
    All(Vec<Condition>),
    /// At least one holds; false of none.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// Which events count: those of a name, and of these those whose properties satisfy a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventMatch {
    /// The event's name, `object.action` in the past tense.
    pub name: String,
    /// What its properties must satisfy.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
}

/// What of the matching events is measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The number of events.
    Times,
    /// The number of distinct calendar days of the user's own that hold one.
    Days,
    /// The number of distinct calendar weeks (Monday first) that hold one.
    Weeks,
    /// The sum of a numeric property; an event without it counts 0.
    Sum(String),
    /// The number of distinct values of a property; an event without it, or with `null`, has none.
    Distinct(String),
}

/// A comparison with a number; several bounds must all hold. Durations are in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gte: Option<f64>,
    /// More than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gt: Option<f64>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lte: Option<f64>,
    /// Less than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<f64>,
    /// Exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eq: Option<f64>,
    /// Anything but.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ne: Option<f64>,
}

impl Comparison {
    /// What the bounds are called in a playbook.
    pub const NAMES: [&str; 6] = ["gte", "gt", "lte", "lt", "eq", "ne"];

    /// With these bounds, in the order of [`Self::NAMES`].
    pub fn of([gte, gt, lte, lt, eq, ne]: [Option<f64>; 6]) -> Self {
        Self {
            gte,
            gt,
            lte,
            lt,
            eq,
            ne,
        }
    }

    /// At least `n`.
    pub fn at_least(n: f64) -> Self {
        Self {
            gte: Some(n),
            ..Self::default()
        }
    }

    /// Whether `value` satisfies every bound.
    pub fn holds(&self, value: f64) -> bool {
        self.gte.is_none_or(|bound| value >= bound)
            && self.gt.is_none_or(|bound| value > bound)
            && self.lte.is_none_or(|bound| value <= bound)
            && self.lt.is_none_or(|bound| value < bound)
            && self.eq.is_none_or(|bound| value == bound)
            && self.ne.is_none_or(|bound| value != bound)
    }

    /// The least whole number, from 0, of those that satisfy it, if all larger ones do as well.
    pub fn least_count(&self) -> Option<u32> {
        let Self {
            gte,
            gt,
            lte,
            lt,
            eq,
            ne,
        } = *self;
        if [lte, lt, eq, ne].iter().any(Option::is_some) {
            return None;
        }
        let at_least = gte.map_or(0, |bound| bound.ceil() as u32);
        let more_than = gt
            .filter(|bound| *bound >= 0.0)
            .map_or(0, |bound| (bound.floor() as u32).saturating_add(1));
        Some(at_least.max(more_than))
    }

    /// The numbers that values are compared with, in the order of [`Self::NAMES`].
    pub fn bounds(&self) -> [Option<f64>; 6] {
        [self.gte, self.gt, self.lte, self.lt, self.eq, self.ne]
    }
}

/// What may be asked of a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GuideStanding {
    /// It was seen at least once.
    Shown,
    /// It was followed to its end at least once.
    Completed,
    /// It was last ended by being sent away, and not shown again since.
    Dismissed,
    /// It was put off, and not shown again since.
    Snoozed,
}
