//! What is remembered of the events that match: as much as the playbook asks about, and no more.

use std::collections::VecDeque;

use firstvalue_model::Comparison;
use firstvalue_model::time::{self, Millis};
use serde::{Deserialize, Serialize};

use crate::bytes::{Reader, Writer};

/// How much must be remembered of the events that match an atom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Keep {
    /// The times of that many latest events.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub times: u32,
    /// That many latest distinct calendar days.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub days: u32,
    /// That many latest distinct calendar weeks.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub weeks: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How many things must be counted exactly to decide a comparison of their number: beyond the
/// largest bound plus one, more of them change nothing.
pub(crate) fn enough_for(count: &Comparison) -> u32 {
    const MOST: f64 = 1_000_000.0;
    let bound = |bound: f64| bound.max(0.0).floor().min(MOST) as u32 + 1;
    count.bounds().map(bound).max().unwrap_or(1)
}

/// What is remembered of the events that match one atom.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Memory {
    /// How many there were.
    pub count: u64,
    /// The earliest and the latest; both 0 before there is one.
    pub first: Millis,
    pub last: Millis,
    times: VecDeque<Millis>,
    days: Distinct,
    weeks: Distinct,
}

impl Memory {
    /// Takes in an event at `at`, which is not before any earlier one.
    pub(crate) fn add(&mut self, at: Millis, utc_offset: i32, keep: Keep) {
        if self.count == 0 {
            self.first = at;
        }
        self.count = self.count.saturating_add(1);
        self.last = at;
        if keep.times > 0 {
            self.times.push_back(at);
            while self.times.len() > keep.times as usize {
                self.times.pop_front();
            }
        }
        let day = time::day(at, utc_offset);
        self.days.add(day, at, keep.days);
        self.weeks.add(time::week(day), at, keep.weeks);
    }

    /// Writes what is remembered.
    pub(crate) fn write(&self, bytes: &mut Writer) {
        bytes.number(self.count);
        bytes.signed(self.first);
        bytes.signed(self.last);
        bytes.number(self.times.len() as u64);
        self.times.iter().for_each(|at| bytes.signed(*at));
        self.days.write(bytes);
        self.weeks.write(bytes);
    }

    /// Reads what was written.
    pub(crate) fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            count: bytes.number()?,
            first: bytes.signed()?,
            last: bytes.signed()?,
            times: bytes.list()?,
            days: Distinct::read(bytes)?,
            weeks: Distinct::read(bytes)?,
        })
    }

    /// Moments of the latest events, oldest first.
    pub(crate) fn times(&self) -> impl DoubleEndedIterator<Item = Millis> {
        self.times.iter().copied()
    }

    /// The latest moment of each remembered day, oldest first.
    pub(crate) fn days(&self) -> impl DoubleEndedIterator<Item = Millis> {
        self.days.0.iter().map(|(_, at)| *at)
    }

    /// The latest moment of each remembered week, oldest first.
    pub(crate) fn weeks(&self) -> impl DoubleEndedIterator<Item = Millis> {
        self.weeks.0.iter().map(|(_, at)| *at)
    }
}

/// Distinct numbers, each with the latest moment at which it was met, in the order of these.
#[derive(Debug, Clone, Default, PartialEq)]
struct Distinct(VecDeque<(i64, Millis)>);

impl Distinct {
    fn write(&self, bytes: &mut Writer) {
        bytes.number(2 * self.0.len() as u64);
        for (number, at) in &self.0 {
            bytes.signed(*number);
            bytes.signed(*at);
        }
    }

    fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        let mut numbers = bytes.list()?;
        let mut distinct = VecDeque::new();
        while let Some(number) = numbers.pop_front() {
            distinct.push_back((number, numbers.pop_front()?));
        }
        Some(Self(distinct))
    }

    fn add(&mut self, number: i64, at: Millis, keep: u32) {
        if keep == 0 {
            return;
        }
        // A traveller's day can come back after a later one, so all of them are looked at.
        self.0.retain(|(other, _)| *other != number);
        self.0.push_back((number, at));
        while self.0.len() > keep as usize {
            self.0.pop_front();
        }
    }
}

/// How far a user has come in a sequence: for each length of its beginning, the latest start of
/// events that match it. A later start is never worse, so one for each length is enough.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Progress {
    starts: Vec<Option<Millis>>,
    pub done: bool,
}

impl Progress {
    /// Writes how far the user has come.
    pub(crate) fn write(&self, bytes: &mut Writer) {
        bytes.number(self.done.into());
        bytes.number(self.starts.len() as u64);
        self.starts.iter().for_each(|start| bytes.maybe(*start));
    }

    /// Reads what was written.
    pub(crate) fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        let done = bytes.flag()?;
        let mut starts = Vec::new();
        for _ in 0..bytes.length()? {
            starts.push(bytes.maybe()?);
        }
        Some(Self { starts, done })
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
