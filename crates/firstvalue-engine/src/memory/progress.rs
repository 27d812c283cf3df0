//! How far a subject has come in a sequence.

use firstvalue_model::time::Millis;

use crate::bytes::{Reader, Writer};

/// For each length of the sequence's beginning, the latest start of events that match it. A later
/// start is never worse, so one for each length is enough.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Progress {
    starts: Vec<Option<Millis>>,
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
        self.starts.iter().for_each(|start| bytes.maybe(*start));
    }

    /// Reads what was written.
    pub(crate) fn read(bytes: &mut Reader<'_>) -> Self {
        let done = bytes.flag();
        let mut starts = Vec::new();
        for _ in 0..bytes.length() {
            starts.push(bytes.maybe());
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
            self.starts.clear();
            return;
        }
        self.starts.resize(length, None);
        // From the end, so that one event takes one place only.
        for place in (0..length).rev().filter(|&place| matches(place)) {
            let start = match place.checked_sub(1) {
                None => Some(at),
                Some(before) => self.starts.get(before).copied().flatten(),
            };
            let in_time = |start: &Millis| within.is_none_or(|within| at - start <= within);
            let Some(start) = start.filter(in_time) else {
                continue;
            };
            if let Some(known) = self.starts.get_mut(place) {
                *known = Some(known.map_or(start, |known| known.max(start)));
            }
            self.done |= place + 1 == length;
        }
    }
}
