//! Sums that are exact however many values come and go.

use std::collections::VecDeque;

use firstvalue_model::time::Millis;

use crate::bytes::{Reader, Writer};
use crate::waiting;

/// A sum of numbers, in a window or of all time.
///
/// Numbers are taken as multiples of 2⁻⁶⁴, so that adding and taking away leave no rounding error
/// behind, whatever the order. Below 2⁶³ that is exact for all but numbers smaller than 2⁻¹².
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sum {
    total: i128,
    /// In a window, what makes up the total, oldest first.
    values: VecDeque<(f64, Millis)>,
}

/// 2⁶⁴.
const ONE: f64 = 18_446_744_073_709_551_616.0;

fn fixed(number: f64) -> i128 {
    (number * ONE) as i128
}

impl Sum {
    pub(super) fn add(&mut self, number: f64, at: Millis, within: Option<Millis>) {
        self.total = self.total.saturating_add(fixed(number));
        if within.is_some() {
            self.values.push_back((number, at));
        }
    }

    /// The sum at a moment, and the next one at which a value leaves the window.
    pub(super) fn at(&self, within: Option<Millis>, now: Millis) -> (f64, Option<Millis>) {
        let mut total = self.total;
        let mut until = None;
        for &(number, at) in &self.values {
            until = within.map(|within| waiting::leaves(at, within));
            if until > Some(now) {
                break;
            }
            total = total.saturating_sub(fixed(number));
            until = None;
        }
        (total as f64 / ONE, until)
    }

    /// Forgets what has left the window.
    pub(super) fn forget(&mut self, within: Option<Millis>, now: Millis) {
        let Some(within) = within else { return };
        while let Some(&(number, at)) = self.values.front()
            && waiting::leaves(at, within) <= now
        {
            self.total = self.total.saturating_sub(fixed(number));
            self.values.pop_front();
        }
    }

    pub(super) fn write(&self, within: Option<Millis>, bytes: &mut Writer) {
        if within.is_none() {
            bytes.number((self.total >> 64) as u64);
            bytes.number(self.total as u64);
            return;
        }
        bytes.number(self.values.len() as u64);
        for (number, at) in &self.values {
            bytes.number(number.to_bits());
            bytes.signed(*at);
        }
    }

    pub(super) fn read(bytes: &mut Reader<'_>, within: Option<Millis>) -> Self {
        let mut sum = Self::default();
        if within.is_none() {
            let (high, low) = (bytes.number(), bytes.number());
            sum.total = i128::from(high as i64) << 64 | i128::from(low);
            return sum;
        }
        for _ in 0..bytes.length() {
            let number = f64::from_bits(bytes.number());
            sum.add(number, bytes.signed(), within);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_leave_the_window_without_a_trace() {
        let mut sum = Sum::default();
        for at in 0..100 {
            sum.add(0.1, at, Some(10));
        }
        sum.add(-7.25, 100, Some(10));
        for (now, expected) in [
            (109, (0.1 - 7.25, Some(110))),
            (110, (-7.25, Some(111))),
            (111, (0.0, None)),
        ] {
            assert_eq!(sum.at(Some(10), now), expected);
            sum.forget(Some(10), now);
            assert_eq!(sum.at(Some(10), now), expected);
        }
        assert!(sum.values.is_empty());
    }

    #[test]
    fn saving_keeps_negative_sums_and_windows() {
        for within in [None, Some(5)] {
            let mut sum = Sum::default();
            sum.add(-3.5, 1, within);
            sum.add(1e17, 2, within);
            let mut bytes = Writer(Vec::new());
            sum.write(within, &mut bytes);
            assert_eq!(Sum::read(&mut Reader(Some(&bytes.0)), within), sum);
        }
    }
}
