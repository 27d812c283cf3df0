//! One user or account: what is remembered of it, and what holds of it now.

mod evaluate;
mod guide_history;
mod happening;
mod health;
mod measure;
mod taking_in;
mod traits;

use std::borrow::Cow;

use firstvalue_model::message::Object;
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;

use crate::deadlines::Deadlines;
use crate::marks::{Marks, Turns};
use crate::memory::{Memory, Progress};
use crate::moment::Moment;
use crate::rules::{Rules, StageRule};

pub(crate) use evaluate::Known;
pub(crate) use guide_history::GUIDE_EVENTS;
pub use guide_history::GuideHistory;
pub use happening::{Change, Input, What};
pub use health::{HealthScore, PartScore, Unit};
pub(crate) use traits::Traits;

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
    elements: Few<String>,
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
            elements: Few::new(),
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
        while let Some(moment) = self.wake(rules, now) {
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

    /// Has everything evaluated that may change by waiting, in the next moment in which something does
    /// if that is one until `end`; gives that moment.
    pub(crate) fn wake(&mut self, rules: &Rules, end: Millis) -> Option<Millis> {
        let uses = &rules.graph(self.per).uses;
        let mut woken = None;
        while let Some((at, slot)) = self.deadlines.first(woken.unwrap_or(end)) {
            let node = uses.waiting.get(slot as usize).copied();
            let decides = node.and_then(|node| uses.of_node.get(node as usize));
            let truth = decides.and_then(|decides| self.has_times(decides, at));
            let until = truth.and_then(|truth| truth.until);
            self.deadlines.put_off(until);
            // Else there were more events since, and it holds still.
            if let (None, Some(node)) = (until, node) {
                self.touched.add(node);
                self.clock = self.clock.max(at);
                woken = Some(at);
            }
        }
        woken
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

/// A list that mostly is empty: natively it then takes a word.
#[cfg(not(target_family = "wasm"))]
pub(crate) type Few<T> = thin_vec::ThinVec<T>;
#[cfg(target_family = "wasm")]
pub(crate) type Few<T> = Vec<T>;

/// So many of what there is before anything is known. (`vec!` would clone them, which takes code.)
pub(crate) fn several<T: Default>(number: usize) -> List<T> {
    let mut list = Vec::new();
    list.resize_with(number, T::default);
    #[cfg(not(target_family = "wasm"))]
    let list = list.into();
    list
}

/// Likewise where there mostly are none.
pub(crate) fn few<T: Default>(number: usize) -> Few<T> {
    #[cfg(not(target_family = "wasm"))]
    return (0..number).map(|_| T::default()).collect();
    #[cfg(target_family = "wasm")]
    several(number)
}

fn list<T>(lists: &[Vec<T>], place: u32) -> &[T] {
    lists.get(place as usize).map_or(&[], Vec::as_slice)
}
