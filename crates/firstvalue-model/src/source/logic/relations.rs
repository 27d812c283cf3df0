//! What the value of one quantity says about that of another.

use super::Logic;
use super::quantity::Quantity;
use super::values::Values;
use crate::condition::{EventMatch, Measure};
use crate::playbook::Per;
use crate::time::Millis;

/// What holds between two quantities at every moment.
pub(super) enum Relation {
    /// Whenever the first has one of these values, the second has one of those.
    Implies(Values, Values),
    /// If both have a number, that of the first is not the greater one.
    AtMost,
}

impl Logic<'_> {
    /// What the first of two quantities says about the second.
    pub(super) fn relations(&self, a: &Quantity<'_>, b: &Quantity<'_>) -> Vec<Relation> {
        use Quantity::{Did, First, Last, Page, Sequence, Users};
        match (a, b) {
            (
                Did {
                    by,
                    event,
                    measure,
                    within,
                },
                Did {
                    by: by_b,
                    event: event_b,
                    measure: measure_b,
                    within: within_b,
                },
            ) if by == by_b && is_within(*within, *within_b) && self.is_among(event, event_b) => {
                let mut relations = Vec::new();
                if counts(measure_b) {
                    relations.push(Relation::Implies(zero().complement(), some()));
                }
                if is_at_most(measure, measure_b) {
                    relations.push(Relation::AtMost);
                }
                relations
            }
            (
                Did {
                    by, event, within, ..
                },
                Last(by_b, event_b),
            ) if by == by_b && self.is_among(event, event_b) => {
                let then = Values::from_to(0.0, within.map(|within| within as f64));
                vec![Relation::Implies(zero().complement(), then)]
            }
            (Did { by, event, .. }, First(by_b, event_b))
                if by == by_b && self.is_among(event, event_b) =>
            {
                vec![Relation::Implies(zero().complement(), present())]
            }
            (
                Last(by, event) | First(by, event),
                Did {
                    by: by_b,
                    event: event_b,
                    measure,
                    within,
                },
            ) if by == by_b && counts(measure) && self.is_among(event, event_b) => {
                let ago = Values::from_to(0.0, within.map(|within| within as f64));
                vec![Relation::Implies(ago, some())]
            }
            // The latest of more events is later, or the same.
            (Last(by, event), Last(by_b, event_b)) if by == by_b => {
                let mut relations = Vec::new();
                if self.is_among(event, event_b) {
                    relations.push(Relation::Implies(present(), present()));
                }
                if self.is_among(event_b, event) {
                    relations.push(Relation::AtMost);
                }
                relations
            }
            (First(by, event), First(by_b, event_b)) if by == by_b => {
                match self.is_among(event, event_b) {
                    true => vec![Relation::Implies(present(), present()), Relation::AtMost],
                    false => Vec::new(),
                }
            }
            (Last(by, event), First(by_b, event_b)) if by == by_b => {
                let among = self.is_among(event, event_b);
                let mut relations = Vec::new();
                if among {
                    relations.push(Relation::Implies(present(), present()));
                }
                if among || self.is_among(event_b, event) {
                    relations.push(Relation::AtMost);
                }
                relations
            }
            (First(by, event), Last(by_b, event_b)) if by == by_b => {
                match self.is_among(event, event_b) {
                    true => vec![Relation::Implies(present(), present())],
                    false => Vec::new(),
                }
            }
            (
                Sequence {
                    by,
                    events,
                    within,
                    without,
                },
                Sequence {
                    by: by_b,
                    events: events_b,
                    within: within_b,
                    without: without_b,
                },
            ) if by == by_b && is_within(*within, *within_b) => {
                let follows = events.len() == events_b.len()
                    && events
                        .iter()
                        .zip(events_b.iter())
                        .all(|(event, event_b)| self.is_among(event, event_b))
                    && without_b
                        .iter()
                        .all(|event_b| without.iter().any(|event| self.is_among(event_b, event)));
                match follows {
                    true => vec![Relation::Implies(Values::truth(true), Values::truth(true))],
                    false => Vec::new(),
                }
            }
            (Page(glob), Page(glob_b)) => {
                let mut relations = Vec::new();
                if super::glob::covers(glob_b, glob) {
                    relations.push(Relation::Implies(Values::truth(true), Values::truth(true)));
                }
                if !super::glob::meet(glob, glob_b) {
                    relations.push(Relation::Implies(Values::truth(true), Values::truth(false)));
                }
                relations
            }
            (Users(by, of), Users(by_b, of_b)) if by == by_b => {
                // There is an account, or there is none.
                let mut relations = vec![Relation::Implies(present(), present())];
                if self.follows(&[of], of_b, Per::User) {
                    relations.push(Relation::AtMost);
                }
                relations
            }
            _ => Vec::new(),
        }
    }

    /// Whether every event that matches the one also matches the other.
    pub(in crate::source) fn is_among(&self, narrow: &EventMatch, wide: &EventMatch) -> bool {
        narrow.name == wide.name
            && (narrow.query == wide.query
                || match &wide.query {
                    None => true,
                    Some(query) => self.query_follows(narrow.query.as_ref(), query),
                })
    }
}

/// Whether one window lies in another.
fn is_within(short: Option<Millis>, long: Option<Millis>) -> bool {
    match (short, long) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(short), Some(long)) => short <= long,
    }
}

/// Whether a measure is of at least 1 as soon as there is one event.
fn counts(measure: &Measure) -> bool {
    matches!(measure, Measure::Times | Measure::Days | Measure::Weeks)
}

/// Whether of the same events one measure is never more than another.
fn is_at_most(less: &Measure, more: &Measure) -> bool {
    match (less, more) {
        // Values below 0 make the sum of fewer events the greater one.
        (Measure::Sum(_), _) | (_, Measure::Sum(_)) => false,
        (_, Measure::Times) => true,
        (Measure::Days | Measure::Weeks, Measure::Days) => true,
        (less, more) => less == more,
    }
}

fn zero() -> Values {
    Values::from_to(0.0, Some(0.0))
}

/// At least one.
fn some() -> Values {
    Values::from_to(1.0, None)
}

fn present() -> Values {
    Values::absent().complement()
}
