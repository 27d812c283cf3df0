//! One user: what is remembered of them, and what holds of them now.

use std::borrow::Cow;

use firstvalue_model::GuideStanding;
use firstvalue_model::message::{Object, PAGE_VIEWED, guide_event};
use firstvalue_model::time::{self, Millis};
use serde_json::Value;

use crate::agenda::Agenda;
use crate::memory::{Memory, Progress};
use crate::rules::{Node, Rules, Touched};
use crate::waiting::{self, Truth};
use crate::{glob, query};

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
    /// The user's traits became known or changed; merged into those known.
    Identify(&'a Object),
    /// The traits of the user's account, as now known; they replace those known before.
    Account(&'a Object),
    /// Nothing that conditions look at; the user was there.
    Seen,
}

/// Something that became true or false of a user.
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

/// How a guide has gone with a user.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GuideHistory {
    /// How often it was shown.
    pub shown: u32,
    /// When it was shown last.
    pub last_shown: Option<Millis>,
    /// Whether it was ever followed to its end.
    pub completed: bool,
    /// Whether it was last ended by being sent away, and not shown again since.
    pub dismissed: bool,
    /// Whether it was put off, and not shown again since.
    pub snoozed: bool,
    pub(crate) eligible: bool,
}

impl GuideHistory {
    fn is(&self, standing: GuideStanding) -> bool {
        match standing {
            GuideStanding::Shown => self.shown > 0,
            GuideStanding::Completed => self.completed,
            GuideStanding::Dismissed => self.dismissed,
            GuideStanding::Snoozed => self.snoozed,
        }
    }
}

/// The state of one user under the rules it was made for.
#[derive(Debug, Clone)]
pub struct User {
    pub(crate) clock: Millis,
    pub(crate) first_seen: Option<Millis>,
    pub(crate) traits: Object,
    pub(crate) account: Object,
    pub(crate) page: Option<String>,
    pub(crate) memories: Vec<Memory>,
    pub(crate) progress: Vec<Progress>,
    pub(crate) milestones: Vec<Option<Millis>>,
    pub(crate) guides: Vec<GuideHistory>,
    pub(crate) agenda: Agenda,
    truth: Vec<bool>,
}

impl User {
    /// A user of whom nothing is known yet.
    pub fn new(rules: &Rules) -> Self {
        Self {
            clock: Millis::MIN,
            first_seen: None,
            traits: Object::new(),
            account: Object::new(),
            page: None,
            memories: vec![Memory::default(); rules.atoms.len()],
            progress: vec![Progress::default(); rules.sequences.len()],
            milestones: vec![None; rules.milestones.len()],
            guides: vec![GuideHistory::default(); rules.guides.len()],
            agenda: Agenda::new(rules.nodes.len()),
            truth: vec![false; rules.nodes.len()],
        }
    }

    /// Lets time pass until `now`: whatever becomes true or false by waiting is taken moment by
    /// moment. Nothing happens to a user of whom nothing is known yet.
    pub fn advance(&mut self, rules: &Rules, now: Millis, changes: &mut Vec<Change>) {
        if self.first_seen.is_none() {
            return;
        }
        while let Some(moment) = self.agenda.next().filter(|&moment| moment <= now) {
            self.clock = self.clock.max(moment);
            self.evaluate(rules, moment, changes);
        }
        self.clock = self.clock.max(now);
    }

    /// Takes in what happened, after letting time pass until then.
    pub fn apply(&mut self, rules: &Rules, input: &Input<'_>, changes: &mut Vec<Change>) {
        self.advance(rules, input.at, changes);
        let at = self.clock.max(input.at);
        self.clock = at;
        if self.first_seen.is_none() {
            self.first_seen = Some(at);
            self.evaluate_all_at(rules, at);
        }
        match input.what {
            What::Event { name, properties } => {
                self.remember(rules, at, input.utc_offset, name, properties);
            }
            What::Identify(traits) => {
                self.traits.extend(
                    traits
                        .iter()
                        .map(|(name, value)| (name.clone(), value.clone())),
                );
                self.touch(at, &rules.uses.of_user_traits);
                if traits.contains_key("createdAt") {
                    self.touch(at, &rules.uses.of_signup);
                }
            }
            What::Account(traits) => {
                self.account.clone_from(traits);
                self.touch(at, &rules.uses.of_account_traits);
            }
            What::Seen => {}
        }
        self.evaluate(rules, at, changes);
    }

    /// When the user signed up: the trait `createdAt`, else when they were first seen.
    pub fn signup(&self) -> Option<Millis> {
        let created = match self.traits.get("createdAt") {
            Some(Value::String(text)) => time::timestamp(text).map(|read| read.at),
            Some(Value::Number(number)) => number.as_f64().map(|at| at as Millis),
            _ => None,
        };
        created.or(self.first_seen)
    }

