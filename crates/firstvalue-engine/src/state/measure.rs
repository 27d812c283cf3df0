//! The numbers that are known of a user or an account, and how they compare.

use firstvalue_model::Comparison;
use firstvalue_model::time::Millis;

use super::State;
use super::evaluate::Known;
use crate::graph::{Counted, Quantity};
use crate::memory::{Memory, Moments};
use crate::query;
use crate::rules::Rules;
use crate::waiting::{self, Truth};

/// What makes up a number.
enum Measured<'m> {
    /// How many moments lie in a window.
    Moments(Moments<'m>, Option<Millis>),
    /// The time that has passed since then.
    Since(Millis),
    /// A number that stays until then.
    Number(f64, Option<Millis>),
}

impl State {
    /// Whether a number satisfies a comparison now, and until when.
    pub(super) fn compare(
        &mut self,
        rules: &Rules,
        of: &Quantity,
        is: &Comparison,
        now: Millis,
        known: &Known,
    ) -> Truth {
        if let Quantity::Sum(atom, place) = of
            && let Some(memory) = self.memories.get_mut(*atom as usize)
            && let Some(atom) = rules.graph(self.per).atoms.get(*atom as usize)
        {
            memory.forget(*place, &atom.keep, now);
        }
        match self.measure(rules, of, now, known) {
            None => Truth::constant(false),
            Some(Measured::Moments(moments, within)) => {
                waiting::counted(is, moments.len(), |n| moments.latest(n), within, now)
            }
            Some(Measured::Since(start)) => waiting::elapsed(is, start, now),
            Some(Measured::Number(number, until)) => Truth {
                holds: is.holds(number),
                until,
            },
        }
    }

    /// A number as it is now, if it is known. Counts go no further than the playbook asks.
    pub(crate) fn number(
        &self,
        rules: &Rules,
        of: &Quantity,
        now: Millis,
        known: &Known,
    ) -> Option<f64> {
        Some(match self.measure(rules, of, now, known)? {
            Measured::Moments(moments, within) => {
                waiting::in_window(moments.len(), |n| moments.latest(n), within, now) as f64
            }
            Measured::Since(start) => now.saturating_sub(start) as f64,
            Measured::Number(number, _) => number,
        })
    }

    fn measure(
        &self,
        rules: &Rules,
        of: &Quantity,
        now: Millis,
        known: &Known,
    ) -> Option<Measured<'_>> {
        let moments = |moments, counted: &Counted| Measured::Moments(moments, counted.within);
        Some(match of {
            // Without a window the number alone is remembered.
            Quantity::Times(Counted { atom, within: None }) => {
                Measured::Number(self.memory(*atom)?.count as f64, None)
            }
            Quantity::Times(of) => moments(self.memory(of.atom)?.times(), of),
            Quantity::Days(of) => moments(self.memory(of.atom)?.days(), of),
            Quantity::Weeks(of) => moments(self.memory(of.atom)?.weeks(), of),
            Quantity::Distinct(of, place) => moments(self.memory(of.atom)?.values(*place), of),
            Quantity::Sum(atom, place) => {
                let index = *atom as usize;
                let keep = &rules.graph(self.per).atoms.get(index)?.keep;
                let (sum, until) = self.memories.get(index)?.sum_at(*place, keep, now);
                Measured::Number(sum, until)
            }
            Quantity::Last(atom) => Measured::Since(self.happened(*atom)?.last),
            Quantity::First(atom) => Measured::Since(self.happened(*atom)?.first),
            Quantity::Signup => Measured::Since(self.signup()?),
            Quantity::Reached(milestone) => Measured::Since(self.milestone(*milestone as usize)?),
            Quantity::User(path) => {
                Measured::Number(query::value_at(known.user(self), path).as_f64()?, None)
            }
            Quantity::Account(path) => {
                Measured::Number(query::value_at(known.account(self), path).as_f64()?, None)
            }
            Quantity::Users(place) => Measured::Number(self.shared(*place).into(), None),
        })
    }

    fn memory(&self, atom: u32) -> Option<&Memory> {
        self.memories.get(atom as usize)
    }

    /// What is remembered of events of which there was one.
    fn happened(&self, atom: u32) -> Option<&Memory> {
        self.memory(atom).filter(|memory| memory.count > 0)
    }
}
