//! What was decided, and about whom: decisions that outlive the places in a population.

use std::cmp::Ordering;

use firstvalue_engine::{Change, Subject};
use firstvalue_model::time::Millis;

/// Whom something was decided about. Accounts come before users.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// An account.
    Account(Box<str>),
    /// A user.
    User(Box<str>),
}

impl Who {
    /// A user or an account of a name.
    pub fn of(subject: Subject, name: &str) -> Self {
        match subject {
            Subject::Account(_) => Self::Account(name.into()),
            Subject::User(_) => Self::User(name.into()),
        }
    }
}

/// Something that became true or false of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Of whom.
    pub who: Who,
    /// The number of the latest event before it: of what is told of one user at one moment in two
    /// shards, it says what came first.
    pub number: u64,
    /// What.
    pub change: Change,
}

impl Told {
    /// When.
    pub fn at(&self) -> Millis {
        self.change.at()
    }

    /// The order in which a replay tells: by time, then by whom it is about; of one moment milestones before
    /// guides, each by id; then as it happened.
    pub fn order(&self, other: &Self) -> Ordering {
        let who = || self.who.cmp(&other.who);
        self.at()
            .cmp(&other.at())
            .then_with(who)
            .then(self.what().cmp(&other.what()))
            .then(self.number.cmp(&other.number))
    }

    /// Milestones before guides, each by its place among the others, which is that of its id: what one
    /// thread tells of a moment in two rounds, several may tell in one.
    fn what(&self) -> (bool, usize) {
        match self.change {
            Change::Milestone { milestone, .. } => (false, milestone),
            Change::Guide { guide, .. } => (true, guide),
        }
    }
}
