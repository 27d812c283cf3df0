//! Deciding anew: of some users, or of all.

use std::collections::BTreeSet;

use firstvalue_engine::Joins;
use firstvalue_store::{Reader, StoreError, StoredEvent};

use super::recomputing::Progress;
use super::{Projection, read};

impl Projection {
    /// Takes what was stored since, and decides anew whatever has to be.
    pub(super) fn complete(&mut self, reader: &dyn Reader) -> Result<(), StoreError> {
        self.catch_up(reader)?;
        if !self.stale && !self.is_up_to_date() {
            self.decide_outdated(reader)?;
            // By then nothing can be late any more, unless the store was written to by somebody else.
            self.stale |= !self.is_up_to_date();
        }
        // A second time if the first page of all turns up on the way.
        while self.stale {
            self.rebuild(reader, &Progress::default())?;
            self.catch_up(reader)?;
        }
        Ok(())
    }

    /// Whether nothing has to be decided anew.
    pub(super) fn is_up_to_date(&self) -> bool {
        self.outdated.is_empty() && self.outdated_accounts.is_empty()
    }

    /// Decides everything anew, by time, unless somebody does not want it any more. Tells how far it has
    /// come.
    pub(super) fn rebuild(
        &mut self,
        reader: &dyn Reader,
        progress: &Progress,
    ) -> Result<(), StoreError> {
        let started = std::time::Instant::now();
        let mut rebuilt = Self {
            basis: self.basis,
            // Before anything is read: what is taken out meanwhile may or may not be among it.
            removals: reader.removals()?,
            ..Self::of(self.playbook.clone(), self.holds_pages)
        };
        progress.begin(reader.count()?);
        rebuilt.joins = joins(reader)?;
        rebuilt.taken = reader.by_time(&mut |event| {
            rebuilt.take(&event);
            progress.goes_on()
        })?;
        tracing::debug!(
            events = rebuilt.events,
            users = rebuilt.population.len(),
            milliseconds = started.elapsed().as_millis(),
            "read all events anew"
        );
        // Whoever does not want it any more has stopped it on the way.
        rebuilt.stale |= !progress.is_wanted();
        *self = rebuilt;
        Ok(())
    }

    /// Decides anew of those who are outdated, and of whoever shares an account with them.
    pub(super) fn decide_outdated(&mut self, reader: &dyn Reader) -> Result<(), StoreError> {
        // Until it is done: an error on the way must not let anybody be forgotten.
        self.stale = true;
        let outdated = std::mem::take(&mut self.outdated);
        let accounts = std::mem::take(&mut self.outdated_accounts);
        let circle = Circle::of(outdated, accounts, &self.joins, reader)?;
        let ids: Vec<String> = circle.ids.into_iter().collect();
        if ids.len() > self.population.len() / 2 + 100 {
            // Going through everything by time is less work than finding so many.
            return Ok(());
        }
        for id in &ids {
            self.forget(id);
        }
        for account in &circle.accounts {
            self.population.forget_account(&self.rules, account);
        }
        self.joins.forget(&ids);
        // What is said of an id counts for its person from the beginning.
        let mut join_ids = |event| join(&mut self.joins, &event);
        reader.joined_under(&ids, self.taken, &mut join_ids)?;
        self.stale = false;
        let mut events: u64 = 0;
        let read = reader.done_under(&ids, self.taken, &mut |event| {
            events += 1;
            self.take(&event);
        });
        // What was heard only in part is to be heard from the beginning.
        self.stale |= read.is_err();
        tracing::debug!(ids = ids.len(), events, "decided anew");
        read
    }

    /// Forgets what is known under an id.
    fn forget(&mut self, id: &str) {
        self.population.forget_user(id);
        if let Some(seen) = self.seen.remove(id) {
            self.events -= seen.events;
        }
        for guide in &mut self.guides {
            guide.forget(id);
        }
    }
}

/// Who has several ids, as everything in the store says it.
fn joins(reader: &dyn Reader) -> Result<Joins, StoreError> {
    let mut joins = Joins::new();
    reader.joins(&mut |event| join(&mut joins, &event))?;
    Ok(joins)
}

/// Joins the ids of which a message says that they are one person's.
fn join(joins: &mut Joins, event: &StoredEvent) {
    if let Some(message) = read(event)
        && let (Some(id), Some(user)) = (message.earlier_id(), message.user())
    {
        joins.join(id, user);
    }
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
        accounts: impl IntoIterator<Item = String>,
        joins: &Joins,
        reader: &dyn Reader,
    ) -> Result<Self, StoreError> {
        let accounts = BTreeSet::from_iter(accounts);
        let members = reader.users_of(&Vec::from_iter(accounts.iter().cloned()))?;
        let mut circle = Self {
            ids: BTreeSet::new(),
            accounts,
        };
        let mut ids = circle.let_in(people.into_iter().chain(members), joins);
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
