//! What schemas are made of.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::guide::CATEGORIES;

/// What is written once and referred to, by its name.
pub(super) type Definitions = BTreeMap<&'static str, Value>;

/// A mapping with these keys and no others.
pub(super) fn object(
    description: &str,
    properties: Vec<(&'static str, Value)>,
    required: &[&str],
) -> Value {
    let properties: Map<String, Value> = properties
        .into_iter()
        .map(|(key, schema)| (key.to_owned(), schema))
        .collect();
    let mut object = json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        with(&mut object, "required", json!(required));
    }
    object
}

/// One of several forms, named after the first of its keys; editors list it by that name.
pub(super) fn form(
    description: &str,
    properties: Vec<(&'static str, Value)>,
    required: &[&str],
) -> Value {
    let name = properties.first().map(|(key, _)| *key);
    let mut form = object(description, properties, required);
    with(&mut form, "title", json!(name));
    form
}

/// A schema with one more keyword.
pub(super) fn with(schema: &mut Value, keyword: &str, value: Value) {
    if let Value::Object(members) = schema {
        members.insert(keyword.to_owned(), value);
    }
}

/// A schema with examples.
pub(super) fn such_as(mut schema: Value, examples: Value) -> Value {
    with(&mut schema, "examples", examples);
    schema
}

/// A schema with what it means here.
pub(super) fn described(description: &str, mut schema: Value) -> Value {
    with(&mut schema, "description", json!(description));
    schema
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

pub(super) fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// One of these words.
pub(super) fn choice<T>(choices: &[(&str, T)]) -> Value {
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    json!({ "enum": words })
}

/// A whole number between two others.
pub(super) fn whole(least: i64, most: i64) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// Of a section that may be empty: `guides:` with nothing after it.
pub(super) fn optional(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// A section that holds one thing after another by its id.
pub(super) fn by_id(name: &str) -> Value {
    optional(json!({
        "type": "object",
        "propertyNames": { "$ref": "#/$defs/id" },
        "additionalProperties": { "$ref": format!("#/$defs/{name}") },
    }))
}

pub(super) fn define(definitions: &mut Definitions) {
    let words = json!({ "description": "Text.", "type": "string", "pattern": "\\S" });
    definitions.insert("words", words);
    let id = json!({
        "description": "An id: letters, digits, `-`, `_` and `.`.",
        "type": "string",
        // Letters are those of any script.
        "pattern": "^[^\\s!\"#$%&'()*+,/:;<=>?@\\[\\\\\\]^`{|}~]+$",
    });
    definitions.insert("id", id);
    let duration = json!({
        "description": "A duration: a whole number with `s`, `m`, `h`, `d` or `w`.",
        "type": "string",
        "pattern": "^[0-9]+[smhdw]$",
        "examples": ["10m", "7d", "4w"],
    });
    definitions.insert("duration", duration);
    let selector = json!({
        "description": "A CSS selector.",
        "type": "string",
        "pattern": "\\S",
        "examples": ["[data-fv=share]", "#people"],
    });
    definitions.insert("selector", selector);
    let glob = json!({
        "description": "A path: `*` stands for anything within a segment, `**` across segments.",
        "type": "string",
        "pattern": "^[/*]",
        "examples": ["/reports/*", "/reports/**"],
    });
    definitions.insert("glob", glob);
    let text = json!({
        "description": "What users read: text, or texts by language tag.",
        "anyOf": [
            { "$ref": "#/$defs/words" },
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": { "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" },
                "additionalProperties": {
                    "anyOf": [{ "$ref": "#/$defs/words" }, { "$ref": "#/$defs/plural" }],
                },
            },
        ],
        "examples": ["Share it", { "en": "Share it", "ja": "共有する" }],
    });
    definitions.insert("text", text);
    definitions.insert("plural", plural());
}

/// A text in the forms that its language has for numbers.
fn plural() -> Value {
    let words = || json!({ "$ref": "#/$defs/words" });
    let mut properties = vec![(
        "plural",
        described("The trait that holds the number.", words()),
    )];
    properties.extend(CATEGORIES.map(|category| (category, words())));
    let what = "A text in the forms that its language has for numbers, or for one number alone.";
    let mut plural = object(what, properties, &["plural", "other"]);
    with(
        &mut plural,
        "patternProperties",
        json!({ "^[0-9]+$": words() }),
    );
    such_as(
        plural,
        json!([{
            "plural": "user.reports",
            "one": "One report",
            "other": "{{user.reports|Your}} reports",
        }]),
    )
}
