//! One shard: some of the users, with all who belong to the same accounts.

use std::sync::mpsc::{Receiver, Sender, channel};

use firstvalue_engine::{Change, Decision, Member, Population, Rules};
use firstvalue_model::time::Millis;

use super::told::{Told, Who};
use crate::replay::log::Event;

/// Which changes are to be told.
pub type Wanted = fn(&Change) -> bool;

/// What a shard is to do next.
pub enum Task<'e> {
    /// Something happened to a user who lives here.
    Apply(&'e Event<'e>),
    /// The user of an event leaves, when it happens, for the shard behind a door.
    Leave(&'e Event<'e>, Door),
    /// A user comes through a door; this waits for them.
    Arrive(Receiver<Moving>),
}

/// A task, and the number of the event that it is about.
pub type Numbered<'e> = (u64, Task<'e>);

/// What is remembered of a user who moves, for each playbook.
pub type Moving = Vec<Option<Member>>;

/// The side of a door through which a user leaves.
pub type Door = Sender<Moving>;

/// A door from one shard to another for one user to pass.
///
/// No two shards can wait for each other for ever: each does its tasks by time, so the one that has
/// the earliest task left never waits.
pub fn door() -> (Door, Receiver<Moving>) {
    channel()
}

/// The users of a shard, once for each playbook.
pub struct Shard {
    worlds: Vec<World>,
    wanted: Wanted,
    /// Since time last passed for everybody.
    events: usize,
    /// The number of the latest event.
    number: u64,
}

#[derive(Default)]
struct World {
    population: Population,
    decisions: Vec<Decision>,
    told: Vec<Told>,
}

impl Shard {
    /// Nobody lives here.
    pub fn new(playbooks: usize, wanted: Wanted) -> Self {
        Self {
            worlds: (0..playbooks).map(|_| World::default()).collect(),
            wanted,
            events: 0,
            number: 0,
        }
    }

    /// Whether a user has been seen here.
    pub fn knows(&self, user: &str) -> bool {
        let first = self.worlds.first();
        first.is_some_and(|world| world.population.user(user).is_some())
    }

    /// The users under one of the playbooks.
    pub fn population(&self, playbook: usize) -> Option<&Population> {
        self.worlds.get(playbook).map(|world| &world.population)
    }

    /// Does tasks in their order.
    pub fn work(&mut self, rules: &[Rules], tasks: Vec<Numbered<'_>>) {
        self.events += tasks.len();
        for (number, task) in tasks {
            self.number = number;
            match task {
                Task::Apply(event) => {
                    event.tell(|call| {
                        for (world, rules) in self.worlds.iter_mut().zip(rules) {
                            world.population.apply(rules, call, &mut world.decisions);
                            world.tell(self.wanted, self.number, "");
                        }
                    });
                }
                Task::Leave(Event { user, at, .. }, to) => {
                    let worlds = self.worlds.iter_mut().zip(rules);
                    let leaving = worlds.map(|(world, rules)| {
                        let left = world
                            .population
                            .take(rules, user, *at, &mut world.decisions);
                        world.tell(self.wanted, self.number, user);
                        left
                    });
                    // Whoever waits for them has not gone before they come.
                    let _ = to.send(leaving.collect());
                }
                Task::Arrive(from) => {
                    let arriving = from.recv().unwrap_or_default();
                    for (world, member) in self.worlds.iter_mut().zip(arriving) {
                        if let Some(member) = member {
                            world.population.put(member);
                        }
                    }
                }
            }
        }
    }

    /// Whether there were as many events as there are users since time last passed for everybody.
    /// Looking at everybody so costs no more than the events did.
    pub fn is_worth_advancing(&self) -> bool {
        let users = self.worlds.first().map(|world| world.population.len());
        users.is_some_and(|users| self.events >= users)
    }

    /// Lets time pass until just before `horizon`, and takes what happened before it, in order, for
    /// each playbook.
    pub fn advance(&mut self, rules: &[Rules], horizon: Millis) -> Vec<Vec<Told>> {
        self.events = 0;
        let worlds = self.worlds.iter_mut().zip(rules);
        let ready = worlds.map(|(world, rules)| {
            let now = horizon.saturating_sub(1);
            world.population.advance(rules, now, &mut world.decisions);
            world.tell(self.wanted, self.number, "");
            let told = &mut world.told;
            // Stable: what happened to one user at one moment stays as it happened.
            told.sort_by(Told::order);
            let ready = told.partition_point(|told| told.at() < horizon);
            told.drain(..ready).collect()
        });
        ready.collect()
    }
}

impl World {
    /// Notes what was decided, with the names of whom it is about; a user who has just left, and
    /// whose name only the caller knows, is `left`.
    fn tell(&mut self, wanted: Wanted, number: u64, left: &str) {
        let population = &self.population;
        let wanted = self.decisions.drain(..).filter(|it| wanted(&it.change));
        self.told
            .extend(wanted.map(|Decision { subject, change }| Told {
                who: match population.name(subject) {
                    "" => Who::User(left.into()),
                    name => Who::of(subject, name),
                },
                number,
                change,
            }));
    }
}
