//! The tracking plan, events as conditions name them, and events without code.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, object, reference, such_as};
use crate::source::capture::ON;
use crate::source::tracking_plan::TYPES;

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("event-spec", spec());
    definitions.insert("event-name", name());
    definitions.insert("event", matching());
    definitions.insert("capture-rule", capture_rule());
}

fn spec() -> Value {
    let properties = json!({ "type": "object", "additionalProperties": choice(TYPES) });
    let mapping = object(
        "An event of the tracking plan.",
        vec![
            (
                "description",
                described("What it means that this happened.", reference("words")),
            ),
            (
                "properties",
                such_as(
                    described("The types of the properties that it carries.", properties),
                    json!([{ "rows": "number", "template": "string" }]),
                ),
            ),
        ],
        &[],
    );
    json!({ "anyOf": [mapping, { "type": "null" }] })
}

fn name() -> Value {
    json!({
        "description": "The name of an event: `object.action` in the past tense.",
        "type": "string",
        "pattern": "\\S",
        "examples": ["report.created", "page.viewed"],
    })
}

fn matching() -> Value {
    let event = object(
        "Those events of a name whose properties satisfy a query.",
        vec![
            ("event", reference("event-name")),
            (
                "where",
                described("What its properties must satisfy.", reference("query")),
            ),
        ],
        &["event"],
    );
    json!({
        "description": "Which events count.",
        "anyOf": [{ "$ref": "#/$defs/event-name" }, event],
        "examples": [
            "report.created",
            { "event": "report.created", "where": { "rows": { "$gte": 1000 } } },
        ],
    })
}

fn capture_rule() -> Value {
    object(
        "An event that is recorded from what happens on the page.",
        vec![
            (
                "event",
                described("The event that is recorded.", reference("event-name")),
            ),
            ("on", described("What must happen.", choice(ON))),
            (
                "selector",
                described(
                    "The element that it must happen on or within.",
                    reference("selector"),
                ),
            ),
        ],
        &["event", "on", "selector"],
    )
}
