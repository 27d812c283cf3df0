//! When conditions change by waiting: a heap with one valid moment for each.

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
    heap: Heap,
    /// The one valid moment of each condition; `NEVER` without one.
    due: Box<[Millis]>,
}

const NEVER: Millis = Millis::MAX;

impl Deadlines {
    pub(crate) fn new(conditions: usize) -> Self {
        Self {
            heap: Heap(Vec::new()),
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
        self.heap.push((at, condition));
        if self.heap.0.len() > 2 * self.due.len() + 4 {
            self.heap.0.clear();
            for (condition, at) in (0..).zip(&self.due).filter(|(_, at)| **at != NEVER) {
                self.heap.push((*at, condition));
            }
        }
    }

    /// The next moment at which something is to be looked at.
    pub(crate) fn next(&mut self) -> Option<Millis> {
        self.first(NEVER).map(|(at, _)| at)
    }

    /// The next moment at which something is to be looked at, if it is one until `end`; and the
    /// first condition for which it is.
    pub(crate) fn first(&mut self, end: Millis) -> Option<Entry> {
        while let Some((at, condition)) = self.heap.first().filter(|(at, _)| *at <= end) {
            match self.due.get(condition as usize) {
                Some(&due) if due == at => return Some((at, condition)),
                Some(&due) if due > at && due != NEVER => self.heap.sink((due, condition)),
                _ => self.heap.pop(),
            }
        }
        None
    }

    /// A moment before which nothing is to be looked at; nothing ever is without one.
    pub(crate) fn earliest(&self) -> Option<Millis> {
        self.heap.first().map(|(at, _)| at)
    }

    /// Has the first condition looked at again at a later moment; or not at all.
    pub(crate) fn put_off(&mut self, until: Option<Millis>) {
        let Some((_, condition)) = self.heap.first() else {
            return;
        };
        if let Some(due) = self.due.get_mut(condition as usize) {
            *due = until.unwrap_or(NEVER);
        }
        match until {
            Some(until) => self.heap.sink((until, condition)),
            None => self.heap.pop(),
        }
    }
}

/// A moment, and the condition it is for.
type Entry = (Millis, u32);

/// A binary heap, the earliest moment first. (That of the standard library takes more code, and more
/// time to put off the first: it tells apart entries of the same moment. Small code would call its
/// parts too, at a tenth of an event's time.)
#[derive(Debug, Clone)]
struct Heap(Vec<Entry>);

impl Heap {
    #[inline(always)]
    fn first(&self) -> Option<Entry> {
        self.0.first().copied()
    }

    fn push(&mut self, entry: Entry) {
        // As it grows by itself it would hold room for four at once; mostly few conditions wait.
        #[cfg(not(target_family = "wasm"))]
        if self.0.len() < 4 {
            self.0.reserve_exact(1);
        }
        let mut place = self.0.len();
        self.0.push(entry);
        while let Some(child) = place.checked_sub(1)
            && let Some(&parent) = self.0.get(child / 2)
            && parent.0 > entry.0
        {
            self.put(place, parent);
            place = child / 2;
        }
        self.put(place, entry);
    }

    fn pop(&mut self) {
        if let Some(last) = self.0.pop() {
            self.sink(last);
        }
    }

    /// Puts an entry where the first one was, and then where it belongs.
    fn sink(&mut self, entry: Entry) {
        let mut place = 0;
        loop {
            let child = 2 * place + 1;
            let (first, child) = match self.0.get(child..) {
                // No branch, since which of them comes first cannot be foreseen.
                Some(&[one, other, ..]) => {
                    let is_other = other.0 < one.0;
                    (
                        if is_other { other } else { one },
                        child + usize::from(is_other),
                    )
                }
                Some(&[one]) => (one, child),
                _ => break,
            };
            if first.0 >= entry.0 {
                break;
            }
            self.put(place, first);
            place = child;
        }
        self.put(place, entry);
    }

    #[inline(always)]
    fn put(&mut self, place: usize, entry: Entry) {
        if let Some(old) = self.0.get_mut(place) {
            *old = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Deadlines {
        fn take(&mut self, by: Millis) -> Option<u32> {
            let (_, first) = self.first(by)?;
            self.put_off(None);
            Some(first)
        }
    }

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
            deadlines.heap.0.len(),
            1,
            "what is put off needs no entry of its own"
        );
        assert_eq!(deadlines.next(), Some(9_999));
        for at in (0..9_999).rev() {
            deadlines.set(1, Some(at));
            deadlines.set(0, Some(at + 5));
            deadlines.set(0, None);
        }
        assert!(deadlines.heap.0.len() <= 8, "{}", deadlines.heap.0.len());
        assert_eq!([deadlines.take(0), deadlines.take(20_000)], [Some(1), None]);
    }

    #[test]
    fn the_first_is_put_off_in_place() {
        let mut deadlines = Deadlines::new(2);
        deadlines.set(0, Some(1));
        deadlines.set(1, Some(2));
        assert_eq!(deadlines.first(1), Some((1, 0)));
        deadlines.put_off(Some(3));
        assert_eq!((deadlines.heap.0.len(), deadlines.next()), (2, Some(2)));
        assert_eq!([deadlines.take(3), deadlines.take(3)], [Some(1), Some(0)]);
        deadlines.put_off(Some(4));
        assert_eq!(deadlines.next(), None);
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
