//! Elements of the page, by the ways in which they are found.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, list, object, reference, such_as, with};
use crate::source::target::ROLES;

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("target", targets());
}

pub(super) fn target() -> Value {
    json!({ "$ref": "#/$defs/target" })
}

fn targets() -> Value {
    let attributes = json!({
        "description": "By its attributes and their values.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": { "pattern": "^[\\p{L}_-][\\p{L}\\p{N}_-]*$" },
        "additionalProperties": { "type": "string" },
        "examples": [{ "data-fv": "share" }],
    });
    let ways = ["css", "test-id", "attribute", "role"].map(|way| json!({ "required": [way] }));
    let mut way = object(
        "An element, found in one way, and perhaps by its text or its name besides.",
        vec![
            ("css", described("By a selector.", reference("selector"))),
            (
                "test-id",
                described(
                    "By its test id, whichever attribute that is in: `data-testid`, \
                     `data-test-id`, `data-test`, `data-cy` or `data-qa`.",
                    json!({ "type": "string" }),
                ),
            ),
            ("attribute", attributes),
            (
                "role",
                described(
                    "By its role, whether it says so or has it by itself.",
                    choice(ROLES),
                ),
            ),
            (
                "text",
                described(
                    "Text that it must contain, letter case and white space aside; by itself, the \
                     innermost element that does.",
                    reference("words"),
                ),
            ),
            (
                "name",
                described(
                    "Its accessible name, letter case and white space aside.",
                    reference("words"),
                ),
            ),
        ],
        &[],
    );
    // By itself a text is enough, and a name is not.
    let mut more = ways.to_vec();
    more.push(json!({ "required": ["name"] }));
    let mut one = ways.to_vec();
    one.push(json!({ "required": ["text"], "not": { "anyOf": more } }));
    with(&mut way, "oneOf", json!(one));
    let way = json!({ "anyOf": [{ "$ref": "#/$defs/selector" }, way] });
    let mut several = list(way.clone());
    with(&mut several, "minItems", json!(1));
    let several = described(
        "Several ways to find it: the first by which something can be seen is taken.",
        several,
    );
    such_as(
        json!({ "anyOf": [way, several] }),
        json!([[{ "test-id": "share" }, { "role": "button", "name": "Share" }]]),
    )
}
