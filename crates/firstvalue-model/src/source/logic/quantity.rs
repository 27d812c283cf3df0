//! What conditions measure.

use serde_json::Value;

use super::values::Values;
use crate::condition::{EventMatch, GuideStanding, Measure, Query};
use crate::playbook::Per;
use crate::time::Millis;
use crate::{Comparison, Condition};

/// The widest that the calendars of one person's events can be apart: offsets from UTC are at most a
/// day to either side.
const OFFSETS: Millis = 2 * DAY;
const DAY: Millis = 86_400_000;
const WEEK: Millis = 7 * DAY;

/// Something that has one value at each moment, of one user (and their account) or one account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity<'c> {
    /// A measure of what was done.
    Did {
        by: Per,
        event: &'c EventMatch,
        measure: &'c Measure,
        within: Option<Millis>,
    },
    /// The time since the latest such event.
    Last(Per, &'c EventMatch),
    /// The time since the earliest such event.
    First(Per, &'c EventMatch),
    /// Whether these were done in this order.
    Sequence {
        by: Per,
        events: &'c [EventMatch],
        within: Option<Millis>,
        without: &'c [EventMatch],
    },
    /// The time since sign-up.
    SinceSignup(Per),
    /// The time since a milestone was reached.
    Milestone(&'c str),
    /// Whether a guide stands so.
    Guide(&'c str, GuideStanding),
    /// Whether a name that the playbook does not declare holds.
    Unknown(&'c str),
    /// The number of the account's users of whom it holds; asked of a user, there may be no account.
    Users(Per, &'c Condition),
    /// Whether the path matches.
    Page(&'c str),
    /// Whether an element is there.
    Element(&'c str),
    /// A trait or a property by its path.
    Value(Source, &'c str),
    /// Whether an operator of which no more is known holds of a trait or property.
    Operator(Source, &'c str, &'c str, &'c Value),
    /// Whether a query of which no more is known holds.
    Query(Source, &'c Query),
}

/// What a query is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    User,
    Account,
    /// The properties of one event.
    Event,
}

impl Quantity<'_> {
    /// The values that it can have at all.
    pub(super) fn domain(&self) -> Values {
        match self {
            Self::Did {
                measure, within, ..
            } => match measure {
                Measure::Sum(_) => Values::numbers(super::intervals::Intervals::all()),
                Measure::Times | Measure::Distinct(_) => Values::from_to(0.0, None),
                Measure::Days => Values::from_to(0.0, most(*within, DAY)),
                Measure::Weeks => Values::from_to(0.0, most(*within, WEEK)),
            },
            Self::Last(..) | Self::First(..) | Self::Milestone(_) | Self::Users(Per::User, _) => {
                Values::from_to(0.0, None).union(&Values::absent())
            }
            Self::Users(Per::Account, _) => Values::from_to(0.0, None),
            // The host says when somebody signed up, and may well be wrong.
            Self::SinceSignup(Per::User) => Values::satisfying(&Comparison::default()),
            Self::SinceSignup(Per::Account) => {
                Values::satisfying(&Comparison::default()).union(&Values::absent())
            }
            Self::Value(..) => Values::all(),
            Self::Sequence { .. }
            | Self::Guide(..)
            | Self::Unknown(_)
            | Self::Page(_)
            | Self::Element(_)
            | Self::Operator(..)
            | Self::Query(..) => Values::either(),
        }
    }

    /// Whether its numbers are whole.
    pub(super) fn is_whole(&self) -> bool {
        !matches!(
            self,
            Self::Value(..)
                | Self::Did {
                    measure: Measure::Sum(_),
                    ..
                }
        )
    }
}

/// The most days or weeks of the calendar that a window can touch.
pub(in crate::source) fn most_in(within: Millis, measure: &Measure) -> Option<f64> {
    match measure {
        Measure::Days => most(Some(within), DAY),
        Measure::Weeks => most(Some(within), WEEK),
        _ => None,
    }
}

/// Likewise of periods of one length: a window that is as long as n of them touches n + 1.
fn most(within: Option<Millis>, period: Millis) -> Option<f64> {
    let wide = within?.saturating_add(OFFSETS).saturating_add(period - 1);
    Some((wide / period + 1) as f64)
}
