//! What is remembered of the events that match: as much as the playbook asks about, and no more.

mod distinct;
mod keep;
mod progress;
mod sum;

use std::collections::VecDeque;

use firstvalue_model::message::Object;
use firstvalue_model::time::{self, Millis};
use serde_json::Value;

use crate::bytes::{Reader, Writer};
use crate::graph::Times;
use crate::query;
use crate::state::{Few, few};
use crate::waiting::{self, Truth};

pub(crate) use distinct::Distinct;
pub(crate) use keep::{DistinctKept, Keep, SumKept, enough_for};
pub(crate) use progress::Progress;
pub(crate) use sum::Sum;

/// What is remembered of the events that match one atom.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Memory {
    /// How many there were.
    pub count: u64,
    /// The earliest and the latest; both 0 before there is one.
    pub first: Millis,
    pub last: Millis,
    /// What only some playbooks ask about.
    more: Option<Box<More>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct More {
    /// The latest events, oldest first.
    times: VecDeque<Millis>,
    days: Distinct<i64>,
    weeks: Distinct<i64>,
    sums: Few<Sum>,
    values: Few<Distinct<String>>,
}

impl More {
    fn of(keep: &Keep) -> Option<Box<Self>> {
        keep.is_more().then(|| {
            Box::new(Self {
                sums: few(keep.sums.len()),
                values: few(keep.distinct.len()),
                ..Self::default()
            })
        })
    }
}

impl Memory {
    /// Takes in an event at `at`, which is not before any earlier one.
    pub(crate) fn add(
        &mut self,
        at: Millis,
        utc_offset: i32,
        properties: Option<&Object>,
        keep: &Keep,
    ) {
        if self.count == 0 {
            self.first = at;
            self.more = More::of(keep);
        }
        self.count = self.count.saturating_add(1);
        self.last = at;
        let Some(more) = &mut self.more else { return };
        if keep.times > 0 {
            // Before it is too long, lest it take memory for one more.
            while more.times.len() >= keep.times as usize {
                more.times.pop_front();
            }
            more.times.push_back(at);
        }
        if keep.days > 0 || keep.weeks > 0 {
            let day = time::day(at, utc_offset);
            more.days.add(day, at, keep.days);
            more.weeks.add(time::week(day), at, keep.weeks);
        }
        let value =
            |path| properties.map_or(&Value::Null, |properties| query::value_at(properties, path));
        for (kept, sum) in keep.sums.iter().zip(&mut more.sums) {
            // A sum that no condition compares, as in a health score, is not forgotten otherwise.
            sum.forget(kept.within, at);
            if let Some(number) = value(&kept.property).as_f64() {
                sum.add(number, at, kept.within);
            }
        }
        for (kept, values) in keep.distinct.iter().zip(&mut more.values) {
            if let Some(value) = distinct::identity(value(&kept.property)) {
                values.add(value, at, kept.most);
            }
        }
    }

    /// Whether there have been so many events, and until when that holds by waiting.
    // Of what is asked with every event; code made small would call it, at a tenth of an event's time.
    #[inline(always)]
    pub(crate) fn has(&self, times: &Times, now: Millis) -> Truth {
        let (Some(within), 1..) = (times.within, times.least) else {
            return Truth::constant(self.count >= u64::from(times.least));
        };
        let latest = self.more.as_ref().map(|more| &more.times);
        let earliest = latest.and_then(|latest| {
            let place = latest.len().checked_sub(times.least as usize)?;
            latest.get(place)
        });
        let until = earliest.map(|at| waiting::leaves(*at, within));
        let until = until.filter(|until| *until > now);
        Truth {
            holds: until.is_some(),
            until,
        }
    }

    /// A sum at a moment, and the next one at which a value leaves its window.
    pub(crate) fn sum_at(&self, place: u32, keep: &Keep, now: Millis) -> (f64, Option<Millis>) {
        let kept = keep.sums.get(place as usize);
        let sums = self.more.as_ref().map(|more| &more.sums);
        match (kept, sums.and_then(|sums| sums.get(place as usize))) {
            (Some(kept), Some(sum)) => sum.at(kept.within, now),
            _ => (0.0, None),
        }
    }

    /// Forgets what has left the window of a sum: nobody asks for it at a moment before `now` again.
    pub(crate) fn forget(&mut self, place: u32, keep: &Keep, now: Millis) {
        let kept = keep.sums.get(place as usize);
        let sums = self.more.as_mut().map(|more| &mut more.sums);
        if let (Some(kept), Some(sum)) = (kept, sums.and_then(|sums| sums.get_mut(place as usize)))
        {
            sum.forget(kept.within, now);
        }
    }

