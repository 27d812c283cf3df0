//! How much is remembered.

use firstvalue_model::time::Millis;

use crate::bytes::{Reader, Writer};

/// How much must be remembered of the events that match an atom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keep {
    /// The times of that many latest events.
    pub times: u32,
    /// That many latest distinct calendar days.
    pub days: u32,
    /// That many latest distinct calendar weeks.
    pub weeks: u32,
    /// Sums of properties.
    pub sums: Vec<SumKept>,
    /// Distinct values of properties.
    pub distinct: Vec<DistinctKept>,
}

impl Keep {
    /// Whether it is more than how many there were, the earliest, and the latest.
    pub(crate) fn is_more(&self) -> bool {
        *self != Self::default()
    }

    /// Has that much kept besides.
    pub(crate) fn add(&mut self, other: Self) {
        self.times = self.times.max(other.times);
        self.days = self.days.max(other.days);
        self.weeks = self.weeks.max(other.weeks);
        for sum in other.sums {
            if !self.sums.contains(&sum) {
                self.sums.push(sum);
            }
        }
        for values in other.distinct {
            match self
                .distinct
                .iter_mut()
                .find(|kept| kept.property == values.property)
            {
                Some(kept) => kept.most = kept.most.max(values.most),
                None => self.distinct.push(values),
            }
        }
    }
}

/// A sum that is kept. In a window this takes every value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SumKept {
    pub property: String,
    /// How far back; for ever when absent.
    pub within: Option<Millis>,
}

impl SumKept {
    pub(crate) fn write(&self, bytes: &mut Writer) {
        bytes.text(&self.property);
        bytes.maybe(self.within);
    }

    pub(crate) fn read(bytes: &mut Reader<'_>) -> Self {
        Self {
            property: bytes.text().to_owned(),
            within: bytes.maybe(),
        }
    }
}

/// Distinct values that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DistinctKept {
    pub property: String,
    /// That many latest ones.
    pub most: u32,
}

/// How many things must be counted exactly to decide a comparison of their number: beyond the
/// largest bound plus one, more of them change nothing.
pub(crate) fn enough_for(bounds: impl Iterator<Item = f64>) -> u32 {
    const MOST: f64 = 1_000_000.0;
    let bound = |bound: f64| bound.max(0.0).floor().min(MOST) as u32 + 1;
    bounds.map(bound).max().unwrap_or(1)
}
