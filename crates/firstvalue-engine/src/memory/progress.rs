//! How far a subject has come in a sequence.

use firstvalue_model::time::Millis;

use crate::bytes::{Reader, Writer};
use crate::moment::Moment;
use crate::state::{Few, few};

/// For each length of the sequence's beginning, the latest start of events that match it. A later
/// start is never worse, so one for each length is enough.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Progress {
    starts: Few<Moment>,
    pub done: bool,
}

impl Progress {
    /// Whether there is anything to remember.
    pub(crate) fn is_begun(&self) -> bool {
        *self != Self::default()
    }

    /// Writes how far the user has come.
    pub(crate) fn write(&self, bytes: &mut Writer) {
        bytes.number(self.done.into());
        bytes.number(self.starts.len() as u64);
        let starts = self.starts.iter();
        starts.for_each(|start| bytes.maybe(start.get()));
    }

    /// Reads what was written.
    pub(crate) fn read(bytes: &mut Reader<'_>) -> Self {
        let done = bytes.flag();
        let mut starts = Few::new();
        for _ in 0..bytes.length() {
            starts.push(bytes.maybe().into());
        }
        Self { starts, done }
    }

    /// Takes in an event: which places of the sequence it matches, and whether it interrupts.
    pub(crate) fn add(
        &mut self,
        at: Millis,
        length: usize,
        within: Option<Millis>,
        interrupts: bool,
        matches: impl Fn(usize) -> bool,
    ) {
        if interrupts {
            self.starts = Few::new();
            return;
        }
        // None yet, or from before a change of the playbook.
        if self.starts.len() != length {
            self.starts = few(length);
        }
        // From the end, so that one event takes one place only.
        for place in (0..length).rev().filter(|&place| matches(place)) {
            let start = match place.checked_sub(1) {
                None => Some(at),
                Some(before) => self.starts.get(before).and_then(|start| start.get()),
            };
            let in_time = |start: &Millis| within.is_none_or(|within| at - start <= within);
            let Some(start) = start.filter(in_time) else {
                continue;
            };
            if let Some(known) = self.starts.get_mut(place) {
                *known = known.get().map_or(start, |known| known.max(start)).into();
            }
            self.done |= place + 1 == length;
        }
        // How it came to that no longer matters.
        if self.done {
            self.starts = Few::new();
        }
    }
}