    /// Moments of the latest events, oldest first.
    pub(crate) fn times(&self) -> Moments<'_> {
        Moments::Times(self.more.as_ref().map(|more| &more.times))
    }

    /// The latest moment of each remembered day.
    pub(crate) fn days(&self) -> Moments<'_> {
        Moments::Numbers(self.more.as_ref().map(|more| &more.days))
    }

    /// The latest moment of each remembered week.
    pub(crate) fn weeks(&self) -> Moments<'_> {
        Moments::Numbers(self.more.as_ref().map(|more| &more.weeks))
    }

    /// The latest moment of each remembered value.
    pub(crate) fn values(&self, place: u32) -> Moments<'_> {
        let values = self.more.as_ref();
        Moments::Values(values.and_then(|more| more.values.get(place as usize)))
    }

    /// Writes what is remembered.
    pub(crate) fn write(&self, keep: &Keep, bytes: &mut Writer) {
        bytes.number(self.count);
        bytes.signed(self.first);
        bytes.signed(self.last);
        let nothing = More::default();
        let more = self.more.as_deref().unwrap_or(&nothing);
        bytes.number(more.times.len() as u64);
        more.times.iter().for_each(|at| bytes.signed(*at));
        more.days
            .write(bytes, |number, bytes| bytes.signed(*number));
        more.weeks
            .write(bytes, |number, bytes| bytes.signed(*number));
        bytes.number(more.sums.len() as u64);
        for (kept, sum) in keep.sums.iter().zip(&more.sums) {
            kept.write(bytes);
            sum.write(kept.within, bytes);
        }
        bytes.number(more.values.len() as u64);
        for (kept, values) in keep.distinct.iter().zip(&more.values) {
            bytes.text(&kept.property);
            values.write(bytes, |value, bytes| bytes.text(value));
        }
    }

    /// Reads what was written, perhaps when other things were kept; `keep` is what is kept now.
    pub(crate) fn read(bytes: &mut Reader<'_>, keep: &Keep) -> Self {
        let mut memory = Self {
            count: bytes.number(),
            first: bytes.signed(),
            last: bytes.signed(),
            more: More::of(keep),
        };
        let mut unwanted = More::default();
        let more = memory.more.as_deref_mut().unwrap_or(&mut unwanted);
        for _ in 0..bytes.length() {
            more.times.push_back(bytes.signed());
        }
        more.days = Distinct::read(bytes, Reader::signed);
        more.weeks = Distinct::read(bytes, Reader::signed);
        for _ in 0..bytes.length() {
            let kept = SumKept::read(bytes);
            let sum = Sum::read(bytes, kept.within);
            let place = keep.sums.iter().position(|now| *now == kept);
            put(&mut more.sums, place, sum);
        }
        for _ in 0..bytes.length() {
            let property = bytes.text();
            let place = keep
                .distinct
                .iter()
                .position(|now| now.property == property);
            let values = Distinct::read(bytes, |bytes| bytes.text().to_owned());
            put(&mut more.values, place, values);
        }
        memory
    }
}

/// Puts what was remembered where this version of the playbook wants it, if it does.
pub(crate) fn put<T>(list: &mut [T], place: Option<usize>, value: T) {
    if let Some(empty) = place.and_then(|place| list.get_mut(place)) {
        *empty = value;
    }
}

/// Moments that are counted, from the latest back.
#[derive(Clone, Copy)]
pub(crate) enum Moments<'m> {
    Times(Option<&'m VecDeque<Millis>>),
    Numbers(Option<&'m Distinct<i64>>),
    Values(Option<&'m Distinct<String>>),
}

impl Moments<'_> {
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Times(times) => times.map_or(0, VecDeque::len),
            Self::Numbers(numbers) => numbers.map_or(0, Distinct::len),
            Self::Values(values) => values.map_or(0, Distinct::len),
        }
    }

    /// The n-th latest, counted from 0.
    pub(crate) fn latest(self, n: usize) -> Option<Millis> {
        let place = self.len().checked_sub(n + 1)?;
        match self {
            Self::Times(times) => times?.get(place).copied(),
            Self::Numbers(numbers) => numbers?.moment(place),
            Self::Values(values) => values?.moment(place),
        }
    }
}
