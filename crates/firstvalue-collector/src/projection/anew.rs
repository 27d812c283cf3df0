//! Deciding anew: of some users, or of all.

use std::collections::BTreeSet;

use firstvalue_engine::{Call, Joins};
use firstvalue_store::{Reader, StoreError};

use super::recomputing::Progress;
use super::{Projection, read};

impl Projection {
    /// Takes what was stored since, and decides anew whatever has to be.
    pub(super) fn complete(&mut self, reader: &Reader) -> Result<(), StoreError> {
        self.catch_up(reader)?;
        if !self.stale && !self.outdated.is_empty() {
            self.decide_outdated(reader)?;
            // By then nothing can be late any more, unless the store was written to by somebody else.
            self.stale |= !self.outdated.is_empty();
        }
        // A second time if the first page of all turns up on the way.
        while self.stale {
            self.rebuild(reader, &Progress::default())?;
            self.catch_up(reader)?;
        }
        Ok(())
    }

    /// Decides everything anew, by time, unless somebody does not want it any more. Tells how far it has
    /// come.
    pub(super) fn rebuild(
        &mut self,
        reader: &Reader,
        progress: &Progress,
    ) -> Result<(), StoreError> {
        let started = std::time::Instant::now();
        let mut rebuilt = Self::of(self.playbook.clone(), self.holds_pages);
        progress.begin(reader.count()?);
        rebuilt.joins = joins(reader)?;
        rebuilt.taken = reader.by_time(|event| {
            rebuilt.take(&event);
            progress.goes_on()
        })?;
        tracing::debug!(
            events = rebuilt.events,
            users = rebuilt.population.len(),
            milliseconds = started.elapsed().as_millis(),
            "read all events anew"
        );
        *self = rebuilt;
        Ok(())
    }

    /// Decides anew of those who are outdated, and of whoever shares an account with them.
    fn decide_outdated(&mut self, reader: &Reader) -> Result<(), StoreError> {
        // Until it is done: an error on the way must not let anybody be forgotten.
        self.stale = true;
        let outdated = std::mem::take(&mut self.outdated);
        let circle = Circle::of(outdated, &self.joins, reader)?;
        let ids: Vec<String> = circle.ids.into_iter().collect();
        if ids.len() > self.population.len() / 2 + 100 {
            // Going through everything by time is less work than finding so many.
            return Ok(());
        }
        let events = reader.done_under(&ids, self.taken)?;
        self.stale = false;
        for id in &ids {
            self.population.forget_user(id);
            self.last_seen.remove(id);
            self.reached.iter_mut().for_each(|reached| {
                reached.remove(id);
            });
            self.guides.iter_mut().for_each(|guide| guide.forget(id));
        }
        for account in &circle.accounts {
            self.population.forget_account(&self.rules, account);
        }
        self.joins.forget(&ids);
        let events = events.iter();
        let messages: Vec<_> = events
            .filter_map(|event| Some((read(event)?, event.at)))
            .collect();
        // What is said of an id counts for its person from the beginning.
        for (message, at) in &messages {
            if let Some(call) = Call::of(message, *at)
                && let Some(id) = call.joins
            {
                self.joins.join(id, call.user);
            }
        }
        for (message, at) in &messages {
            self.hear(message, *at);
        }
        tracing::debug!(ids = ids.len(), events = messages.len(), "decided anew");
        Ok(())
    }
}

/// Who has several ids, as everything in the store says it.
fn joins(reader: &Reader) -> Result<Joins, StoreError> {
    let mut joins = Joins::new();
    reader.joins(|event| {
        if let Some(message) = read(&event)
            && let Some(call) = Call::of(&message, event.at)
            && let Some(id) = call.joins
        {
            joins.join(id, call.user);
        }
    })?;
    Ok(joins)
}

/// Users whose doings can decide something about each other: who was ever in an account with one of
/// them, and so on, since accounts may decide about their users by what these have done elsewhere.
struct Circle {
    /// Under all their ids.
    ids: BTreeSet<String>,
    accounts: BTreeSet<String>,
}

impl Circle {
    fn of(
        people: impl IntoIterator<Item = String>,
        joins: &Joins,
        reader: &Reader,
    ) -> Result<Self, StoreError> {
        let mut circle = Self {
            ids: BTreeSet::new(),
            accounts: BTreeSet::new(),
        };
        let mut ids = circle.let_in(people, joins);
        while !ids.is_empty() {
            let mut accounts = reader.accounts_of(&ids)?;
            accounts.retain(|account| circle.accounts.insert(account.clone()));
            let mut others = reader.users_of(&accounts)?;
            // Also those with whom they were not joined: whether they are depends on what comes first.
            others.extend(reader.named_with(&ids)?);
            ids = circle.let_in(others, joins);
        }
        Ok(circle)
    }

    /// Adds people under all their ids, and returns those that are new.
    fn let_in(&mut self, people: impl IntoIterator<Item = String>, joins: &Joins) -> Vec<String> {
        let mut new = Vec::new();
        for person in people {
            for id in joins.ids(joins.of(&person)) {
                if self.ids.insert(id.to_owned()) {
                    new.push(id.to_owned());
                }
            }
        }
        new
    }
}
