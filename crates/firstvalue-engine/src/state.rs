//! One user or account: what is remembered of it, and what holds of it now.

mod evaluate;
mod guide_history;
mod health;
mod measure;
mod traits;

use std::borrow::Cow;

use firstvalue_model::EventMatch;
use firstvalue_model::message::{Object, PAGE_VIEWED};
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;

use crate::deadlines::Deadlines;
use crate::graph::{Graph, Look};
use crate::marks::{Marks, Turns};
use crate::memory::{Memory, Progress};
use crate::moment::Moment;
use crate::query;
use crate::rules::{Rules, StageRule};
use crate::schedule::PUT_OFF;
use crate::uses::Touched;

pub(crate) use evaluate::Known;
pub(crate) use guide_history::GUIDE_EVENTS;
pub use guide_history::GuideHistory;
pub use health::{HealthScore, PartScore};
pub(crate) use traits::Traits;

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

/// What has changed that the other kind of subject looks at: by its place, whether it holds now.
type Told = Vec<(u32, bool)>;

/// The state of one user or account under the rules it was made for.
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) per: Per,
    pub(crate) clock: Millis,
    pub(crate) first_seen: Moment,
    /// The trait `createdAt`.
    created: Moment,
    pub(crate) user_traits: Traits,
    pub(crate) account_traits: Traits,
    pub(crate) page: Option<Box<str>>,
    elements: List<String>,
    pub(crate) memories: List<Memory>,
    pub(crate) progress: List<Progress>,
    pub(crate) milestones: List<Moment>,
    pub(crate) guides: List<GuideHistory>,
    /// Of a user: 1 where a condition on accounts that users look at holds of theirs. Of an
    /// account: for how many of its users a condition holds that accounts count them by.
    shared: List<u32>,
    deadlines: Deadlines,
    /// Which conditions hold.
    truth: Marks,
    /// Conditions that are to be evaluated now, those that others are made of first.
    touched: Turns,
    /// What has changed that the other kind of subject looks at, until somebody takes it.
    told: Option<Box<Told>>,
}

impl State {
    /// A user of whom nothing is known yet.
    pub fn user(rules: &Rules) -> Self {
        Self::new(Per::User, rules)
    }

    /// An account of which nothing is known yet.
    pub(crate) fn account(rules: &Rules) -> Self {
        Self::new(Per::Account, rules)
    }

    fn new(per: Per, rules: &Rules) -> Self {
        let graph = rules.graph(per);
        let (guides, shared) = match per {
            Per::User => (rules.guides.len(), rules.shared.of_accounts.len()),
            Per::Account => (0, rules.shared.of_users.len()),
        };
        Self {
            per,
            clock: Millis::MIN,
            first_seen: Moment::default(),
            created: Moment::default(),
            user_traits: Traits::default(),
            account_traits: Traits::default(),
            page: None,
            elements: List::default(),
            memories: several(graph.atoms.len()),
            progress: several(graph.sequences.len()),
            milestones: several(rules.milestones.len()),
            guides: several(guides),
            shared: several(shared),
            deadlines: Deadlines::new(graph.uses.waiting.len()),
            truth: Marks::none_of(graph.nodes.len()),
            touched: Turns::none_of(graph.nodes.len()),
            told: None,
        }
    }

    /// Lets time pass until `now`: whatever becomes true or false by waiting is taken moment by
    /// moment. Nothing happens to a user of whom nothing is known yet.
    pub fn advance(&mut self, rules: &Rules, now: Millis, changes: &mut Vec<Change>) {
        if self.first_seen.get().is_none() {
            return;
        }
        while let Some(moment) = self.next_deadline().filter(|&moment| moment <= now) {
            self.wake(rules, moment);
            self.evaluate(rules, moment, changes);
        }
        self.clock = self.clock.max(now);
    }

    /// Takes in what happened, after letting time pass until then.
    pub fn apply(&mut self, rules: &Rules, input: &Input<'_>, changes: &mut Vec<Change>) {
        self.advance(rules, input.at, changes);
        let at = self.enter(rules, input.at);
        self.take_in(rules, &Input { at, ..*input });
        self.evaluate(rules, at, changes);
    }

    /// Takes in what is now known of the user's account, after letting time pass until then.
    pub(crate) fn apply_account_traits(
        &mut self,
        rules: &Rules,
        at: Millis,
        traits: &Traits,
        changes: &mut Vec<Change>,
    ) {
        self.advance(rules, at, changes);
        let at = self.enter(rules, at);
        self.set_account_traits(rules, traits);
        self.evaluate(rules, at, changes);
    }

    /// When the user or account signed up: the trait `createdAt`, else when it was first seen.
    pub fn signup(&self) -> Option<Millis> {
        self.created.get().or(self.first_seen.get())
    }

