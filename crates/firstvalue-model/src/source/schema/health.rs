//! Health scores, and the hold-out.

use serde_json::{Value, json};

use super::condition::{property, two_of};
use super::shape::{Definitions, described, form, list, object, reference, such_as, with};
use crate::source::condition::COUNTS;
use crate::source::measure::OF_PROPERTY;

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("health", health());
    definitions.insert("health-part", part());
}

/// A share of all users.
pub(super) fn share() -> Value {
    json!({
        "anyOf": [
            { "type": "string", "pattern": "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)\\s*%$" },
            { "type": "number", "minimum": 0, "maximum": 1 },
        ],
        "examples": ["5%", 0.05],
    })
}

fn health() -> Value {
    object(
        "What health scores are made of: the mean of their parts by their weights. Parts of which \
         nothing is known yet are left out.",
        vec![
            (
                "weights",
                described(
                    "The parts of a user's score.",
                    list(reference("health-part")),
                ),
            ),
            (
                "account-weights",
                described(
                    "The parts of an account's score.",
                    list(reference("health-part")),
                ),
            ),
        ],
        &[],
    )
}

fn part() -> Value {
    let weight = json!({ "type": "number", "exclusiveMinimum": 0 });
    let part = object(
        "A part of a health score.",
        vec![
            (
                "name",
                described("What people read beside its share.", reference("words")),
            ),
            (
                "weight",
                described("How much it counts, beside the others.", weight),
            ),
            ("score", score()),
        ],
        &["name", "weight", "score"],
    );
    such_as(
        part,
        json!([{
            "name": "Days of use",
            "weight": 30,
            "score": {
                "number": { "did": "session.started", "count": "days", "within": "28d" },
                "from": 0,
                "to": 12,
            },
        }]),
    )
}

fn score() -> Value {
    json!({
        "description": "What it is: all or nothing by a condition, or a number between two bounds.",
        "anyOf": [
            { "$ref": "#/$defs/condition" },
            scaled("A number between two bounds.", &amounts(), &json!({ "type": "number" })),
            scaled("A time between two bounds.", &times(), &reference("duration")),
        ],
    })
}

fn scaled(description: &str, numbers: &Value, bound: &Value) -> Value {
    form(
        description,
        vec![
            ("number", described("What is measured.", numbers.clone())),
            ("from", described("Where the score is 0.", bound.clone())),
            (
                "to",
                described(
                    "Where the score is full. It may be the lesser of the two.",
                    bound.clone(),
                ),
            ),
        ],
        &["number", "from", "to"],
    )
}

fn amounts() -> Value {
    let counts: Vec<&str> = COUNTS.iter().map(|(word, _)| *word).collect();
    let mut did = form(
        "What was done.",
        vec![
            ("did", reference("event")),
            (
                "within",
                described(
                    "How far back events count; for ever when absent.",
                    reference("duration"),
                ),
            ),
            (
                "count",
                described(
                    "What is counted: events when absent, or the days or weeks that hold one.",
                    json!({ "enum": counts }),
                ),
            ),
            ("sum", described("The sum of this property.", property())),
            (
                "distinct",
                described(
                    "The number of distinct values of this property.",
                    property(),
                ),
            ),
        ],
        &["did"],
    );
    let measures: Vec<&str> = ["count"].into_iter().chain(OF_PROPERTY).collect();
    with(&mut did, "not", two_of(&measures));
    json!({ "anyOf": [
        did,
        of_trait("user", "A trait of the user, by its dotted path. Not for accounts."),
        of_trait("account", "A trait of the (user's) account, by its dotted path."),
    ] })
}

fn of_trait(key: &'static str, description: &str) -> Value {
    let path = json!({ "type": "string", "pattern": "^[^.]+(\\.[^.]+)*$", "examples": ["nps"] });
    form(description, vec![(key, path)], &[key])
}

fn times() -> Value {
    let since = |key, description| form(description, vec![(key, reference("event"))], &[key]);
    let signup = vec![("since", json!({ "const": "signup" }))];
    json!({ "anyOf": [
        since("last", "The time since the latest matching event; unknown without one."),
        since("first", "The time since the earliest matching event; unknown without one."),
        form("The time since sign-up.", signup, &["since"]),
    ] })
}
