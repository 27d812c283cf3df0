//! Queries over traits and properties: the GrowthBook condition language.

use serde_json::{Map, Value, json};

use super::shape::{Definitions, described, list, reference};
use crate::source::query::{OPERATORS, TYPE_NAMES};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("query", query());
    definitions.insert("expected", expected());
    definitions.insert("operators", operators());
}

fn query() -> Value {
    json!({
        "description": "A query in the style of MongoDB: what the values at (dotted) paths must be. \
                        All must hold.",
        "type": "object",
        "properties": {
            "$and": described("All of these hold.", list(reference("query"))),
            "$or": described("At least one of these holds.", list(reference("query"))),
            "$nor": described("None of these holds.", list(reference("query"))),
            "$not": described("This does not hold.", reference("query")),
        },
        // An operator by itself does not say what it compares.
        "propertyNames": { "not": { "enum": OPERATORS } },
        "additionalProperties": { "$ref": "#/$defs/expected" },
        "examples": [
            { "role": "admin" },
            { "plan": { "$in": ["trial", "starter"] }, "seats": { "$gt": 5 } },
        ],
    })
}

fn expected() -> Value {
    json!({
        "description": "What a value must be: another value, or operators.",
        "anyOf": [
            { "type": ["null", "boolean", "number", "string", "array"] },
            { "type": "object", "propertyNames": { "not": { "pattern": "^\\$" } } },
            { "$ref": "#/$defs/operators" },
        ],
        "examples": ["admin", { "$in": ["trial", "starter"] }, { "$exists": true }],
    })
}

fn operators() -> Value {
    let mut properties: Map<String, Value> = OPERATORS
        .into_iter()
        .map(|operator| (operator.to_owned(), operand(operator)))
        .collect();
    let not = described("This does not hold of the value.", reference("expected"));
    properties.insert("$not".to_owned(), not);
    json!({
        "description": "Operators that compare a value. All must hold.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// What an operator compares with.
fn operand(operator: &str) -> Value {
    let (description, operand) = match operator {
        "$eq" => ("Equal to.", json!({})),
        "$ne" => ("Not equal to.", json!({})),
        "$gt" => ("Greater than.", ordered()),
        "$gte" => ("Greater than or equal to.", ordered()),
        "$lt" => ("Less than.", ordered()),
        "$lte" => ("Less than or equal to.", ordered()),
        "$in" => ("One of these, or an array that holds one.", list(json!({}))),
        "$nin" => ("None of these.", list(json!({}))),
        "$ini" => ("One of these, letter case aside.", list(json!({}))),
        "$nini" => ("None of these, letter case aside.", list(json!({}))),
        "$exists" => ("Whether there is a value.", json!({ "type": "boolean" })),
        "$type" => ("The type of the value.", json!({ "enum": TYPE_NAMES })),
        "$regex" => ("A regular expression that is found in it.", pattern()),
        "$regexi" => (
            "A regular expression that is found in it, letter case aside.",
            pattern(),
        ),
        "$size" => ("How many elements an array has.", reference("expected")),
        "$elemMatch" => (
            "What an element of the array must be.",
            json!({ "anyOf": [{ "$ref": "#/$defs/operators" }, { "$ref": "#/$defs/query" }] }),
        ),
        "$all" => ("What an array must hold.", list(reference("expected"))),
        "$alli" => (
            "What an array must hold, letter case aside.",
            list(reference("expected")),
        ),
        "$veq" => ("The same version as.", reference("words")),
        "$vne" => ("Another version than.", reference("words")),
        "$vgt" => ("A later version than.", reference("words")),
        "$vgte" => ("At least this version.", reference("words")),
        "$vlt" => ("An earlier version than.", reference("words")),
        _ => ("At most this version.", reference("words")),
    };
    described(description, operand)
}

fn ordered() -> Value {
    json!({ "type": ["number", "string"] })
}

/// Only what browsers and the server read alike; what that is, no schema can say.
fn pattern() -> Value {
    json!({ "type": "string", "pattern": "\\S", "examples": ["@example\\.com$"] })
}
