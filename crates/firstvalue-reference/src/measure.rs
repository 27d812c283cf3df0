//! What is measured of events.

use std::collections::BTreeSet;

use firstvalue_engine::query;
use firstvalue_model::time::{self, Millis};
use firstvalue_model::{EventMatch, Measure};
use serde_json::Value;

use crate::history::Event;
use crate::{Subject, World};

/// "E is an event name or `{ event: name, where: Q }`, with Q over the event's properties."
pub(crate) fn is_match(wanted: &EventMatch, event: &Event<'_>) -> bool {
    let query = wanted.query.as_ref();
    wanted.name == event.name
        && query.is_none_or(|query| query::matches(query, &event.properties()))
}

impl World<'_> {
    /// All matching events so far.
    pub(crate) fn matching(&self, wanted: &EventMatch, subject: &Subject) -> Vec<Event<'_>> {
        let mut events = self.history.events(subject);
        events.retain(|event| is_match(wanted, event));
        events
    }

    /// A measure of the "matching events with 0 ≤ now − t ≤ W; without `within`, over all time".
    pub(crate) fn measured(
        &self,
        wanted: &EventMatch,
        measure: &Measure,
        within: Option<Millis>,
        subject: &Subject,
    ) -> f64 {
        let mut events = self.matching(wanted, subject);
        events.retain(|event| within.is_none_or(|within| self.now - event.at <= within));
        // "Calendar days are the user's own", that is, of the user who acted.
        let days = events
            .iter()
            .map(|event| time::day(event.at, event.utc_offset));
        match measure {
            Measure::Times => events.len() as f64,
            Measure::Days => days.collect::<BTreeSet<_>>().len() as f64,
            Measure::Weeks => days.map(time::week).collect::<BTreeSet<_>>().len() as f64,
            Measure::Sum(property) => sum(events.iter().map(|event| event.property(property))),
            Measure::Distinct(property) => {
                distinct(events.iter().filter_map(|event| event.property(property)))
            }
        }
    }
}

/// The sum of what is a number. Exact whatever the order, since each value is first cut to whole
/// 2^-64ths.
fn sum<'a>(values: impl Iterator<Item = Option<&'a Value>>) -> f64 {
    let whole = 2_f64.powi(64);
    let numbers = values.map(|value| value.and_then(Value::as_f64).unwrap_or(0.0));
    let exact: i128 = numbers.map(|number| (number * whole) as i128).sum();
    exact as f64 / whole
}

/// How many values there are no two of which are the same.
fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> f64 {
    let mut known: Vec<&Value> = Vec::new();
    for value in values.filter(|value| !value.is_null()) {
        if !known.iter().any(|other| is_same(value, other)) {
            known.push(value);
        }
    }
    known.len() as f64
}

/// Whether two values are equal, 1 being 1.0.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |(name, a)| b.get(name).is_some_and(|b| is_same(a, b));
            a.len() == b.len() && a.iter().all(same)
        }
        (a, b) => a == b,
    }
}
