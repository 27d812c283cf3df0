//! Which guides became eligible for whom, and which of them at the same time.

use std::cmp::Reverse;
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
    competing: BTreeMap<(u16, u16), usize>,
}

/// What a user has met; lists that are short and sorted, since there is one for each user.
#[derive(Default)]
struct Met {
    /// Guides that were ever eligible.
    guides: Vec<Once>,
    /// Pairs that competed, the winner first.
    competed: Vec<(u16, u16)>,
}

/// A guide that was once eligible.
#[derive(Clone, Copy)]
struct Once {
    /// Its place in the playbook.
    guide: u16,
    /// It is eligible now.
    now: bool,
    /// It was once the first in line.
    led: bool,
}

impl Met {
    fn guide(&self, guide: usize) -> Option<&Once> {
        self.guides
            .iter()
            .find(|once| usize::from(once.guide) == guide)
    }

    /// Takes in that a guide became eligible, or ceased to be.
    fn set(&mut self, guide: u16, now: bool) {
        match self.guides.binary_search_by_key(&guide, |once| once.guide) {
            Ok(place) => {
                if let Some(once) = self.guides.get_mut(place) {
                    once.now = now;
                }
            }
            Err(place) if now => {
                let led = false;
                self.guides.insert(place, Once { guide, now, led });
            }
            Err(_) => {}
        }
    }
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
        self.users(guide).count()
    }

    /// For whom a guide became eligible.
    pub fn users(&self, guide: usize) -> impl Iterator<Item = &str> {
        let users = self.users.iter();
        users
            .filter(move |(_, met)| met.guide(guide).is_some())
            .map(|(user, _)| &**user)
    }

    /// Whether a guide became eligible for a user.
    pub fn has_met(&self, user: &str, guide: usize) -> bool {
        let met = self.users.get(user);
        met.is_some_and(|met| met.guide(guide).is_some())
    }

    /// For how many users a guide was only ever eligible while another one went before it.
    pub fn always_behind(&self, guide: usize) -> usize {
        let behind = |met: &&Met| met.guide(guide).is_some_and(|once| !once.led);
        match self.priorities.get(guide) {
            Some(Some(_)) => self.users.values().filter(behind).count(),
            _ => 0,
        }
    }

    /// Pairs of guides that were eligible for a user at the same time, the one that goes first
    /// first, with the number of users; the most frequent first.
    pub fn competing(&self) -> Vec<((u16, u16), usize)> {
        let mut pairs: Vec<_> = self
            .competing
            .iter()
            .map(|(pair, users)| (*pair, *users))
            .collect();
        pairs.sort_by_key(|(_, users)| Reverse(*users));
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
        let Ok(guide) = u16::try_from(guide) else {
            return;
        };
        match self.users.get_mut(user) {
            Some(met) => met.set(guide, eligible),
            None => self
                .users
                .entry(user.clone())
                .or_default()
                .set(guide, eligible),
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
        let priority = |once: &Once| *self.priorities.get(usize::from(once.guide))?;
        let eligible = met.guides.iter().filter(|once| once.now);
        let automatic = eligible.filter_map(|once| Some((Reverse(priority(once)?), once.guide)));
        // Of guides of the same priority that with the lesser id goes first.
        let mut line: Vec<(Reverse<i32>, u16)> = automatic.collect();
        line.sort_unstable();
        if let Some((_, first)) = line.first() {
            let first = met.guides.iter_mut().find(|once| once.guide == *first);
            first.into_iter().for_each(|once| once.led = true);
        }
        for (place, (_, first)) in line.iter().enumerate() {
            for (_, second) in line.iter().skip(place + 1) {
                if insert(&mut met.competed, (*first, *second)) {
                    *self.competing.entry((*first, *second)).or_default() += 1;
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
