//! What decides about one kind of subject, users or accounts: conditions over what is remembered.

use firstvalue_model::time::Millis;
use firstvalue_model::{Comparison, EventMatch, GuideStanding, Query};
use serde::Serialize;

use crate::memory::Keep;
use crate::uses::Uses;

/// Conditions on users, or those on accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Graph {
    /// Conditions; those that one is made of stand before it.
    pub nodes: Vec<Node>,
    pub atoms: Vec<Atom>,
    pub sequences: Vec<Sequence>,
    /// How many of the conditions can be decided before accounts and users look at each other for
    /// the first time, the second time, and so on; empty where all can at once.
    pub rounds: Vec<u32>,
    /// What follows from all this.
    pub uses: Uses,
}

impl Graph {
    /// The end of the conditions that can be decided in a round, counted from 0.
    pub fn end_of_round(&self, round: usize) -> u32 {
        let all = || u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.rounds.get(round).copied().unwrap_or_else(all)
    }
}

impl Graph {
    /// How far a count goes, of which only as much is remembered as is asked.
    pub fn most_known(&self, of: &Quantity) -> Option<f64> {
        let keep = |counted: &Counted| Some(&self.atoms.get(counted.atom as usize)?.keep);
        let most = match of {
            Quantity::Times(counted) if counted.within.is_some() => keep(counted)?.times,
            Quantity::Days(counted) => keep(counted)?.days,
            Quantity::Weeks(counted) => keep(counted)?.weeks,
            Quantity::Distinct(counted, place) => {
                keep(counted)?.distinct.get(*place as usize)?.most
            }
            _ => return None,
        };
        Some(most.into())
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Node {
    /// A number satisfies a comparison; false while the number is not known.
    Compare {
        of: Quantity,
        is: Comparison,
    },
    Sequence(u32),
    /// A milestone is reached.
    Reached(u32),
    Guide {
        guide: u32,
        is: GuideStanding,
    },
    User(Query),
    Account(Query),
    /// Of a user: what accounts are asked at this place of [`crate::rules::Shared`] holds of theirs.
    Theirs(u32),
    Page(String),
    Element(String),
    All(Vec<u32>),
    Any(Vec<u32>),
    Not(u32),
}

impl Node {
    /// How a condition asks for at least so many, over which atom. Such a one is ended by waiting alone,
    /// never by an event.
    pub fn at_least(&self) -> Option<(u32, AtLeast)> {
        let Self::Compare { of, is } = self else {
            return None;
        };
        let least = is.least_count()?;
        match of {
            Quantity::Times(Counted { atom, within }) => {
                let within = *within;
                Some((*atom, AtLeast::Events(Times { least, within })))
            }
            Quantity::Days(of) | Quantity::Weeks(of) | Quantity::Distinct(of, _) => {
                Some((of.atom, AtLeast::Others))
            }
            _ => None,
        }
    }
}

/// What a condition asks for at least so many of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum AtLeast {
    Events(Times),
    /// Days, weeks or values.
    Others,
}

/// At least so many events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Times {
    pub least: u32,
    /// How far back; for ever when absent.
    pub within: Option<Millis>,
}

/// A number that is known of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Quantity {
    Times(Counted),
    Days(Counted),
    Weeks(Counted),
    /// Of an atom: the sum at this place of what it keeps.
    Sum(u32, u32),
    /// Of an atom: the distinct values at this place of what it keeps.
    Distinct(Counted, u32),
    /// Milliseconds since the latest event of an atom.
    Last(u32),
    /// Milliseconds since the earliest event of an atom.
    First(u32),
    /// Milliseconds since sign-up.
    Signup,
    /// Milliseconds since a milestone was reached.
    Reached(u32),
    /// A trait of the user, by its dotted path.
    User(String),
    /// A trait of the account, by its dotted path.
    Account(String),
    /// Of an account: for how many of its users what they are asked at this place of
    /// [`crate::rules::Shared`] holds.
    Users(u32),
}

/// What of an atom is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Counted {
    pub atom: u32,
    /// How far back; for ever when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Millis>,
}

impl Quantity {
    /// Whether it changes by nothing but waiting.
    pub fn waits(&self, atoms: &[Atom]) -> bool {
        match self {
            Self::Times(counted)
            | Self::Days(counted)
            | Self::Weeks(counted)
            | Self::Distinct(counted, _) => counted.within.is_some(),
            Self::Sum(atom, place) => atoms
                .get(*atom as usize)
                .and_then(|atom| atom.keep.sums.get(*place as usize))
                .is_some_and(|sum| sum.within.is_some()),
            Self::Last(_) | Self::First(_) | Self::Signup | Self::Reached(_) => true,
            Self::User(_) | Self::Account(_) | Self::Users(_) => false,
        }
    }
}

/// Events that match, and what must be remembered of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Atom {
    pub event: EventMatch,
    pub keep: Keep,
    /// Finds what was remembered under another version of the playbook.
    pub key: u64,
}

/// Events that must happen in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Sequence {
    pub events: Vec<EventMatch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Millis>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<EventMatch>,
    /// Finds what was remembered under another version of the playbook.
    pub key: u64,
}
