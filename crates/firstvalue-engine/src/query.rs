//! Queries over traits and properties: the GrowthBook condition language.
//!
//! The meaning is that of GrowthBook's SDK cases, specification 0.12.0: nothing is converted from one
//! type into another, what is missing is `null`, and an operator that is not known makes what it
//! stands in neither true nor false, so that no `$not` around it turns it into a match.

mod compare;
mod operator;
mod text;
mod version;

pub use text::{Text, use_text};

use firstvalue_model::Query;
use firstvalue_model::message::Object;
use serde_json::Value;

/// True, false, or `None` where an operator that is not known would have to decide.
type Verdict = Option<bool>;

/// Whether the object satisfies the query.
///
/// `$inGroup` finds no group and is false; see [`matches_with_groups`].
pub fn matches(query: &Query, object: &Object) -> bool {
    matches_with_groups(query, object, None)
}

/// Whether the object satisfies the query, where `$inGroup` and `$notInGroup` name one of `groups`
/// (arrays of values by the group's id).
pub fn matches_with_groups(query: &Query, object: &Object, groups: Option<&Object>) -> bool {
    Evaluation { groups }.query(query, Subject::Object(object)) == Some(true)
}

/// The value at a dotted path; `null` without one.
pub(crate) fn value_at<'o>(object: &'o Object, path: &str) -> &'o Value {
    Subject::Object(object).at(path)
}

/// The paths that a query looks at, some of them perhaps more than once.
pub(crate) fn paths(query: &Query) -> Vec<&str> {
    let mut paths = Vec::new();
    for (key, expected) in query {
        match (key.as_str(), expected) {
            ("$and" | "$or" | "$nor", Value::Array(queries)) => {
                let queries = queries.iter().filter_map(Value::as_object);
                paths.extend(queries.flat_map(self::paths));
            }
            ("$not", Value::Object(query)) => paths.extend(self::paths(query)),
            (path, _) => paths.push(path),
        }
    }
    paths
}

/// What stays the same while one query is evaluated.
#[derive(Clone, Copy)]
struct Evaluation<'a> {
    groups: Option<&'a Object>,
}

/// What the paths of a query start from.
#[derive(Clone, Copy)]
enum Subject<'a> {
    /// The object that is asked about.
    Object(&'a Object),
    /// An element of an array inside it.
    Element(&'a Value),
}

impl Evaluation<'_> {
    /// Every key must hold: `$and`, `$or`, `$nor`, `$not`, or a path and what its value must be.
    fn query(self, query: &Query, subject: Subject) -> Verdict {
        let key_holds = |(key, expected): (&String, &Value)| match key.as_str() {
            "$and" => self.queries(expected, subject, true),
            "$or" if expected.as_array().is_some_and(Vec::is_empty) => Some(true),
            "$or" => self.queries(expected, subject, false),
            // Unlike `$or`, an empty `$nor` fails: this is how the cases have it.
            "$nor" if expected.as_array().is_some_and(Vec::is_empty) => Some(false),
            "$nor" => self.queries(expected, subject, false).map(|any| !any),
            "$not" => self
                .query(expected.as_object()?, subject)
                .map(|holds| !holds),
            path => self.value(expected, subject.at(path), false),
        };
        decide(&mut query.iter().map(key_holds), true)
    }

    /// Whether all (`all`) or any of a list of queries hold.
    fn queries(self, list: &Value, subject: Subject, all: bool) -> Verdict {
        let holds = |query: &Value| self.query(query.as_object()?, subject);
        decide(&mut list.as_array()?.iter().map(holds), all)
    }

    /// Whether a value is the expected one, or satisfies the operators that stand in its place.
    fn value(self, expected: &Value, actual: &Value, ignore_case: bool) -> Verdict {
        match operators(expected) {
            Some(operators) => {
                let holds =
                    |(name, operand): (&String, &Value)| self.operator(name, operand, actual);
                decide(&mut operators.iter().map(holds), true)
            }
            None => Some(compare::equal(expected, actual, ignore_case)),
        }
    }
}

impl<'a> Subject<'a> {
    /// The value at a dotted path; array elements are named by their number.
    fn at(self, path: &str) -> &'a Value {
        let step = |value: &'a Value, name: &str| match value {
            Value::Object(object) => object.get(name),
            Value::Array(array) => array.get(name.parse::<usize>().ok()?),
            _ => None,
        };
        // In code, several characters are less than one.
        let mut names = path.split(['.']);
        let start = match self {
            Self::Object(object) => names.next().and_then(|name| object.get(name)),
            Self::Element(value) => Some(value),
        };
        names
            .try_fold(start, |value, name| Some(step(value?, name)))
            .flatten()
            .unwrap_or(&Value::Null)
    }
}

/// The operators that stand in place of a value: an object whose keys all begin with `$`. One
/// without keys has none of them fail, so it is satisfied by everything.
fn operators(expected: &Value) -> Option<&Object> {
    expected
        .as_object()
        .filter(|object| object.keys().all(|key| key.starts_with('$')))
}

/// Whether all (`all`) or any of the verdicts are true. One that decides does so whether or not
/// others are known.
fn decide(verdicts: &mut dyn Iterator<Item = Verdict>, all: bool) -> Verdict {
    let mut outcome = Some(all);
    for verdict in verdicts {
        match verdict {
            Some(holds) if holds != all => return Some(!all),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}
