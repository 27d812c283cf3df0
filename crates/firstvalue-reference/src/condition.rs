//! When each form of condition is true.

use firstvalue_engine::{glob, query};
use firstvalue_model::message::{PAGE_VIEWED, guide_event};
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use firstvalue_model::{Comparison, Condition, EventMatch, GuideStanding};
use serde_json::Value;

use crate::history::Event;
use crate::measure::is_match;
use crate::{Subject, World};

impl World<'_> {
    /// Whether a condition holds of a user or an account now.
    pub fn holds(&self, condition: &Condition, subject: &Subject) -> bool {
        match condition {
            // "The number n of matching events with 0 ≤ now − t ≤ W satisfies C", and "likewise".
            Condition::Did {
                event,
                measure,
                is,
                within,
            } => is.holds(self.measured(event, measure, *within, subject)),
            // "There is a matching event and now − (time of the latest) satisfies C."
            Condition::Last { event, ago } => {
                let events = self.matching(event, subject);
                events
                    .last()
                    .is_some_and(|event| self.is_ago(event.at, ago))
            }
            // "Likewise for the earliest."
            Condition::First { event, ago } => {
                let events = self.matching(event, subject);
                events
                    .first()
                    .is_some_and(|event| self.is_ago(event.at, ago))
            }
            // "No matching event so far."
            Condition::Never(event) => self.matching(event, subject).is_empty(),
            Condition::Sequence {
                events,
                within,
                without,
            } => is_followed(&self.history.events(subject), events, *within, without),
            // "The time since sign-up satisfies C."
            Condition::SinceSignup(is) => self
                .signup(subject)
                .is_some_and(|signup| self.is_ago(signup, is)),
            Condition::Milestone { id, ago } => self.is_reached(id, ago.as_ref(), subject),
            Condition::Guide { id, is } => guide_stands(&self.history.events(subject), id, *is),
            // "The traits satisfy the Mongo-style query Q."
            Condition::User(query) => query::matches(query, &self.history.traits(subject)),
            Condition::Account(query) => {
                let traits = self.account(subject).map(|it| self.history.traits(&it));
                query::matches(query, &traits.unwrap_or_default())
            }
            // "That condition holds."
            Condition::Audience(id) => self.is_in(id, subject),
            // "The number of its users for whom X holds now satisfies C." Asked of a user it is
            // about their account.
            Condition::Users { of, count } => self.account(subject).is_some_and(|account| {
                let members = self.history.members(crate::name(&account));
                let held = members.filter(|user| self.holds(of, &Subject::User(user.clone())));
                count.holds(held.count() as f64)
            }),
            // "The path now shown matches", where that is "the `path` of the latest".
            Condition::Page(glob) => {
                !self.pages_known
                    || path(&self.history.events(subject))
                        .is_some_and(|path| glob::matches(glob, path))
            }
            // "Browser only; false elsewhere", but replay holds it true with the pages.
            Condition::Element(_) => !self.pages_known,
            // "As they say."
            Condition::All(parts) => parts.iter().all(|part| self.holds(part, subject)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part, subject)),
            Condition::Not(part) => !self.holds(part, subject),
        }
    }

    pub(crate) fn is_in(&self, audience: &str, subject: &Subject) -> bool {
        let condition = self.playbook.audiences.get(audience);
        condition.is_some_and(|condition| self.holds(condition, subject))
    }

    pub(crate) fn is_ago(&self, moment: Millis, ago: &Comparison) -> bool {
        ago.holds((self.now - moment) as f64)
    }

    /// The account itself, or the account that the user belongs to now.
    pub(crate) fn account(&self, subject: &Subject) -> Option<Subject> {
        match subject {
            Subject::Account(_) => Some(subject.clone()),
            Subject::User(user) => {
                let account = self.history.account_of(user)?;
                Some(Subject::Account(account.to_owned()))
            }
        }
    }

    /// "It is reached; it was reached so long ago." Asked of a user, a milestone of accounts is
    /// about their account.
    fn is_reached(&self, id: &str, ago: Option<&Comparison>, subject: &Subject) -> bool {
        let milestone = self.playbook.milestones.get(id);
        let whose = match milestone.map(|milestone| milestone.per) {
            Some(Per::Account) => self.account(subject),
            Some(Per::User) => Some(subject.clone()),
            None => None,
        };
        let reached = whose.and_then(|whose| self.reached.get(&(whose, id.to_owned())));
        reached.is_some_and(|at| ago.is_none_or(|ago| self.is_ago(*at, ago)))
    }
}

/// "There are n different events that match E1 … En in this order (by time, then arrival; others
/// may lie between), the last at most W after the first, and no event between them matches an X
/// (an event that matches an X counts as that alone)."
fn is_followed(
    history: &[Event<'_>],
    wanted: &[EventMatch],
    within: Option<Millis>,
    without: &[EventMatch],
) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return true;
    };
    let is_without = |event: &Event<'_>| without.iter().any(|other| is_match(other, event));
    (0..history.len()).any(|place| match history.get(place..) {
        Some([event, later @ ..]) if is_match(first, event) && !is_without(event) => {
            let until_without = later.iter().take_while(|event| !is_without(event));
            let in_time = until_without
                .filter(|later| within.is_none_or(|within| later.at - event.at <= within));
            is_in_order(&in_time.collect::<Vec<_>>(), rest)
        }
        _ => false,
    })
}

fn is_in_order(events: &[&Event<'_>], wanted: &[EventMatch]) -> bool {
    match (events, wanted) {
        (_, []) => true,
        ([], _) => false,
        ([event, later @ ..], [first, rest @ ..]) => {
            is_match(first, event) && is_in_order(later, rest) || is_in_order(later, wanted)
        }
    }
}

/// "So it stands": by what the guide has reported of itself.
fn guide_stands(history: &[Event<'_>], id: &str, standing: GuideStanding) -> bool {
    let reports = history
        .iter()
        .filter(|event| event.property("guide") == Some(&Value::from(id)));
    let names: Vec<&str> = reports.map(|event| event.name).collect();
    let since_shown = || {
        let ends = [guide_event::SHOWN, guide_event::COMPLETED];
        let names = names.iter().rev();
        names.take_while(move |name| !ends.contains(name))
    };
    match standing {
        GuideStanding::Shown => names.contains(&guide_event::SHOWN),
        GuideStanding::Completed => names.contains(&guide_event::COMPLETED),
        GuideStanding::Dismissed => since_shown().any(|name| *name == guide_event::DISMISSED),
        GuideStanding::Snoozed => since_shown().any(|name| *name == guide_event::SNOOZED),
    }
}

fn path<'h>(history: &[Event<'h>]) -> Option<&'h str> {
    let mut pages = history.iter().rev();
    let latest = pages.find(|event| event.name == PAGE_VIEWED)?;
    latest.property("path")?.as_str()
}
