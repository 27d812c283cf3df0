//! The playbook format as JSON Schema (draft 2020-12), by which editors complete and check.
//!
//! What words there are and which operators, it takes from the decoders. Which keys go together it
//! says again, because the decoders say it by what they do; tests compare the two on playbooks with
//! every kind of mistake, so that neither changes alone. It is never the stricter one, and
//! `firstvalue check` finds more: what refers to nothing, or does not suit the tracking plan.

mod action;
mod condition;
mod event;
mod guide;
mod health;
mod milestone;
mod panel;
mod query;
mod question;
mod shape;
mod step;
mod target;
mod theme;
mod throttle;

use serde_json::{Value, json};

use shape::{Definitions, by_id, described, list, optional, reference};

/// The schema of a playbook.
///
/// ```
/// let schema = firstvalue_model::source::schema();
/// assert_eq!(schema["properties"]["version"]["const"], 1);
/// ```
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    shape::define(&mut definitions);
    event::define(&mut definitions);
    query::define(&mut definitions);
    condition::define(&mut definitions);
    milestone::define(&mut definitions);
    guide::define(&mut definitions);
    step::define(&mut definitions);
    target::define(&mut definitions);
    throttle::define(&mut definitions);
    panel::define(&mut definitions);
    health::define(&mut definitions);
    let mut playbook = shape::object(
        "Everything that Firstvalue is told about one product.",
        sections(),
        &["version", "product"],
    );
    if let Value::Object(playbook) = &mut playbook {
        let head = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Firstvalue playbook",
            "$defs": definitions,
        });
        if let Value::Object(head) = head {
            playbook.extend(head);
        }
    }
    playbook
}

/// The sections in the order in which people write them.
fn sections() -> Vec<(&'static str, Value)> {
    vec![
        (
            "version",
            described("The version of the playbook format.", json!({ "const": 1 })),
        ),
        (
            "product",
            described(
                "The product's name.",
                json!({ "$ref": "#/$defs/words", "examples": ["Ledgerly"] }),
            ),
        ),
        (
            "events",
            described(
                "The tracking plan: which events there are, and what they carry. It is optional, \
                 but if it is there, every event that is named must be in it.",
                optional(json!({
                    "type": "object",
                    "additionalProperties": { "$ref": "#/$defs/event-spec" },
                    "examples": [{ "report.created": { "properties": { "rows": "number" } } }],
                })),
            ),
        ),
        (
            "capture",
            described(
                "Events that are recorded from what happens on the page, without code in the host.",
                optional(list(reference("capture-rule"))),
            ),
        ),
        (
            "audiences",
            described(
                "Named conditions, by their ids, for guides and other conditions to name.",
                by_id("condition"),
            ),
        ),
        (
            "milestones",
            described(
                "What users or accounts reach once, and have reached from then on, by their ids.",
                by_id("milestone"),
            ),
        ),
        (
            "goals",
            described(
                "What customers signed up for, by their ids: milestones that belong together.",
                by_id("goal"),
            ),
        ),
        (
            "stages",
            described(
                "The stages of a user's life cycle, by their ids, from the first to the last: the \
                 last whose condition holds is the user's stage.",
                by_id("stage"),
            ),
        ),
        (
            "outcomes",
            described(
                "Business results, by the names under which the host reports them.",
                by_id("outcome"),
            ),
        ),
        (
            "guides",
            described("What is shown to users, by their ids.", by_id("guide")),
        ),
        (
            "health",
            described(
                "How well users and accounts are doing, as a number from 0 to 100.",
                optional(reference("health")),
            ),
        ),
        (
            "holdout",
            described(
                "The share of users who get no guide, to compare the others with.",
                optional(health::share()),
            ),
        ),
        (
            "throttle",
            described(
                "How much attention all guides together may take. Guides that somebody starts are \
                 exempt.",
                optional(reference("throttle")),
            ),
        ),
    ]
}

#[cfg(test)]
mod tests;
