//! When conditions change by waiting: a heap with one valid moment for each.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use firstvalue_model::time::Millis;

/// The moments at which conditions are to be looked at again. Conditions are named by their place
/// among those that wait.
///
/// A moment that is put off stays in the heap as it was, and is put right when its time comes: what
/// is put off with every event then costs next to nothing. For each condition with a moment there
/// is an entry at that moment or before. Entries that no longer stand for anything stay until they
/// are the majority: then the heap is built anew, so that it never holds more than about twice as
/// many entries as there are conditions.
#[derive(Debug, Clone)]
pub(crate) struct Deadlines {
    heap: BinaryHeap<Reverse<(Millis, u32)>>,
    /// The one valid moment of each condition; `NEVER` without one.
    due: Box<[Millis]>,
}

const NEVER: Millis = Millis::MAX;

impl Deadlines {
    pub(crate) fn new(conditions: usize) -> Self {
        Self {
            heap: BinaryHeap::new(),
            due: vec![NEVER; conditions].into(),
        }
    }

    /// Has a condition looked at again at that moment instead of any other; or not at all.
    pub(crate) fn set(&mut self, condition: u32, at: Option<Millis>) {
        let Some(due) = self.due.get_mut(condition as usize) else {
            return;
        };
        let at = at.unwrap_or(NEVER);
        let before = std::mem::replace(due, at);
        let has_entry = before != NEVER && before <= at;
        if has_entry || at == NEVER {
            return;
        }
        // As it grows by itself it would hold room for four at once; mostly few conditions wait.
        #[cfg(not(target_family = "wasm"))]
        if self.heap.len() < 4 {
            self.heap.reserve_exact(1);
        }
        self.heap.push(Reverse((at, condition)));
        if self.heap.len() > 2 * self.due.len() + 4 {
            let due = (0..).zip(&self.due).filter(|(_, at)| **at != NEVER);
            self.heap = due
                .map(|(condition, at)| Reverse((*at, condition)))
                .collect();
        }
    }

    /// The next moment at which something is to be looked at.
    pub(crate) fn next(&mut self) -> Option<Millis> {
        while let Some(mut first) = self.heap.peek_mut() {
            let Reverse((at, condition)) = *first;
            match self.due.get(condition as usize) {
                Some(&due) if due == at => return Some(at),
                Some(&due) if due > at && due != NEVER => *first = Reverse((due, condition)),
                _ => drop(PeekMut::pop(first)),
            }
        }
        None
    }

    /// A moment before which nothing is to be looked at; nothing ever is without one.
    pub(crate) fn earliest(&self) -> Option<Millis> {
        self.heap.peek().map(|Reverse((at, _))| *at)
    }

    /// Takes a condition that is to be looked at by then.
    pub(crate) fn take(&mut self, by: Millis) -> Option<u32> {
        if self.next()? > by {
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
    fn each_condition_has_one_moment_the_latest_that_was_set() {
        let mut deadlines = Deadlines::new(3);
        for (condition, at) in [
            (2, Some(5)),
            (0, Some(5)),
            (2, Some(3)),
            (1, Some(9)),
            (0, None),
        ] {
            deadlines.set(condition, at);
        }
        assert_eq!((deadlines.next(), deadlines.take(2)), (Some(3), None));
        assert_eq!([deadlines.take(5), deadlines.take(5)], [Some(2), None]);
        deadlines.set(1, Some(11));
        assert_eq!(deadlines.next(), Some(11));
    }

    #[test]
    fn stays_small_however_often_a_deadline_moves() {
        let mut deadlines = Deadlines::new(2);
        for at in 0..10_000 {
            deadlines.set(1, Some(at));
        }
        assert_eq!(
            deadlines.heap.len(),
            1,
            "what is put off needs no entry of its own"
        );
        assert_eq!(deadlines.next(), Some(9_999));
        for at in (0..9_999).rev() {
            deadlines.set(1, Some(at));
            deadlines.set(0, Some(at + 5));
            deadlines.set(0, None);
        }
        assert!(deadlines.heap.len() <= 8, "{}", deadlines.heap.len());
        assert_eq!([deadlines.take(0), deadlines.take(20_000)], [Some(1), None]);
    }

    #[test]
    fn what_is_put_off_comes_in_its_new_turn() {
        let mut deadlines = Deadlines::new(2);
        deadlines.set(0, Some(1));
        deadlines.set(1, Some(2));
        deadlines.set(0, Some(3));
        assert_eq!((deadlines.next(), deadlines.take(2)), (Some(2), Some(1)));
        assert_eq!((deadlines.take(2), deadlines.take(3)), (None, Some(0)));
    }
}
