//! What queries say about traits and properties.

use serde_json::Value;

use super::goal::Goal;
use super::intervals::{Cut, Intervals};
use super::quantity::{Quantity, Source};
use super::values::Values;
use crate::Query;
use crate::source::query::OPERATORS;

/// What it takes for a query to hold, or not to.
pub(super) fn goal(source: Source, query: &Query, holds: bool) -> Goal<'_> {
    if !is_understood(query) {
        return Goal::truth(Quantity::Query(source, query), holds);
    }
    joined(source, query, holds)
}

/// Every key of a query must hold.
fn joined(source: Source, query: &Query, holds: bool) -> Goal<'_> {
    let keys = query.iter().map(|(key, expected)| match key.as_str() {
        "$and" => queries(source, expected, true, holds),
        // As the cases of the condition language have it.
        "$or" | "$nor" if expected.as_array().is_some_and(Vec::is_empty) => {
            Goal::known((key == "$or") == holds)
        }
        "$or" => queries(source, expected, false, holds),
        "$nor" => queries(source, expected, false, !holds),
        "$not" => expected
            .as_object()
            .map_or_else(|| Goal::known(false), |query| joined(source, query, !holds)),
        path => value(source, path, expected, holds),
    });
    Goal::all(keys, holds)
}

/// All (`all`) or any of a list of queries.
fn queries(source: Source, list: &Value, all: bool, holds: bool) -> Goal<'_> {
    let queries = list.as_array().into_iter().flatten();
    let queries = queries
        .filter_map(Value::as_object)
        .map(|query| joined(source, query, holds));
    Goal::all(queries, all == holds)
}

/// A value is the expected one, or satisfies the operators that stand in its place.
fn value<'c>(source: Source, path: &'c str, expected: &'c Value, holds: bool) -> Goal<'c> {
    let operators = expected
        .as_object()
        .filter(|object| object.keys().all(|key| key.starts_with('$')));
    let Some(operators) = operators else {
        return meant(source, path, "$eq", expected, holds);
    };
    let each = operators
        .iter()
        .map(|(name, operand)| match (name.as_str(), operand) {
            ("$not", operand) => value(source, path, operand, !holds),
            ("$ne", operand) => meant(source, path, "$eq", operand, !holds),
            ("$vne", operand) => meant(source, path, "$veq", operand, !holds),
            ("$nin", Value::Array(_)) => meant(source, path, "$in", operand, !holds),
            ("$nini", Value::Array(_)) => meant(source, path, "$ini", operand, !holds),
            (name, operand) => meant(source, path, name, operand, holds),
        });
    Goal::all(each, holds)
}

fn meant<'c>(
    source: Source,
    path: &'c str,
    name: &'c str,
    operand: &'c Value,
    holds: bool,
) -> Goal<'c> {
    let value = Quantity::Value(source, path);
    match meaning(name, operand) {
        Meaning::Exactly(values) => {
            Goal::Is(value, if holds { values } else { values.complement() })
        }
        Meaning::AtMost { yes, no } => Goal::All(vec![
            Goal::truth(Quantity::Operator(source, path, name, operand), holds),
            Goal::Is(value, if holds { yes } else { no }),
        ]),
    }
}

/// Of which values an operator holds.
enum Meaning {
    /// Of these and no others.
    Exactly(Values),
    /// If it holds, it is of one of `yes`; if not, of one of `no`.
    AtMost { yes: Values, no: Values },
}

fn meaning(name: &str, operand: &Value) -> Meaning {
    use Meaning::{AtMost, Exactly};
    let only = |yes| AtMost {
        yes,
        no: Values::all(),
    };
    match (name, operand) {
        ("$eq", Value::Array(_) | Value::Object(_)) => only(Values::other()),
        ("$eq", operand) => Exactly(Values::equal_to(operand)),
        ("$gt", operand) => Exactly(ordered(operand, Bound::Excluded, true)),
        ("$gte", operand) => Exactly(ordered(operand, Bound::Included, true)),
        ("$lt", operand) => Exactly(ordered(operand, Bound::Excluded, false)),
        ("$lte", operand) => Exactly(ordered(operand, Bound::Included, false)),
        ("$exists", Value::Bool(false)) => Exactly(Values::absent()),
        ("$exists", _) => Exactly(Values::absent().complement()),
        // Of an array the elements are looked up, and nothing is known of those.
        ("$in", Value::Array(list)) => {
            let equal = |values: Values, value| values.union(&Values::equal_to(value));
            let listed = list.iter().fold(Values::none(), equal);
            let no = listed.complement().union(&Values::other());
            let mut yes = listed;
            yes.other = !list.is_empty();
            AtMost { yes, no }
        }
        ("$in" | "$nin", _) => Exactly(Values::none()),
        ("$type", Value::String(kind)) => match kind.as_str() {
            "null" => Exactly(Values::absent()),
            "boolean" => Exactly(Values::either()),
            "number" => Exactly(Values::numbers(Intervals::all())),
            "string" => Exactly(Values::texts(Intervals::all())),
            "array" | "object" => only(Values::other()),
            _ => Exactly(Values::none()),
        },
        ("$regex" | "$regexi" | "$vgt" | "$vgte" | "$vlt" | "$vlte", _) => {
            only(Values::texts(Intervals::all()))
        }
        ("$size" | "$elemMatch" | "$all" | "$alli", _) => only(Values::other()),
        _ => only(Values::all()),
    }
}

/// The texts or numbers between the places that belong to what a value is compared with; nothing else
/// is in an order with it.
fn ordered(operand: &Value, end: Bound, upwards: bool) -> Values {
    match operand {
        Value::Number(number) => number.as_f64().map_or_else(Values::none, |number| {
            Values::numbers(stretch(number, end, upwards))
        }),
        Value::String(text) => Values::texts(stretch(text.encode_utf16().collect(), end, upwards)),
        _ => Values::none(),
    }
}

/// Whether what a value is compared with belongs to what satisfies the comparison.
#[derive(Clone, Copy)]
enum Bound {
    Included,
    Excluded,
}

fn stretch<T: PartialOrd + Clone>(value: T, bound: Bound, upwards: bool) -> Intervals<T> {
    match (bound, upwards) {
        (Bound::Included, true) => Intervals::between(Cut::Before(value), Cut::End),
        (Bound::Excluded, true) => Intervals::between(Cut::After(value), Cut::End),
        (Bound::Included, false) => Intervals::between(Cut::Start, Cut::After(value)),
        (Bound::Excluded, false) => Intervals::between(Cut::Start, Cut::Before(value)),
    }
}

/// Whether all its operators are known: one that is not makes a query neither true nor false.
fn is_understood(query: &Query) -> bool {
    query.iter().all(|(key, expected)| match key.as_str() {
        "$and" | "$or" | "$nor" => expected.as_array().is_some_and(|queries| {
            let each = |query: &Value| query.as_object().is_some_and(is_understood);
            queries.iter().all(each)
        }),
        "$not" => expected.as_object().is_some_and(is_understood),
        _ => has_known_operators(expected),
    })
}

fn has_known_operators(value: &Value) -> bool {
    let is_known = |key: &str| {
        !key.starts_with('$')
            || OPERATORS.contains(&key)
            || matches!(key, "$not" | "$and" | "$or" | "$nor")
    };
    match value {
        Value::Object(object) => object
            .iter()
            .all(|(key, value)| is_known(key) && has_known_operators(value)),
        Value::Array(values) => values.iter().all(has_known_operators),
        _ => true,
    }
}
