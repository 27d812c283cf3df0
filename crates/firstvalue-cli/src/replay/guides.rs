//! Which guides became eligible for whom, and which of them at the same time.

use std::collections::{BTreeMap, HashMap};
use std::io;

use firstvalue_engine::{Change, Rules};
use firstvalue_model::time::Millis;

use super::play::Audience;
use super::shards::{Told, Wanted, Who};

/// How guides have met users, for each of several playbooks.
pub struct Guides(Vec<Meetings>);

impl Guides {
    /// Nobody has met a guide yet.
    pub fn new(playbooks: &[Rules]) -> Self {
        Self(playbooks.iter().map(Meetings::new).collect())
    }

    /// How the guides of each playbook have met users.
    pub fn meetings(mut self) -> Vec<Meetings> {
        self.0.iter_mut().for_each(Meetings::finish_moment);
        self.0
    }
}

impl Audience for Guides {
    fn wants(&self) -> Wanted {
        |change| matches!(change, Change::Guide { .. })
    }

    fn restart(&mut self) {
        self.0.iter_mut().for_each(Meetings::restart);
    }

    fn tell(&mut self, playbook: usize, told: &Told) -> io::Result<()> {
        if let Some(meetings) = self.0.get_mut(playbook) {
            meetings.tell(told);
        }
        Ok(())
    }
}

/// How the guides of one playbook have met users.
pub struct Meetings {
    /// By guide: its priority, if it starts by itself.
    priorities: Vec<Option<i32>>,
    users: HashMap<Box<str>, Met>,
    /// The moment that is being told of, and of whom.
    moment: Option<(Millis, Box<str>)>,
    /// By pair of guides, the winner first.
    competing: BTreeMap<(usize, usize), usize>,
}

/// Guides by their places in the playbook, each list sorted.
#[derive(Default)]
struct Met {
    now: Vec<usize>,
    ever: Vec<usize>,
    /// Those that were once the first in line.
    led: Vec<usize>,
    competed: Vec<(usize, usize)>,
}

impl Meetings {
    fn new(rules: &Rules) -> Self {
        let guides = rules.guides.iter();
        Self {
            priorities: guides
                .map(|guide| guide.automatic.then_some(guide.priority))
                .collect(),
            users: HashMap::new(),
            moment: None,
            competing: BTreeMap::new(),
        }
    }

    /// For how many users a guide became eligible.
    pub fn eligible(&self, guide: usize) -> usize {
        let users = self.users.values();
        users.filter(|met| met.ever.contains(&guide)).count()
    }

    /// For whom a guide became eligible.
    pub fn users(&self, guide: usize) -> impl Iterator<Item = &str> {
        let users = self.users.iter();
        users
            .filter(move |(_, met)| met.ever.contains(&guide))
            .map(|(user, _)| &**user)
    }

    /// Whether a guide became eligible for a user.
    pub fn has_met(&self, user: &str, guide: usize) -> bool {
        let met = self.users.get(user);
        met.is_some_and(|met| met.ever.contains(&guide))
    }

    /// For how many users a guide was only ever eligible while another one went before it.
    pub fn always_behind(&self, guide: usize) -> usize {
        let behind = |met: &&Met| met.ever.contains(&guide) && !met.led.contains(&guide);
        match self.priorities.get(guide) {
            Some(Some(_)) => self.users.values().filter(behind).count(),
            _ => 0,
        }
    }

    /// Pairs of guides that were eligible for a user at the same time, the one that goes first
    /// first, with the number of users; the most frequent first.
    pub fn competing(&self) -> Vec<((usize, usize), usize)> {
        let mut pairs: Vec<_> = self
            .competing
            .iter()
            .map(|(pair, users)| (*pair, *users))
            .collect();
        pairs.sort_by_key(|(_, users)| std::cmp::Reverse(*users));
        pairs
    }

    fn restart(&mut self) {
        self.users.clear();
        self.moment = None;
        self.competing.clear();
    }

    fn tell(&mut self, told: &Told) {
        let (
            Who::User(user),
            Change::Guide {
                guide,
                at,
                eligible,
            },
        ) = (&told.who, told.change)
        else {
            return;
        };
        let is_same = |(moment, who): &(Millis, Box<str>)| *moment == at && who == user;
        if !self.moment.as_ref().is_some_and(is_same) {
            self.finish_moment();
            self.moment = Some((at, user.clone()));
        }
        let met = self.users.entry(user.clone()).or_default();
        if eligible {
            insert(&mut met.now, guide);
            insert(&mut met.ever, guide);
        } else {
            met.now.retain(|other| *other != guide);
        }
    }

    /// Notes who stands beside whom once everything that happened at a moment is told: what gives
    /// way to another at one moment has not competed with it.
    fn finish_moment(&mut self) {
        let Some((_, user)) = self.moment.take() else {
            return;
        };
        let Some(met) = self.users.get_mut(&user) else {
            return;
        };
        let priority = |guide: usize| self.priorities.get(guide).copied().flatten();
        let mut line: Vec<(std::cmp::Reverse<i32>, usize)> = met
            .now
            .iter()
            .filter_map(|&guide| Some((std::cmp::Reverse(priority(guide)?), guide)))
            .collect();
        // Of guides of the same priority that with the lesser id goes first.
        line.sort_unstable();
        let line: Vec<usize> = line.into_iter().map(|(_, guide)| guide).collect();
        if let Some(&first) = line.first() {
            insert(&mut met.led, first);
        }
        for (place, &first) in line.iter().enumerate() {
            for &second in line.iter().skip(place + 1) {
                if insert(&mut met.competed, (first, second)) {
                    *self.competing.entry((first, second)).or_default() += 1;
                }
            }
        }
    }
}

/// Puts something into a sorted list, unless it is there.
fn insert<T: Ord>(list: &mut Vec<T>, new: T) -> bool {
    match list.binary_search(&new) {
        Ok(_) => false,
        Err(place) => {
            list.insert(place, new);
            true
        }
    }
}