    /// The moment up to which everything is decided.
    pub fn clock(&self) -> Millis {
        self.clock
    }

    /// The next moment at which something may change by waiting.
    pub fn next_deadline(&mut self) -> Option<Millis> {
        self.agenda.next()
    }

    /// The user's traits.
    pub fn traits(&self) -> &Object {
        &self.traits
    }

    /// When a milestone was reached.
    pub fn milestone(&self, milestone: usize) -> Option<Millis> {
        self.milestones.get(milestone).copied().flatten()
    }

    /// Whether a guide's audience and condition hold now.
    pub fn is_eligible(&self, guide: usize) -> bool {
        self.guides
            .get(guide)
            .is_some_and(|history| history.eligible)
    }

    /// How a guide has gone so far.
    pub fn guide_history(&self, guide: usize) -> Option<&GuideHistory> {
        self.guides.get(guide)
    }

    /// The names of the audiences that the user belongs to now.
    pub fn audiences<'r>(&self, rules: &'r Rules) -> impl Iterator<Item = &'r str> {
        rules
            .audiences
            .iter()
            .filter(|(_, node)| self.holds(**node))
            .map(|(id, _)| id.as_str())
    }

    /// This user as they will be at `now` if nothing happens until then.
    pub(crate) fn at(&self, rules: &Rules, now: Millis) -> Cow<'_, Self> {
        // Most have nothing to wait for, and cloning is what costs.
        if self.agenda.earliest().is_none_or(|moment| moment > now) {
            return Cow::Borrowed(self);
        }
        let mut later = self.clone();
        later.advance(rules, now, &mut Vec::new());
        Cow::Owned(later)
    }

    /// Finds out what holds at the clock's moment, from what is remembered alone.
    pub(crate) fn settle(&mut self, rules: &Rules) {
        self.evaluate_all_at(rules, self.clock);
        self.evaluate(rules, self.clock, &mut Vec::new());
    }

    /// Has every condition evaluated at `at`.
    fn evaluate_all_at(&mut self, rules: &Rules, at: Millis) {
        for place in (0..).take(rules.nodes.len()) {
            self.agenda.add(at, place);
        }
    }

    fn remember(
        &mut self,
        rules: &Rules,
        at: Millis,
        utc_offset: i32,
        name: &str,
        properties: Option<&Object>,
    ) {
        if let Some(Touched { atoms, sequences }) = rules.uses.event(name) {
            let none = Object::new();
            let properties = properties.unwrap_or(&none);
            let matches = |event: &firstvalue_model::EventMatch| {
                event.name == name
                    && event
                        .query
                        .as_ref()
                        .is_none_or(|query| query::matches(query, properties))
            };
            for &place in atoms {
                let Some(atom) = rules.atoms.get(place as usize) else {
                    continue;
                };
                let Some(memory) = self.memories.get_mut(place as usize) else {
                    continue;
                };
                if matches(&atom.event) {
                    memory.add(at, utc_offset, atom.keep);
                    self.touch(at, list(&rules.uses.of_atom, place));
                }
            }
            for &place in sequences {
                let Some(sequence) = rules.sequences.get(place as usize) else {
                    continue;
                };
                let Some(progress) = self.progress.get_mut(place as usize) else {
                    continue;
                };
                if !progress.done {
                    let interrupts = sequence.without.iter().any(matches);
                    let at_place = |n: usize| sequence.events.get(n).is_some_and(matches);
                    let length = sequence.events.len();
                    progress.add(at, length, sequence.within, interrupts, at_place);
                    if progress.done {
                        self.touch(at, list(&rules.uses.of_sequence, place));
                    }
                }
            }
        }
        let text = |name| properties?.get(name)?.as_str();
        if name == PAGE_VIEWED {
            self.page = text("path").map(str::to_owned);
            self.touch(at, &rules.uses.of_page);
        } else if let Some(guide) = text("guide").and_then(|id| rules.guide(id)) {
            self.follow_guide(rules, at, name, guide);
        }
    }

    /// Keeps the history of a guide from the events by which it reports.
    fn follow_guide(&mut self, rules: &Rules, at: Millis, name: &str, guide: usize) {
        let Some(history) = self.guides.get_mut(guide) else {
            return;
        };
        match name {
            guide_event::SHOWN => {
                history.shown = history.shown.saturating_add(1);
                history.last_shown = Some(at);
                (history.dismissed, history.snoozed) = (false, false);
            }
            guide_event::COMPLETED => {
                history.completed = true;
                (history.dismissed, history.snoozed) = (false, false);
            }
            guide_event::DISMISSED => history.dismissed = true,
            guide_event::SNOOZED => history.snoozed = true,
            _ => return,
        }
        if let Some(conditions) = rules.uses.of_guide.get(guide) {
            self.touch(at, conditions);
        }
    }

    fn touch(&mut self, at: Millis, conditions: &[u32]) {
        for &condition in conditions {
            self.agenda.add(at, condition);
        }
    }

    /// Evaluates what is due at `moment`, each condition once and after its parts. Within the
    /// moment milestones are reported before guides, each by id.
    fn evaluate(&mut self, rules: &Rules, moment: Millis, changes: &mut Vec<Change>) {
        let before = changes.len();
        while let Some(place) = self.agenda.take(moment) {
            let Some(node) = rules.node(place) else {
                continue;
            };
            let truth = self.truth_of(rules, node, moment);
            if let Some(until) = truth.until {
                self.agenda.add(until, place);
            }
            let Some(known) = self.truth.get_mut(place as usize) else {
                continue;
            };
            if std::mem::replace(known, truth.holds) != truth.holds {
                self.tell(rules, place, truth.holds, moment, changes);
            }
        }
        if let Some(now) = changes.get_mut(before..) {
            now.sort_unstable_by_key(|change| match *change {
                Change::Milestone { milestone, .. } => (0, milestone),
                Change::Guide { guide, .. } => (1, guide),
            });
        }
    }

    /// Passes on that a condition has changed to what it decides.
    fn tell(
        &mut self,
        rules: &Rules,
        place: u32,
        holds: bool,
        at: Millis,
        changes: &mut Vec<Change>,
    ) {
        let Some(users) = rules.uses.of_node.get(place as usize) else {
            return;
        };
        self.touch(at, &users.nodes);
        for &place in users.milestones.iter().filter(|_| holds) {
            let milestone = place as usize;
            let signup = self.signup().unwrap_or(at);
            let Some(reached @ None) = self.milestones.get_mut(milestone) else {
                continue;
            };
            *reached = Some(at);
            changes.push(Change::Milestone {
                milestone,
                at,
                time_to_value: at - signup,
            });
            self.touch(at, list(&rules.uses.of_milestone, place));
        }
        for &place in &users.guides {
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
    }

    fn truth_of(&self, rules: &Rules, node: &Node, now: Millis) -> Truth {
        const FALSE: Truth = Truth {
            holds: false,
            until: None,
        };
        let memory = |atom: &u32| self.memories.get(*atom as usize);
        match node {
            Node::Times {
                atom,
                is,
                within: None,
            } => Truth::constant(is.holds(memory(atom).map_or(0, |memory| memory.count) as f64)),
            Node::Times { atom, is, within } => memory(atom).map_or(FALSE, |memory| {
                waiting::counted(is, memory.times(), *within, now)
            }),
            Node::Days { atom, is, within } => memory(atom).map_or(FALSE, |memory| {
                waiting::counted(is, memory.days(), *within, now)
            }),
            Node::Weeks { atom, is, within } => memory(atom).map_or(FALSE, |memory| {
                waiting::counted(is, memory.weeks(), *within, now)
            }),
            Node::Last { atom, ago } => match memory(atom) {
                Some(memory) if memory.count > 0 => waiting::elapsed(ago, memory.last, now),
                _ => FALSE,
            },
            Node::First { atom, ago } => match memory(atom) {
                Some(memory) if memory.count > 0 => waiting::elapsed(ago, memory.first, now),
                _ => FALSE,
            },
            Node::Sequence(place) => {
                Truth::constant(self.progress.get(*place as usize).is_some_and(|p| p.done))
            }
            Node::Signup(is) => match self.signup() {
                Some(signup) => waiting::elapsed(is, signup, now),
                None => FALSE,
            },
            Node::Milestone { milestone, ago } => {
                match (self.milestone(*milestone as usize), ago) {
                    (None, _) => FALSE,
                    (Some(_), None) => Truth::constant(true),
                    (Some(reached), Some(ago)) => waiting::elapsed(ago, reached, now),
                }
            }
            Node::Guide { guide, is } => Truth::constant(
                self.guides
                    .get(*guide as usize)
                    .is_some_and(|history| history.is(*is)),
            ),
            Node::User(query) => Truth::constant(query::matches(query, &self.traits)),
            Node::Account(query) => Truth::constant(query::matches(query, &self.account)),
            Node::Page(glob) => Truth::constant(match &self.page {
                Some(path) => glob::matches(glob, path),
                None => rules.page_unknown,
            }),
            Node::All(parts) => Truth::constant(parts.iter().all(|&part| self.holds(part))),
            Node::Any(parts) => Truth::constant(parts.iter().any(|&part| self.holds(part))),
            Node::Not(part) => Truth::constant(!self.holds(*part)),
        }
    }

    fn holds(&self, place: u32) -> bool {
        self.truth.get(place as usize).copied().unwrap_or_default()
    }
}

fn list(lists: &[Vec<u32>], place: u32) -> &[u32] {
    lists.get(place as usize).map_or(&[], Vec::as_slice)
}
