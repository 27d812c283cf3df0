//! What can be said of conditions without knowing anybody: that one never holds, that one always
//! holds, that one follows from others.
//!
//! Conditions measure *quantities*: how often something was done, how long ago it was, whether a guide
//! was seen, a trait. A condition is taken apart into what it demands of each (`goal`), and
//! quantities are known to be related: what was done within a week was done within a month
//! (`relations`). If no way of satisfying a condition leaves every quantity a value that it can
//! have, the condition never holds (`search`); it always holds if its opposite never does, and it
//! follows from others if they and its opposite never hold together. That is all: there are no rules
//! for single mistakes.
//!
//! Whatever is said is so at every moment and for everybody, as the engine decides under one
//! playbook. What is not said may be so all the same: quantities have more relations than are known
//! here, and a question that takes too long stays open.

mod glob;
mod goal;
mod intervals;
mod quantity;
mod query;
mod relations;
mod search;
mod values;

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::playbook::Per;
use crate::{Condition, EventMatch, Playbook};
use goal::Goal;
use search::Search;

pub(super) use glob::covers;
pub(super) use quantity::most_in;

/// Answers questions about the conditions of one playbook.
#[derive(Debug)]
pub struct Logic<'p> {
    playbook: &'p Playbook,
    /// Milestones that are never reached.
    unreachable: BTreeSet<&'p str>,
    /// Guides that are taken never to be shown.
    silent: BTreeSet<&'p str>,
    /// What all questions together may still cost.
    left: Cell<usize>,
}

/// Enough for some thousand conditions of the usual size, and over in a second or two.
const ALL_STEPS: usize = 4_000_000;

impl<'p> Logic<'p> {
    /// Takes in a playbook. Guides may be shown at any time, since the host can start each of them.
    pub fn of(playbook: &'p Playbook) -> Self {
        let mut logic = Self {
            playbook,
            unreachable: BTreeSet::new(),
            silent: BTreeSet::new(),
            left: Cell::new(ALL_STEPS),
        };
        logic.find_unreachable();
        logic
    }

    /// Likewise, where the host starts no guide that has a condition: one that is never due is
    /// never shown.
    pub(super) fn of_due_guides(playbook: &'p Playbook) -> Self {
        let mut logic = Self::of(playbook);
        loop {
            let silent: Vec<&str> = playbook
                .guides
                .iter()
                .filter(|(id, _)| !logic.silent.contains(id.as_str()))
                .filter(|(id, _)| logic.is_never_due(id))
                .map(|(id, _)| id.as_str())
                .collect();
            if silent.is_empty() {
                return logic;
            }
            logic.silent.extend(silent);
            logic.find_unreachable();
        }
    }

    fn find_unreachable(&mut self) {
        loop {
            let found: Vec<&str> = self
                .playbook
                .milestones
                .iter()
                .filter(|(id, _)| !self.unreachable.contains(id.as_str()))
                .filter(|(_, milestone)| self.never(&milestone.when, milestone.per))
                .map(|(id, _)| id.as_str())
                .collect();
            if found.is_empty() {
                return;
            }
            self.unreachable.extend(found);
        }
    }

    /// Whether a condition never holds of any user or account.
    pub fn never(&self, condition: &Condition, by: Per) -> bool {
        self.contradicts(vec![Goal::Condition(condition, by, true)])
    }

    /// Whether a condition holds of every user or account at every moment.
    pub fn always(&self, condition: &Condition, by: Per) -> bool {
        self.contradicts(vec![Goal::Condition(condition, by, false)])
    }

    /// Whether conditions never hold together.
    pub fn exclude(&self, conditions: &[&Condition], by: Per) -> bool {
        let goals = conditions
            .iter()
            .map(|condition| Goal::Condition(condition, by, true));
        self.contradicts(goals.collect())
    }

    /// Whether there is always one of the conditions that holds.
    pub fn cover(&self, conditions: &[&Condition], by: Per) -> bool {
        let goals = conditions
            .iter()
            .map(|condition| Goal::Condition(condition, by, false));
        self.contradicts(goals.collect())
    }

    /// Whether one condition holds whenever all the others do.
    pub fn follows(&self, from: &[&Condition], condition: &Condition, by: Per) -> bool {
        let goals = from
            .iter()
            .map(|condition| Goal::Condition(condition, by, true));
        let opposite = Goal::Condition(condition, by, false);
        self.contradicts(goals.chain([opposite]).collect())
    }

    /// Whether a milestone is never reached.
    pub(super) fn is_unreachable(&self, milestone: &str) -> bool {
        self.unreachable.contains(milestone)
    }

    /// Whether a guide is taken never to be shown.
    pub(super) fn is_silent(&self, guide: &str) -> bool {
        self.silent.contains(guide)
    }

    /// Whether a guide with a condition is never due.
    pub(super) fn is_never_due(&self, guide: &str) -> bool {
        let Some(guide) = self.playbook.guides.get(guide) else {
            return false;
        };
        let Some(when) = &guide.when else {
            return false;
        };
        let audience = guide.audience.as_ref();
        let audience = audience.and_then(|id| self.playbook.audiences.get(id));
        let page = guide.page.clone().map(Condition::Page);
        let all: Vec<&Condition> = [Some(when), audience, page.as_ref()]
            .into_iter()
            .flatten()
            .collect();
        self.exclude(&all, Per::User)
    }

    /// Whether no event can match.
    pub(super) fn never_matches(&self, event: &EventMatch) -> bool {
        self.is_impossible(event)
    }

    fn contradicts<'s>(&'s self, goals: Vec<Goal<'s>>) -> bool {
        let mut search = Search {
            logic: self,
            steps: 0,
        };
        search.contradicts(goals)
    }

    /// Takes steps off what is left for all questions; `false` if nothing is.
    fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

#[cfg(test)]
mod tests;
