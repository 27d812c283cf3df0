//! What is to be satisfied, taken apart piece by piece.

use super::Logic;
use super::intervals::Intervals;
use super::quantity::{Quantity, Source};
use super::values::Values;
use crate::condition::{EventMatch, Measure, Query};
use crate::playbook::Per;
use crate::{Comparison, Condition};

/// Something that is to hold.
#[derive(Debug, Clone)]
pub(super) enum Goal<'c> {
    /// A condition on a user or an account holds, or does not.
    Condition(&'c Condition, Per, bool),
    /// A query holds, or does not.
    Query(Source, &'c Query, bool),
    /// A quantity has one of these values.
    Is(Quantity<'c>, Values),
    All(Vec<Goal<'c>>),
    Any(Vec<Goal<'c>>),
}

impl<'c> Goal<'c> {
    /// What always holds, or never.
    pub(super) fn known(holds: bool) -> Self {
        match holds {
            true => Self::All(Vec::new()),
            false => Self::Any(Vec::new()),
        }
    }

    /// A quantity is true or false.
    pub(super) fn truth(quantity: Quantity<'c>, holds: bool) -> Self {
        Self::Is(quantity, Values::truth(holds))
    }

    /// A quantity has one of these values, or none of them.
    fn is(quantity: Quantity<'c>, values: Values, holds: bool) -> Self {
        Self::Is(quantity, if holds { values } else { values.complement() })
    }

    /// All parts hold, or not all.
    pub(super) fn all(parts: impl Iterator<Item = Self>, holds: bool) -> Self {
        match holds {
            true => Self::All(parts.collect()),
            false => Self::Any(parts.collect()),
        }
    }
}

impl Logic<'_> {
    /// What it takes for a condition to hold, or not to. It may be less than what it really takes,
    /// and is never more.
    pub(super) fn of_condition<'s>(
        &'s self,
        condition: &'s Condition,
        by: Per,
        holds: bool,
    ) -> Goal<'s> {
        match condition {
            Condition::Did {
                event,
                measure,
                is,
                within,
            } => {
                let did = Quantity::Did {
                    by,
                    event,
                    measure,
                    within: *within,
                };
                let satisfied = Goal::is(did, Values::satisfying(is), holds);
                if self.is_impossible(event) {
                    Goal::All(vec![
                        satisfied,
                        Goal::Is(did, Values::from_to(0.0, Some(0.0))),
                    ])
                } else {
                    satisfied
                }
            }
            Condition::Last { event, ago } => {
                self.time_since(Quantity::Last(by, event), event, ago, holds)
            }
            Condition::First { event, ago } => {
                self.time_since(Quantity::First(by, event), event, ago, holds)
            }
            Condition::Never(event) if self.is_impossible(event) => Goal::known(holds),
            Condition::Never(event) => Goal::Is(
                times(by, event),
                match holds {
                    true => Values::from_to(0.0, Some(0.0)),
                    false => Values::from_to(1.0, None),
                },
            ),
            Condition::Sequence {
                events,
                within,
                without,
            } => {
                let excluded = |event| without.iter().any(|other| self.is_among(event, other));
                if events
                    .iter()
                    .any(|event| self.is_impossible(event) || excluded(event))
                {
                    return Goal::known(!holds);
                }
                let sequence = Quantity::Sequence {
                    by,
                    events,
                    within: *within,
                    without,
                };
                let itself = Goal::truth(sequence, holds);
                if !holds {
                    return itself;
                }
                // They are different events, so of some there must have been several.
                let of_each = events.iter().map(|event| {
                    let least = events.iter().filter(|other| self.is_among(other, event));
                    let least = Values::from_to(least.count() as f64, None);
                    Goal::Is(times(by, event), least)
                });
                Goal::All(of_each.chain([itself]).collect())
            }
            Condition::SinceSignup(is) => {
                Goal::is(Quantity::SinceSignup(by), Values::satisfying(is), holds)
            }
            Condition::Milestone { id, ago } => self.of_milestone(id, ago.as_ref(), by, holds),
            Condition::Guide { id, .. } if self.silent.contains(id.as_str()) => Goal::known(!holds),
            Condition::Guide { id, is } => Goal::truth(Quantity::Guide(id, *is), holds),
            Condition::User(query) => Goal::Query(Source::User, query, holds),
            Condition::Account(query) => Goal::Query(Source::Account, query, holds),
            Condition::Audience(id) => match self.playbook.audiences.get(id) {
                Some(condition) => Goal::Condition(condition, by, holds),
                None => Goal::truth(Quantity::Unknown(id), holds),
            },
            Condition::Users { of, count } => {
                let users = Quantity::Users(by, of);
                let satisfied = Goal::is(users, Values::satisfying(count), holds);
                if self.never(of, Per::User) {
                    let nobody = Values::from_to(0.0, Some(0.0)).union(&Values::absent());
                    Goal::All(vec![satisfied, Goal::Is(users, nobody)])
                } else {
                    satisfied
                }
            }
            Condition::Page(glob) => Goal::truth(Quantity::Page(glob), holds),
            Condition::Element(selector) => Goal::truth(Quantity::Element(selector), holds),
            Condition::All(parts) => Goal::all(
                parts.iter().map(|part| Goal::Condition(part, by, holds)),
                holds,
            ),
            Condition::Any(parts) => Goal::all(
                parts.iter().map(|part| Goal::Condition(part, by, holds)),
                !holds,
            ),
            Condition::Not(part) => Goal::Condition(part, by, !holds),
        }
    }

    /// There was such an event, and its time satisfies a comparison.
    fn time_since<'s>(
        &self,
        time: Quantity<'s>,
        event: &EventMatch,
        ago: &Comparison,
        holds: bool,
    ) -> Goal<'s> {
        if self.is_impossible(event) {
            Goal::known(!holds)
        } else {
            Goal::is(time, Values::satisfying(ago), holds)
        }
    }

    fn of_milestone<'s>(
        &'s self,
        id: &'s str,
        ago: Option<&Comparison>,
        by: Per,
        holds: bool,
    ) -> Goal<'s> {
        let reached = Quantity::Milestone(id);
        let ago = ago.map_or_else(|| Values::numbers(Intervals::all()), Values::satisfying);
        let Some(milestone) = self.playbook.milestones.get(id) else {
            return Goal::is(reached, ago, holds);
        };
        if self.unreachable.contains(id) {
            return Goal::known(!holds);
        }
        if holds {
            let itself = Goal::Is(reached, ago);
            return if self.stays(&milestone.when, milestone.per, true) {
                let then = Goal::Condition(&milestone.when, milestone.per, true);
                Goal::All(vec![itself, then])
            } else {
                itself
            };
        }
        // Whatever reaches a milestone does so before anything refers to it. Of an account that is
        // so too, but there may be none.
        let mut never = vec![Goal::Is(reached, Values::absent())];
        if milestone.per == by {
            never.push(Goal::Condition(&milestone.when, by, false));
        }
        let otherwise = ago.complement().intersect(&Values::absent().complement());
        Goal::Any(vec![Goal::All(never), Goal::Is(reached, otherwise)])
    }

    /// Whether no event can match, since no properties can.
    pub(super) fn is_impossible(&self, event: &EventMatch) -> bool {
        let impossible = |query| self.contradicts(vec![Goal::Query(Source::Event, query, true)]);
        event.query.as_ref().is_some_and(impossible)
    }

    /// Whether one query holds of everything of which another does, if there is another.
    pub(super) fn query_follows(&self, from: Option<&Query>, query: &Query) -> bool {
        let mut goals = vec![Goal::Query(Source::Event, query, false)];
        goals.extend(from.map(|query| Goal::Query(Source::Event, query, true)));
        self.contradicts(goals)
    }

    /// Whether a condition stays as it is (`holds` or not) once it is so, whatever happens.
    pub(super) fn stays(&self, condition: &Condition, by: Per, holds: bool) -> bool {
        /// Deeper than audiences refer to each other in any playbook that a person writes.
        const DEEPEST: usize = 64;
        self.stays_within(condition, by, holds, DEEPEST)
    }

    fn stays_within(&self, condition: &Condition, by: Per, holds: bool, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match condition {
            Condition::Did {
                measure: Measure::Sum(_),
                ..
            } => false,
            // A number that only grows.
            Condition::Did {
                is, within: None, ..
            } => match holds {
                true => is.lte.or(is.lt).or(is.eq).or(is.ne).is_none(),
                false => is.gte.or(is.gt).or(is.eq).or(is.ne).is_none(),
            },
            Condition::First { ago, .. } => holds && grows(ago),
            Condition::Never(_) => !holds,
            Condition::Sequence { .. } => holds,
            Condition::Milestone { id, ago } => {
                let milestone = self.playbook.milestones.get(id);
                holds
                    && ago.as_ref().is_none_or(grows)
                    && milestone.is_some_and(|milestone| milestone.per == by)
            }
            Condition::Guide { is, .. } => {
                use crate::GuideStanding::{Completed, Shown};
                holds && matches!(is, Shown | Completed)
            }
            Condition::Audience(id) => {
                let audience = self.playbook.audiences.get(id);
                audience.is_some_and(|condition| self.stays_within(condition, by, holds, depth))
            }
            Condition::All(parts) | Condition::Any(parts) => parts
                .iter()
                .all(|part| self.stays_within(part, by, holds, depth)),
            Condition::Not(part) => self.stays_within(part, by, !holds, depth),
            _ => false,
        }
    }
}

/// Whether what satisfies a comparison does so when it becomes more.
fn grows(comparison: &Comparison) -> bool {
    let Comparison {
        lte, lt, eq, ne, ..
    } = comparison;
    lte.or(*lt).or(*eq).or(*ne).is_none()
}

/// How often something was done at all.
fn times(by: Per, event: &EventMatch) -> Quantity<'_> {
    Quantity::Did {
        by,
        event,
        measure: &Measure::Times,
        within: None,
    }
}
