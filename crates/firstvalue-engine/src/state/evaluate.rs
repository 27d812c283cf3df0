//! Evaluating what was touched: each condition once, after those that it is made of.

use std::cell::OnceCell;

use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;

use super::{Change, State, list};
use crate::graph::Node;
use crate::rules::Rules;
use crate::uses::{Decides, Uses};
use crate::waiting::Truth;
use crate::{glob, query};

/// Traits as they are while conditions are evaluated, read when the first of them asks.
#[derive(Default)]
pub(crate) struct Known {
    user: OnceCell<Object>,
    account: OnceCell<Object>,
}

impl Known {
    pub(crate) fn user(&self, state: &State) -> &Object {
        self.user.get_or_init(|| state.user_traits.read())
    }

    pub(crate) fn account(&self, state: &State) -> &Object {
        self.account.get_or_init(|| state.account_traits.read())
    }
}

impl State {
    /// Evaluates all that was touched of a subject on its own. Within the moment milestones are reported before guides,
    /// each by id.
    pub(super) fn evaluate(&mut self, rules: &Rules, moment: Millis, changes: &mut Vec<Change>) {
        // As mostly.
        if self.touched.next().is_none() {
            return;
        }
        let before = changes.len();
        self.evaluate_until(rules, u32::MAX, moment, changes);
        // Nobody listens.
        self.told = None;
        // Mostly one, and mostly in order already; a sort takes more code.
        for end in before + 1..changes.len() {
            for place in (before + 1..=end).rev() {
                match changes.get_mut(place - 1..=place) {
                    Some([one, other]) if one.order() > other.order() => std::mem::swap(one, other),
                    _ => break,
                }
            }
        }
    }

    /// Whether a condition before `end` was touched.
    pub(crate) fn is_touched_until(&self, end: u32) -> bool {
        self.touched.next().is_some_and(|node| node < end)
    }

    /// Evaluates what was touched of the conditions before `end`.
    pub(crate) fn evaluate_until(
        &mut self,
        rules: &Rules,
        end: u32,
        moment: Millis,
        changes: &mut Vec<Change>,
    ) {
        let graph = rules.graph(self.per);
        let known = Known::default();
        while let Some(place) = self.touched.take(end) {
            let Some(node) = graph.nodes.get(place as usize) else {
                continue;
            };
            let Some(decides) = graph.uses.of_node.get(place as usize) else {
                continue;
            };
            let truth = self
                .has_times(decides, moment)
                .unwrap_or_else(|| self.truth_of(rules, node, moment, &known));
            if let Some(slot) = decides.waits {
                // Moments of a damaged state may be in any order; time passes all the same.
                let until = truth.until.filter(|&until| until > moment);
                self.deadlines.set(slot, until);
            }
            if self.truth.set(place, truth.holds) {
                self.tell(&graph.uses, decides, truth.holds, moment, changes);
            }
        }
    }

    /// Passes on that a condition has changed to what it decides.
    fn tell(
        &mut self,
        uses: &Uses,
        decides: &Decides,
        holds: bool,
        at: Millis,
        changes: &mut Vec<Change>,
    ) {
        self.touch(&decides.nodes);
        for &place in decides.milestones.iter().filter(|_| holds) {
            let milestone = place as usize;
            let signup = self.signup().unwrap_or(at);
            let reached = self.milestones.get_mut(milestone);
            let Some(reached) = reached.filter(|reached| reached.get().is_none()) else {
                continue;
            };
            *reached = at.into();
            changes.push(Change::Milestone {
                milestone,
                at,
                time_to_value: at.saturating_sub(signup),
            });
            self.touch(list(&uses.of_milestone, place));
        }
        for &place in &decides.guides {
            let guide = place as usize;
            let Some(history) = self.guides.get_mut(guide) else {
                continue;
            };
            if std::mem::replace(&mut history.eligible, holds) != holds {
                changes.push(Change::Guide {
                    guide,
                    at,
                    eligible: holds,
                });
            }
        }
        if let Some(place) = decides.shared {
            self.told.get_or_insert_default().push((place, holds));
        }
    }

    /// Whether a condition holds now, and until when, if it asks for a number of events: by far the most
    /// common one.
    #[inline(always)]
    pub(super) fn has_times(&self, decides: &Decides, now: Millis) -> Option<Truth> {
        let (atom, times) = decides.times.as_ref()?;
        Some(self.memories.get(*atom as usize)?.has(times, now))
    }

    /// Whether a condition holds now, and until when.
    pub(crate) fn truth_of(
        &mut self,
        rules: &Rules,
        node: &Node,
        now: Millis,
        known: &Known,
    ) -> Truth {
        Truth::constant(match node {
            Node::Compare { of, is } => return self.compare(rules, of, is, now, known),
            Node::Sequence(place) => self.progress.get(*place as usize).is_some_and(|p| p.done),
            Node::Reached(milestone) => self.milestone(*milestone as usize).is_some(),
            Node::Guide { guide, is } => self
                .guides
                .get(*guide as usize)
                .is_some_and(|history| history.is(*is)),
            Node::User(query) => query::matches(query, known.user(self)),
            Node::Account(query) => query::matches(query, known.account(self)),
            Node::Theirs(place) => self.shared(*place) != 0,
            Node::Page(glob) => match &self.page {
                Some(path) => glob::matches(glob, path),
                None => rules.page_unknown,
            },
            Node::Element(selector) => {
                rules.page_unknown || self.elements.iter().any(|visible| visible == selector)
            }
            Node::All(parts) => parts.iter().all(|&part| self.holds(part)),
            Node::Any(parts) => parts.iter().any(|&part| self.holds(part)),
            Node::Not(part) => !self.holds(*part),
        })
    }
}
