//! A set of conditions, a bit for each.

use crate::state::{List, several};

/// Conditions, by their places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Marks(List<u32>);

impl Marks {
    /// None of so many conditions.
    pub(crate) fn none_of(conditions: usize) -> Self {
        Self(several(conditions.div_ceil(32)))
    }

    /// Whether a condition is one of them.
    pub(crate) fn has(&self, place: u32) -> bool {
        let word = self.0.get(place as usize / 32);
        word.is_some_and(|word| word >> (place % 32) & 1 != 0)
    }

    /// Puts a condition in or takes it out, and says whether that changes anything.
    pub(crate) fn set(&mut self, place: u32, is_in: bool) -> bool {
        let Some(word) = self.0.get_mut(place as usize / 32) else {
            return false;
        };
        let before = *word;
        let bit = 1 << (place % 32);
        *word = if is_in { before | bit } else { before & !bit };
        *word != before
    }

    /// Goes through the conditions from one place to before another that are none of them.
    pub(crate) fn missing(&self, from: u32, end: u32, mut act: impl FnMut(u32)) {
        let mut place = from;
        while place < end {
            let word = self.0.get(place as usize / 32).copied();
            let missing = !word.unwrap_or(u32::MAX) >> (place % 32);
            if missing == 0 {
                place = (place | 31).saturating_add(1);
                continue;
            }
            place += missing.trailing_zeros();
            if place < end {
                act(place);
            }
            place += 1;
        }
    }

    /// The first of them that is not before the 32 of a place.
    fn first(&self, from: u32) -> Option<u32> {
        let from = from / 32;
        let words = (from..).zip(self.0.get(from as usize..)?);
        let (place, word) = words.into_iter().find(|(_, word)| **word != 0)?;
        Some(place * 32 + word.trailing_zeros())
    }
}

/// Conditions that wait for their turn, which is by their places.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    marks: Marks,
    /// There is none before this one; `NOBODY` if there is none.
    first: u32,
    /// How many there are.
    many: u32,
}

const NOBODY: u32 = u32::MAX;

impl Turns {
    /// None of so many conditions.
    pub(crate) fn none_of(conditions: usize) -> Self {
        Self {
            marks: Marks::none_of(conditions),
            first: NOBODY,
            many: 0,
        }
    }

    /// Has a condition wait for its turn, if it does not yet.
    pub(crate) fn add(&mut self, place: u32) {
        if self.marks.set(place, true) {
            self.first = self.first.min(place);
            self.many += 1;
        }
    }

    /// Whose turn it is.
    pub(crate) fn next(&self) -> Option<u32> {
        (self.first != NOBODY).then_some(self.first)
    }

    /// Takes whose turn it is, if that is one before `end`.
    pub(crate) fn take(&mut self, end: u32) -> Option<u32> {
        let next = self.next().filter(|next| *next < end)?;
        self.marks.set(next, false);
        self.many -= 1;
        // Mostly there is one, and no other to look for.
        let other = (self.many > 0).then(|| self.marks.first(next)).flatten();
        self.first = other.unwrap_or(NOBODY);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everybody_has_a_turn_in_order(
            steps in prop::collection::vec((0..340_u32, any::<bool>()), 0..60),
        ) {
            let (mut turns, mut expected) = (Turns::none_of(320), BTreeSet::new());
            for (place, adds) in steps {
                if adds {
                    turns.add(place);
                    expected.extend((place < 320).then_some(place));
                } else {
                    let next = expected.first().copied().filter(|next| *next < place);
                    prop_assert_eq!(turns.take(place), next);
                    next.map(|next| expected.remove(&next));
                }
                prop_assert_eq!(turns.next(), expected.first().copied());
            }
        }

        #[test]
        fn missing_ones_are_those_that_are_not_there(
            there in prop::collection::btree_set(0..100_u32, 0..100), from in 0..120_u32, length in 0..120_u32,
        ) {
            let mut marks = Marks::none_of(96);
            for &place in &there {
                marks.set(place, true);
            }
            let mut found = Vec::new();
            marks.missing(from, from + length, |place| found.push(place));
            let expected = (from..from + length).filter(|place| *place < 96 && !there.contains(place));
            prop_assert_eq!(found, Vec::from_iter(expected));
        }
    }
}
