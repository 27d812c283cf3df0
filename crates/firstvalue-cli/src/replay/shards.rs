//! All users, spread over shards that work at the same time.
//!
//! A user lives in one shard, and the users of an account live together, since what one of them
//! does may decide something for the others. So each account has a shard, and whoever has none
//! lives where their own name says. A user who joins an account elsewhere moves there, and takes
//! along what is remembered of them.

mod homes;
mod shard;
mod told;

use std::borrow::Cow;

use firstvalue_engine::{Joins, Rules, State};
use firstvalue_model::time::Millis;

use super::log::{Event, Lines};
use super::workers;
pub use homes::Homes;
pub use shard::Wanted;
use shard::{Numbered, Shard, Task};
pub use told::{Told, Who};

/// An event, and where its user lived when the block began that holds it.
pub struct Placed<'b> {
    /// What happened.
    pub event: Event<'b>,
    /// The shard.
    pub home: usize,
}

impl<'b> Placed<'b> {
    /// Reads a line of a log, for the person behind the id that it gives.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(
        line: &'b [u8],
        lines: &mut Lines<'_>,
        joins: &Joins,
        homes: &Homes,
    ) -> Result<Self, String> {
        let mut event = lines.read(line)?;
        if !joins.is_empty() {
            let person = joins.of(&event.user);
            if person != event.user {
                event.user = Cow::Owned(person.to_owned());
            }
        }
        let home = homes.of(&event.user);
        Ok(Self { event, home })
    }
}

/// The shards, for one or several playbooks at once.
pub struct Shards {
    shards: Vec<Shard>,
    homes: Homes,
    /// How many events there were.
    events: u64,
}

impl Shards {
    /// So many shards, in which nobody lives, for so many playbooks.
    pub fn new(shards: usize, playbooks: usize, wanted: Wanted) -> Self {
        let shards = shards.max(1);
        Self {
            shards: (0..shards).map(|_| Shard::new(playbooks, wanted)).collect(),
            homes: Homes::new(shards),
            events: 0,
        }
    }

    /// Has new users begin where they will belong, so that they need not move.
    pub fn settle<'e>(&mut self, events: impl Iterator<Item = &'e Placed<'e>>) {
        if self.shards.len() == 1 {
            return;
        }
        for Placed { event, .. } in events {
            let Some(account) = event.account() else {
                continue;
            };
            let (home, target) = (self.homes.of(&event.user), self.homes.of_account(account));
            let is_known = |shard: &Shard| shard.knows(&event.user);
            if home != target && !self.shards.get(home).is_some_and(is_known) {
                self.homes.settle(&event.user, target);
            }
        }
    }

    /// Applies events, which come by time, on a thread for each shard. Each of these then does what
    /// there is to be done `besides`, where users live in these homes.
    pub fn apply<'e>(
        &mut self,
        rules: &[Rules],
        events: impl Iterator<Item = &'e Placed<'e>>,
        besides: impl Fn(&Homes) + Sync,
    ) {
        let tasks = self.tasks(events);
        let (shards, homes) = (self.shards.iter_mut(), &self.homes);
        workers::map(
            shards.zip(tasks).collect(),
            |(shard, tasks): (&mut Shard, _)| {
                shard.work(rules, tasks);
                besides(homes);
            },
        );
    }

    /// Gives each shard its part of the events, with the moves between them.
    fn tasks<'e>(
        &mut self,
        events: impl Iterator<Item = &'e Placed<'e>>,
    ) -> Vec<Vec<Numbered<'e>>> {
        let mut tasks: Vec<Vec<Numbered<'e>>> = self.shards.iter().map(|_| Vec::new()).collect();
        // Whoever is settled elsewhere than the events say was settled or has moved in this block.
        let asks_again = self.homes.take_changed();
        for Placed { event, home } in events {
            self.events += 1;
            let mut home = *home;
            if asks_again || self.homes.has_changed() {
                home = self.homes.of(&event.user);
            }
            if let Some(account) = event.account() {
                let target = self.homes.of_account(account);
                if target != home {
                    let (from, to) = shard::door();
                    push(&mut tasks, home, (self.events, Task::Leave(event, from)));
                    push(&mut tasks, target, (self.events, Task::Arrive(to)));
                    self.homes.settle(&event.user, target);
                    home = target;
                }
            }
            push(&mut tasks, home, (self.events, Task::Apply(event)));
        }
        self.homes.take_changed();
        tasks
    }

    /// Whether so much has happened since the last time that it is worth while to look through
    /// everybody for what changes by waiting.
    pub fn is_worth_advancing(&self) -> bool {
        self.shards.iter().any(Shard::is_worth_advancing)
    }

    /// Lets time pass for everybody until just before `horizon`, and takes what happened before it,
    /// for each playbook in the order of replays. Nothing may happen before it any more.
    pub fn advance(&mut self, rules: &[Rules], horizon: Millis) -> Vec<Vec<Told>> {
        let parts = workers::map(self.shards.iter_mut().collect(), |shard: &mut Shard| {
            shard.advance(rules, horizon)
        });
        let mut ready: Vec<Vec<Told>> = Vec::new();
        for part in parts {
            for (place, told) in part.into_iter().enumerate() {
                match ready.get_mut(place) {
                    Some(before) => before.extend(told),
                    None => ready.push(told),
                }
            }
        }
        for told in &mut ready {
            // Stable: what happened to one user at one moment stays as it happened.
            told.sort_by(Told::order);
        }
        ready
    }

    /// All users under one of the playbooks, in no order.
    pub fn users(&self, playbook: usize) -> impl Iterator<Item = (&str, &State)> {
        self.shards
            .iter()
            .filter_map(move |shard| shard.population(playbook))
            .flat_map(|population| population.users())
    }

    /// All accounts under one of the playbooks, in no order.
    pub fn accounts(&self, playbook: usize) -> impl Iterator<Item = (&str, &State)> {
        self.shards
            .iter()
            .filter_map(move |shard| shard.population(playbook))
            .flat_map(|population| population.accounts())
    }

    /// A user under one of the playbooks.
    pub fn user(&self, playbook: usize, user: &str) -> Option<&State> {
        let shard = self.shards.get(self.homes.of(user))?;
        shard.population(playbook)?.user(user)
    }

    /// The account that a user belongs to.
    pub fn account_of(&self, user: &str) -> Option<&str> {
        let shard = self.shards.get(self.homes.of(user))?;
        shard.population(0)?.account_of(user)
    }
}

fn push<'e>(tasks: &mut [Vec<Numbered<'e>>], shard: usize, task: Numbered<'e>) {
    if let Some(tasks) = tasks.get_mut(shard) {
        tasks.push(task);
    }
}
