//! Conditions: one definition for each form, so that an editor offers what belongs together.

use crate::Comparison;
use serde_json::{Value, json};

use super::shape::{
    Definitions, choice, described, form, list, object, reference, such_as, whole, with,
};
use crate::source::condition::{COUNTS, STANDINGS};
use crate::source::measure::OF_PROPERTY;

pub(super) fn define(definitions: &mut Definitions) {
    let count = whole(0, i64::from(u32::MAX));
    let comparisons = [
        ("count-comparison", count, "3"),
        ("number-comparison", json!({ "type": "number" }), "3"),
        ("duration-comparison", reference("duration"), "\"3d\""),
    ];
    for (name, bound, example) in comparisons {
        definitions.insert(name, comparison(&bound, example));
    }
    definitions.insert("condition", condition());
}

/// Several bounds mean all of them.
fn comparison(bound: &Value, example: &str) -> Value {
    let meanings = [
        "At least.",
        "More than.",
        "At most.",
        "Less than.",
        "Exactly.",
        "Anything but.",
    ];
    let bounds = Comparison::NAMES.into_iter().zip(meanings);
    let properties = bounds.map(|(key, meaning)| (key, described(meaning, bound.clone())));
    let mut comparison = object(
        "A comparison. Several bounds must all hold.",
        properties.collect(),
        &[],
    );
    with(&mut comparison, "minProperties", json!(1));
    let example: Value = serde_json::from_str(example).unwrap_or_default();
    such_as(comparison, json!([{ "gte": example }]))
}

fn condition() -> Value {
    json!({
        "description": "A condition, named after its first key. What an account did is what its \
                        users did while they belonged to it.",
        "anyOf": [
            did(),
            since_event("last", "The time since the latest matching event; false without one."),
            since_event("first", "The time since the earliest matching event; false without one."),
            form(
                "No matching event so far.",
                vec![("never", reference("event"))],
                &["never"],
            ),
            sequence(),
            since_signup(),
            milestone(),
            guide(),
            who(),
            named("audience", "The condition of this audience holds.", reference("id")),
            users(),
            named(
                "page",
                "The path now shown matches. Not for accounts.",
                reference("glob"),
            ),
            named(
                "element",
                "It is in the document and visible. Only browsers know; elsewhere it is false.",
                reference("selector"),
            ),
            named(
                "all",
                "All of these hold; true of none.",
                list(reference("condition")),
            ),
            named(
                "any",
                "At least one of these holds; false of none.",
                list(reference("condition")),
            ),
            named("not", "This does not hold.", reference("condition")),
        ],
        "examples": [
            { "did": "report.created" },
            { "did": "report.shared", "days": { "gte": 3 }, "within": "14d" },
            { "milestone": "first-report" },
        ],
    })
}

/// A form of one key.
fn named(key: &'static str, description: &str, value: Value) -> Value {
    form(description, vec![(key, value)], &[key])
}

fn did() -> Value {
    let mut properties = vec![
        ("did", reference("event")),
        (
            "within",
            described(
                "How far back events count; for ever when absent.",
                reference("duration"),
            ),
        ),
        (
            "sum",
            described("The sum of this property, which `is` compares.", property()),
        ),
        (
            "distinct",
            described(
                "The number of distinct values of this property, which `is` compares.",
                property(),
            ),
        ),
        (
            "is",
            described(
                "What the sum, or the number of distinct values, must be.",
                reference("number-comparison"),
            ),
        ),
    ];
    let meanings = [
        "The number of events; at least one when nothing is counted.",
        "The number of distinct calendar days of the user's own that hold one.",
        "The number of distinct calendar weeks (Monday first) that hold one.",
    ];
    for ((key, _), meaning) in COUNTS.into_iter().zip(meanings) {
        properties.push((key, described(meaning, reference("count-comparison"))));
    }
    let mut did = form(
        "Something was done: so often, on so many days or weeks, so much of it.",
        properties,
        &["did"],
    );
    let measures: Vec<&str> = COUNTS
        .iter()
        .map(|(key, _)| *key)
        .chain(OF_PROPERTY)
        .collect();
    with(&mut did, "not", two_of(&measures));
    let of_values = json!({ "properties": { "is": { "$ref": "#/$defs/count-comparison" } } });
    let dependent = json!({
        "sum": { "required": ["is"] },
        "distinct": { "required": ["is"], "allOf": [of_values] },
        "is": { "anyOf": [{ "required": ["sum"] }, { "required": ["distinct"] }] },
    });
    with(&mut did, "dependentSchemas", dependent);
    did
}

/// The name of a property.
pub(super) fn property() -> Value {
    json!({ "type": "string", "pattern": "\\S", "examples": ["rows"] })
}

/// That there are two of these keys.
pub(super) fn two_of(keys: &[&str]) -> Value {
    let pairs: Vec<Value> = keys
        .iter()
        .enumerate()
        .flat_map(|(place, one)| {
            let others = keys.iter().skip(place + 1);
            others.map(move |other| json!({ "required": [one, other] }))
        })
        .collect();
    json!({ "anyOf": pairs })
}

fn since_event(key: &'static str, description: &str) -> Value {
    form(
        description,
        vec![
            (key, reference("event")),
            (
                "ago",
                described("How long ago.", reference("duration-comparison")),
            ),
        ],
        &[key, "ago"],
    )
}

fn sequence() -> Value {
    let mut events = list(reference("event"));
    with(&mut events, "minItems", json!(1));
    form(
        "These events in this order; others may lie between. It stays true once it is.",
        vec![
            ("sequence", events),
            (
                "within",
                described(
                    "The longest time from the first to the last; any time when absent.",
                    reference("duration"),
                ),
            ),
            (
                "without",
                described("What must not happen in between.", list(reference("event"))),
            ),
        ],
        &["sequence"],
    )
}

fn since_signup() -> Value {
    form(
        "The time since sign-up.",
        vec![
            ("since", json!({ "const": "signup" })),
            (
                "is",
                described("How long that is.", reference("duration-comparison")),
            ),
        ],
        &["since", "is"],
    )
}

fn milestone() -> Value {
    form(
        "The milestone is reached. Asked of a user, one of accounts is that of the user's account.",
        vec![
            ("milestone", reference("id")),
            (
                "ago",
                described(
                    "How long ago it was reached.",
                    reference("duration-comparison"),
                ),
            ),
        ],
        &["milestone"],
    )
}

fn guide() -> Value {
    form(
        "How a guide stands with this user. Not for accounts.",
        vec![
            ("guide", reference("id")),
            ("is", described("How it stands.", choice(STANDINGS))),
        ],
        &["guide", "is"],
    )
}

fn who() -> Value {
    let mut who = form(
        "Who somebody is, by their traits and those of their account.",
        vec![
            (
                "user",
                described(
                    "The traits of the user. Not for accounts.",
                    reference("query"),
                ),
            ),
            (
                "account",
                described("The traits of the (user's) account.", reference("query")),
            ),
        ],
        &[],
    );
    let either = json!([{ "required": ["user"] }, { "required": ["account"] }]);
    with(&mut who, "anyOf", either);
    who
}

fn users() -> Value {
    form(
        "How many users of the account a condition holds of now. Asked of a user it is about the \
         user's account, and false without one.",
        vec![
            (
                "users",
                described(
                    "What must hold of a user to be counted.",
                    reference("condition"),
                ),
            ),
            (
                "count",
                described("What their number must be.", reference("count-comparison")),
            ),
        ],
        &["users", "count"],
    )
}
