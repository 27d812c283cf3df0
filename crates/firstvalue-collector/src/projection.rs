//! What the events say, kept in memory and up to date: the engine's state of every user, and counts
//! that no rule needs.
//!
//! Events are taken in the order of storing, a chunk at a time, each chunk sorted by time. That
//! gives what `firstvalue replay` gives for as long as nothing comes late, and something is late
//! only if it happened before what is already known of the same user. Then what is known of that
//! user, and of whoever shares an account with them, is decided [anew](anew) from the store, by time;
//! so it is when somebody turns out to be known by two ids of which both have done something.

mod anew;
mod delivery;
mod erased;
mod guides;
mod keeping;
mod kept;
mod known_user;
mod projector;
mod recomputing;

pub(crate) use delivery::{Counts, KEPT_FOR, Ledger, Transport};
pub(crate) use guides::GuideCounts;
pub(crate) use keeping::Keeping;
pub(crate) use kept::Basis;
pub(crate) use known_user::KnownUser;
pub(crate) use projector::{Projector, Unavailable};

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use firstvalue_engine::{Call, CompiledPlaybook, Joins, Population, Rules};
use firstvalue_model::message::Message;
use firstvalue_model::time::Millis;
use firstvalue_store::{Position, Reader, StoreError, StoredEvent};
use serde::{Deserialize, Serialize};

/// Events that are read and sorted at a time.
const CHUNK: u32 = 5_000;

/// When somebody did something last, and how much was said of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    last: Millis,
    events: u64,
}

/// Everything known up to some event, in the order of storing. Users are known by the id that they go
/// by; see [`Joins`].
#[derive(Debug)]
pub(crate) struct Projection {
    playbook: CompiledPlaybook,
    /// What it was made for, besides the events.
    basis: Basis,
    /// Those of the playbook; conditions on pages are true as long as no event is about a page.
    rules: Rules,
    holds_pages: bool,
    joins: Joins,
    population: Population,
    guides: Vec<GuideCounts>,
    delivery: Ledger,
    seen: HashMap<String, Seen>,
    events: u64,
    last_event: Option<Millis>,
    taken: Position,
    /// What [`Reader::removals`] said when it was read.
    removals: i64,
    /// Nothing more is taken until everything is built anew.
    stale: bool,
    /// Of whom everything is to be decided anew; until then nothing more is decided of them.
    outdated: HashSet<String>,
    /// Accounts of which likewise; somebody may have belonged to them who is no more.
    outdated_accounts: HashSet<String>,
}

impl Projection {
    pub(crate) fn new(playbook: CompiledPlaybook) -> Self {
        // A playbook that does not ask about pages is decided alike with and without them.
        let holds_pages = !playbook.rules.looks_at_pages();
        Self::of(playbook, holds_pages)
    }

    /// One that is kept and found again for as long as it is made for the same.
    fn made_for(playbook: CompiledPlaybook, basis: Basis) -> Self {
        Self {
            basis,
            ..Self::new(playbook)
        }
    }

    fn of(playbook: CompiledPlaybook, holds_pages: bool) -> Self {
        let rules = playbook.rules.clone();
        Self {
            rules: if holds_pages {
                rules
            } else {
                rules.without_pages()
            },
            holds_pages,
            joins: Joins::new(),
            population: Population::new(),
            guides: vec![GuideCounts::default(); playbook.rules.guides.len()],
            delivery: Ledger::default(),
            playbook,
            basis: Basis::default(),
            seen: HashMap::new(),
            events: 0,
            last_event: None,
            taken: Position::START,
            removals: 0,
            stale: false,
            outdated: HashSet::new(),
            outdated_accounts: HashSet::new(),
        }
    }

    /// Takes what was stored since, until there is nothing more or everything is to be built anew.
    fn catch_up(&mut self, reader: &dyn Reader) -> Result<(), StoreError> {
        while self.take_some(reader, CHUNK)? {}
        Ok(())
    }

    /// Takes at most so many of the events that were stored since. Whether there may be more.
    fn take_some(&mut self, reader: &dyn Reader, limit: u32) -> Result<bool, StoreError> {
        if self.stale {
            return Ok(false);
        }
        let chunk = reader.after(self.taken, limit)?;
        let is_some = !chunk.is_empty();
        self.take_chunk(chunk);
        Ok(is_some)
    }

    /// Something that was taken is no more: everything is to be built anew.
    fn start_over(&mut self) {
        self.stale = true;
    }

    /// Takes events that were stored one after the other.
    fn take_chunk(&mut self, mut chunk: Vec<StoredEvent>) {
        self.taken = chunk.last().map_or(self.taken, |event| event.position);
        // Stable, so that equal times stay in the order of arrival.
        chunk.sort_by_key(|event| event.at);
        for event in &chunk {
            self.take(event);
        }
    }

    fn take(&mut self, event: &StoredEvent) {
        if self.stale {
            return;
        }
        let Some(message) = read(event) else { return };
        self.delivery.take(&message, event.at, event.received_at);
        self.hear(&message, event.at);
    }

