//! What is to be evaluated, and when: a heap of deadlines, one for each condition.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use firstvalue_model::time::Millis;

/// Conditions by the moment at which they are to be evaluated next, then by their place in the
/// rules, so that a condition comes after those that it refers to.
///
/// An entry that was overtaken by an earlier one for the same condition stays in the heap until it
/// is the majority's turn to go: then the heap is rebuilt. It so never holds more than about twice
/// as many entries as there are conditions.
#[derive(Debug, Clone)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(Millis, u32)>>,
    /// The one valid moment of each condition; `NEVER` without one.
    due: Vec<Millis>,
}

const NEVER: Millis = Millis::MAX;

impl Agenda {
    pub(crate) fn new(conditions: usize) -> Self {
        Self {
            heap: BinaryHeap::new(),
            due: vec![NEVER; conditions],
        }
    }

    /// Has `condition` evaluated at `at`, unless its turn comes before that anyway.
    pub(crate) fn add(&mut self, at: Millis, condition: u32) {
        let Some(due) = self.due.get_mut(condition as usize) else {
            return;
        };
        if at >= *due {
            return;
        }
        *due = at;
        self.heap.push(Reverse((at, condition)));
        if self.heap.len() > 2 * self.due.len() + 16 {
            let due = &self.due;
            self.heap
                .retain(|Reverse((at, condition))| due.get(*condition as usize) == Some(at));
        }
    }

    /// The moment of the next evaluation.
    pub(crate) fn next(&mut self) -> Option<Millis> {
        while let Some(&Reverse((at, condition))) = self.heap.peek() {
            if self.due.get(condition as usize) == Some(&at) {
                return Some(at);
            }
            self.heap.pop();
        }
        None
    }

    /// A moment before which nothing is to be evaluated; nothing ever is without one.
    pub(crate) fn earliest(&self) -> Option<Millis> {
        self.heap.peek().map(|Reverse((at, _))| *at)
    }

    /// Takes the next condition to be evaluated at `at`.
    pub(crate) fn take(&mut self, at: Millis) -> Option<u32> {
        if self.next()? > at {
            return None;
        }
        let Reverse((_, condition)) = self.heap.pop()?;
        if let Some(due) = self.due.get_mut(condition as usize) {
            *due = NEVER;
        }
        Some(condition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_in_order_of_time_then_place_and_each_once() {
        let mut agenda = Agenda::new(3);
        for (at, condition) in [(5, 2), (5, 0), (3, 2), (5, 2), (9, 1), (5, 0)] {
            agenda.add(at, condition);
        }
        assert_eq!(agenda.take(2), None);
        assert_eq!(
            [agenda.take(5), agenda.take(5), agenda.take(5)],
            [Some(2), Some(0), None]
        );
        assert_eq!(agenda.next(), Some(9));
    }

    #[test]
    fn stays_small_however_often_a_deadline_moves() {
        let mut agenda = Agenda::new(2);
        for at in (0..10_000).rev() {
            agenda.add(at, 1);
        }
        assert!(agenda.heap.len() <= 20, "{}", agenda.heap.len());
        assert_eq!(agenda.next(), Some(0));
    }
}
