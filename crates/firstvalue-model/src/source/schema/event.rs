//! The tracking plan, events as conditions name them, and events without code.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, object, reference, such_as};
use crate::playbook::CaptureTrigger;
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
    let of = |on: &[CaptureTrigger], required: &[&str]| {
        let is_route = on.contains(&CaptureTrigger::Route);
        let words = ON.iter().filter(|(_, trigger)| on.contains(trigger));
        let words: Vec<_> = words.map(|(word, _)| json!(word)).collect();
        let mut keys = vec![
            (
                "event",
                described("The event that is recorded.", reference("event-name")),
            ),
            (
                "on",
                described(
                    "What must happen. `rage` is three clicks on the same element within a second; \
                     `dead` is a click after which nothing happens.",
                    json!({ "enum": words }),
                ),
            ),
            (
                "page",
                described("The pages on which it counts.", reference("glob")),
            ),
        ];
        if !is_route {
            keys.push((
                "selector",
                described(
                    "The element that it must happen on or within.",
                    reference("selector"),
                ),
            ));
            keys.push((
                "describe",
                described(
                    "Whether the event says on which element it happened, in its property `element`.",
                    json!({ "type": "boolean" }),
                ),
            ));
        }
        if on.contains(&CaptureTrigger::Visible) {
            keys.push((
                "for",
                described(
                    "How long the element must be in view. One second if absent.",
                    reference("duration"),
                ),
            ));
        }
        let description = "An event that is recorded from what happens on the page.";
        object(description, keys, required)
    };
    use CaptureTrigger::{Change, Click, Dead, Rage, Route, Submit, Visible};
    json!({ "anyOf": [
        of(&[Click, Submit, Change], &["event", "on", "selector"]),
        of(&[Rage, Dead], &["event", "on"]),
        of(&[Visible], &["event", "on", "selector"]),
        of(&[Route], &["event", "on", "page"]),
    ] })
}