    /// Takes in what a message says.
    fn hear(&mut self, message: &Message, at: Millis) {
        let Some(call) = Call::of(message, at) else {
            return;
        };
        if !self.holds_pages && call.is_page() {
            self.holds_pages = true;
            self.stale = true;
            return;
        }
        let before = call.joins.map(|id| self.joins.of(id).to_owned());
        if let Some(id) = call.joins
            && self.joins.join(id, call.user)
        {
            let user = self.joins.of(call.user).to_owned();
            self.make_one(id, &user);
        }
        let user = self.joins.of(call.user).to_owned();
        let call = Call {
            user: &user,
            joins: before.as_deref().filter(|id| *id != user),
            ..call
        };
        let is_outdated = |id: &str| self.outdated.contains(id);
        if is_outdated(&user)
            || call.joins.is_some_and(is_outdated)
            || self.population.is_late(&self.rules, &call)
        {
            // Also of whoever has the id that the message names: it may have come to them too late.
            self.outdated.extend(before);
            self.outdated.insert(user);
            return;
        }
        self.population.apply(&self.rules, &call, &mut Vec::new());
        guides::count(&mut self.guides, &self.playbook.rules, &user, message);
        self.events += 1;
        self.last_event = self.last_event.max(Some(at));
        match self.seen.get_mut(&user) {
            Some(seen) => {
                seen.last = at.max(seen.last);
                seen.events += 1;
            }
            None => {
                let seen = Seen {
                    last: at,
                    events: 1,
                };
                self.seen.insert(user, seen);
            }
        }
    }

    /// What was known under an id is known of the person whom it was just joined to.
    fn make_one(&mut self, id: &str, user: &str) {
        let is_outdated = self.outdated.remove(id) || self.outdated.contains(user);
        if is_outdated || !self.population.rename(id, user) {
            self.outdated.insert(user.to_owned());
            return;
        }
        if let Some(seen) = self.seen.remove(id) {
            self.seen.insert(user.to_owned(), seen);
        }
        for guide in &mut self.guides {
            guide.rename(id, user);
        }
    }

    pub(crate) fn playbook(&self) -> &CompiledPlaybook {
        &self.playbook
    }

    /// How many users are known.
    pub(crate) fn users(&self) -> usize {
        self.population.len()
    }

    /// How many events there are, and when the latest happened.
    pub(crate) fn events(&self) -> (u64, Option<Millis>) {
        (self.events, self.last_event)
    }

    /// How many users did something at or after a moment.
    pub(crate) fn seen_since(&self, since: Millis) -> usize {
        self.seen.values().filter(|seen| seen.last >= since).count()
    }

    /// The id by which the person behind an id goes.
    pub(crate) fn person<'a>(&'a self, id: &'a str) -> &'a str {
        self.joins.of(id)
    }

    /// All ids of the person who goes by an id.
    pub(crate) fn ids<'a>(&'a self, person: &'a str) -> Vec<&'a str> {
        self.joins.ids(person)
    }

    /// One user as they are at `now`, also by waiting since their last event.
    pub(crate) fn user_at<'p>(&'p self, id: &'p str, now: Millis) -> Option<KnownUser<'p>> {
        let state = self.population.user_at(&self.rules, id, now)?;
        Some(KnownUser { id, state })
    }

    /// An account and its users as they are at `now`, and nobody else.
    pub(crate) fn account_at(&self, id: &str, now: Millis) -> Option<Population> {
        self.population.account_at(&self.rules, id, now)
    }

    /// A user of a part of the population that was looked at by itself.
    pub(crate) fn user_in<'p>(
        &'p self,
        part: &'p Population,
        id: &'p str,
    ) -> Option<KnownUser<'p>> {
        let state = Cow::Borrowed(part.user(id)?);
        Some(KnownUser { id, state })
    }

    /// Looks at all accounts as they are at `now`.
    pub(crate) fn at<T>(&self, now: Millis, look: impl FnOnce(&Population) -> T) -> T {
        look(&self.population.at(&self.rules, now))
    }

    /// When a user did something last.
    pub(crate) fn last_seen(&self, user: &str) -> Option<Millis> {
        Some(self.seen.get(user)?.last)
    }

    /// What the engine knows of a user as of their latest event, as bytes.
    pub(crate) fn saved_state(&self, user: &str) -> Option<Vec<u8>> {
        Some(self.population.user(user)?.save(&self.rules))
    }

    /// The account that a user belongs to.
    pub(crate) fn account_of(&self, user: &str) -> Option<&str> {
        self.population.account_of(user)
    }

    /// How a guide has gone.
    pub(crate) fn guide(&self, guide: usize) -> Option<&GuideCounts> {
        self.guides.get(guide)
    }

    /// What came of what was sent.
    pub(crate) fn delivery(&self) -> &Ledger {
        &self.delivery
    }

    /// Everybody by id, as they are at `now`, also by waiting since their last event.
    pub(crate) fn users_at(&self, now: Millis) -> impl Iterator<Item = KnownUser<'_>> {
        self.users_in(&self.population, now)
    }

    /// Likewise, of a population that [`Projection::at`] has brought there already.
    pub(crate) fn users_in<'p>(
        &'p self,
        population: &'p Population,
        now: Millis,
    ) -> impl Iterator<Item = KnownUser<'p>> {
        population
            .users_at(&self.rules, now)
            .into_iter()
            .map(|(id, state)| KnownUser { id, state })
    }
}

/// A message as it was stored; `None` if it cannot be read.
fn read(event: &StoredEvent) -> Option<Message> {
    match serde_json::from_str(&event.body) {
        Ok(message) => Some(message),
        Err(error) => {
            // Nothing like that is taken in; somebody has written to the database.
            tracing::warn!(position = %event.position, %error, "a stored event is not readable");
            None
        }
    }
}

#[cfg(test)]
mod tests;