    /// The moment up to which everything is decided.
    pub fn clock(&self) -> Millis {
        self.clock
    }

    /// The next moment at which something may change by waiting.
    pub fn next_deadline(&mut self) -> Option<Millis> {
        self.deadlines.next()
    }

    /// The user's traits.
    pub fn traits(&self) -> Object {
        self.user_traits.read()
    }

    /// The traits of the user, and those of the account, as JSON.
    pub fn traits_as_json(&self) -> [&str; 2] {
        [self.user_traits.json(), self.account_traits.json()]
    }

    /// The traits of the account, or of the user's account.
    pub fn account_traits(&self) -> Object {
        self.account_traits.read()
    }

    /// When a milestone was reached.
    pub fn milestone(&self, milestone: usize) -> Option<Millis> {
        self.milestones.get(milestone)?.get()
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
            .filter(|(_, node)| self.holds(*node))
            .map(|(id, _)| id.as_str())
    }

    /// The stage of the life cycle that the user is in: the last whose condition holds.
    pub fn stage<'r>(&self, rules: &'r Rules) -> Option<&'r StageRule> {
        rules
            .stages
            .iter()
            .rev()
            .find(|stage| self.holds(stage.when))
    }

    /// This state as it will be at `now` if nothing happens until then.
    pub(crate) fn at(&self, rules: &Rules, now: Millis) -> Cow<'_, Self> {
        // Most have nothing to wait for, and cloning is what costs.
        if !self.is_due(now) {
            return Cow::Borrowed(self);
        }
        let mut later = self.clone();
        later.advance(rules, now, &mut Vec::new());
        Cow::Owned(later)
    }

    /// Whether something may change by waiting until then.
    pub(crate) fn is_due(&self, now: Millis) -> bool {
        self.deadlines
            .earliest()
            .is_some_and(|moment| moment <= now)
    }

    /// Finds out what holds at the clock's moment, from what is remembered alone.
    pub(crate) fn settle(&mut self, rules: &Rules) {
        self.created = self.own_traits().created().into();
        self.touch_all(rules);
        self.evaluate(rules, self.clock, &mut Vec::new());
    }

    fn own_traits(&self) -> &Traits {
        match self.per {
            Per::User => &self.user_traits,
            Per::Account => &self.account_traits,
        }
    }

    /// Brings the clock to the moment of something that happened, and gives the moment that it
    /// counts at.
    pub(crate) fn enter(&mut self, rules: &Rules, at: Millis) -> Millis {
        self.clock = self.clock.max(at);
        if self.first_seen.get().is_none() {
            self.first_seen = self.clock.into();
            self.touch_all(rules);
        }
        self.clock
    }

    /// Has everything evaluated that may change by waiting until `moment`.
    pub(crate) fn wake(&mut self, rules: &Rules, moment: Millis) {
        self.clock = self.clock.max(moment);
        let graph = rules.graph(self.per);
        while let Some(slot) = self.deadlines.take(moment) {
            if let Some(node) = graph.uses.waiting.get(slot as usize) {
                self.touch(&[*node]);
            }
        }
    }

    /// Remembers what happened at the clock's moment, and has evaluated what depends on it.
    pub(crate) fn take_in(&mut self, rules: &Rules, input: &Input<'_>) {
        let uses = &rules.graph(self.per).uses;
        match input.what {
            What::Event { name, properties } => {
                self.remember(rules, input, name, properties);
            }
            What::Identify(traits) => {
                self.user_traits = self.user_traits.with(traits);
                self.touch(&uses.of_user_traits);
                if traits.contains_key("createdAt") {
                    self.created = self.user_traits.created().into();
                    self.touch(&uses.of_signup);
                }
            }
            What::Account(traits) => self.set_account_traits(rules, &Traits::of(traits)),
            What::Elements(visible) => {
                if *self.elements != *visible {
                    self.elements = visible.into();
                    self.touch(&uses.of_element);
                }
            }
            What::Seen => {}
        }
    }

    /// Replaces the traits of the account.
    pub(crate) fn set_account_traits(&mut self, rules: &Rules, traits: &Traits) {
        self.account_traits = traits.clone();
        let uses = &rules.graph(self.per).uses;
        self.touch(&uses.of_account_traits);
        if self.per == Per::Account {
            self.created = traits.created().into();
            self.touch(&uses.of_signup);
        }
    }

    /// Sets what is known of the other kind of subject.
    pub(crate) fn set_shared(&mut self, rules: &Rules, place: u32, value: u32) {
        if let Some(known) = self.shared.get_mut(place as usize)
            && std::mem::replace(known, value) != value
            && let Some(nodes) = rules.graph(self.per).uses.of_shared.get(place as usize)
        {
            self.touch(nodes);
        }
    }

    pub(crate) fn shared(&self, place: u32) -> u32 {
        self.shared.get(place as usize).copied().unwrap_or(0)
    }

    /// What is known of the other kind of subject, by place.
    pub(crate) fn all_shared(&self) -> &[u32] {
        &self.shared
    }

    /// What has changed since the last time that the other kind of subject looks at.
    pub(crate) fn take_told(&mut self) -> Told {
        self.told.take().map_or_else(Told::new, |told| *told)
    }

    fn remember(
        &mut self,
        rules: &Rules,
        input: &Input<'_>,
        name: &str,
        properties: Option<&Object>,
    ) {
        let graph = rules.graph(self.per);
        if let Some(touched) = graph.uses.event(name) {
            let none = Object::new();
            self.add_to_memories(graph, touched, input, name, properties.unwrap_or(&none));
        }
        if self.per == Per::Account {
            return;
        }
        let text = |name| properties?.get(name)?.as_str();
        if name == PAGE_VIEWED {
            self.page = text("path").map(Box::from);
            self.touch(&graph.uses.of_page);
        } else if name.starts_with(GUIDE_EVENTS)
            && let Some(guide) = text("guide").and_then(|id| rules.guide(id))
            && let Some(history) = self.guides.get_mut(guide)
            && history.follow(name, input.at, || {
                let chosen = properties?.get("for")?.as_i64()?;
                let every = rules.guides.get(guide)?.frequency.every;
                Some(chosen.saturating_sub(every.unwrap_or(PUT_OFF)))
            })
            && let Some(nodes) = graph.uses.of_guide.get(guide)
        {
            self.touch(nodes);
        }
    }

    fn add_to_memories(
        &mut self,
        graph: &Graph,
        touched: &Touched,
        input: &Input<'_>,
        name: &str,
        properties: &Object,
    ) {
        let agrees = |event: &EventMatch| {
            let query = event.query.as_ref();
            query.is_none_or(|query| query::matches(query, properties))
        };
        let matches = |event: &EventMatch| event.name == name && agrees(event);
        for &place in &touched.atoms {
            let index = place as usize;
            if let (Some(atom), Some(memory)) =
                (graph.atoms.get(index), self.memories.get_mut(index))
                && agrees(&atom.event)
            {
                memory.add(input.at, input.utc_offset, properties, &atom.keep);
                for &(node, look) in list(&graph.uses.of_atom, place) {
                    let truth = self.truth.has(node);
                    let may_change = match look {
                        Look::Always => true,
                        Look::UnlessHolds => !truth,
                        Look::FromTimes { least, within } => {
                            !truth && memory.has_times(least, within, input.at)
                        }
                    };
                    if may_change {
                        self.touched.add(node);
                    }
                }
            }
        }
        for &place in &touched.sequences {
            let index = place as usize;
            if let (Some(sequence), Some(progress)) =
                (graph.sequences.get(index), self.progress.get_mut(index))
                && !progress.done
            {
                let interrupts = sequence.without.iter().any(matches);
                let at_place = |n: usize| sequence.events.get(n).is_some_and(matches);
                let length = sequence.events.len();
                progress.add(input.at, length, sequence.within, interrupts, at_place);
                if progress.done {
                    self.touch(list(&graph.uses.of_sequence, place));
                }
            }
        }
    }

    /// Has conditions evaluated.
    fn touch(&mut self, nodes: &[u32]) {
        for &node in nodes {
            self.touched.add(node);
        }
    }

    fn touch_all(&mut self, rules: &Rules) {
        for (node, _) in (0..).zip(&rules.graph(self.per).nodes) {
            self.touched.add(node);
        }
    }

    pub(crate) fn holds(&self, node: u32) -> bool {
        self.truth.has(node)
    }
}

/// A list that seldom grows. Natively, where there are those of a million users, it takes no more
/// memory than it must; in a page, where there are those of one, a vector takes less code.
#[cfg(not(target_family = "wasm"))]
pub(crate) type List<T> = Box<[T]>;
#[cfg(target_family = "wasm")]
pub(crate) type List<T> = Vec<T>;

/// So many of what there is before anything is known. (`vec!` would clone them, which takes code.)
pub(crate) fn several<T: Default>(number: usize) -> List<T> {
    let mut list = Vec::new();
    list.resize_with(number, T::default);
    #[cfg(not(target_family = "wasm"))]
    let list = list.into();
    list
}

fn list<T>(lists: &[Vec<T>], place: u32) -> &[T] {
    lists.get(place as usize).map_or(&[], Vec::as_slice)
}
