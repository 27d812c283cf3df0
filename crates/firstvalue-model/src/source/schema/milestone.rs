//! Milestones, goals, stages and outcomes: what is reached.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, list, object, reference, such_as, with};
use crate::source::milestone::PER;

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("milestone", milestone());
    definitions.insert("goal", goal());
    definitions.insert("stage", stage());
    definitions.insert("outcome", outcome());
}

/// What people read on the dashboard.
fn title() -> Value {
    described(
        "What people read on the dashboard; the id when absent.",
        reference("words"),
    )
}

fn milestone() -> Value {
    let milestone = object(
        "A named condition that stays reached once it was true.",
        vec![
            ("title", title()),
            (
                "per",
                described(
                    "Whether users or accounts reach it; users when absent.",
                    choice(PER),
                ),
            ),
            (
                "when",
                described("When it is reached.", reference("condition")),
            ),
            (
                "target",
                described(
                    "The time to value that the product team aims at.",
                    reference("duration"),
                ),
            ),
        ],
        &["when"],
    );
    such_as(
        milestone,
        json!([{ "title": "First report", "when": { "did": "report.created" }, "target": "3d" }]),
    )
}

fn goal() -> Value {
    let mut milestones = list(reference("id"));
    with(&mut milestones, "minItems", json!(1));
    let goal = object(
        "What a customer signed up for.",
        vec![
            ("title", title()),
            (
                "milestones",
                described("The milestones on the way there.", milestones),
            ),
        ],
        &["milestones"],
    );
    such_as(
        goal,
        json!([{ "title": "Report to the board", "milestones": ["first-report", "activated"] }]),
    )
}

fn stage() -> Value {
    let stage = object(
        "A stage of the life cycle.",
        vec![
            ("title", title()),
            (
                "when",
                described(
                    "When a user is in it, unless a later one holds too.",
                    reference("condition"),
                ),
            ),
        ],
        &["when"],
    );
    such_as(
        stage,
        json!([{ "title": "Adopting", "when": { "milestone": "first-report" } }]),
    )
}

fn outcome() -> Value {
    let money = object(
        "An amount of money.",
        vec![
            (
                "amount",
                described("How much.", json!({ "type": "number" })),
            ),
            (
                "currency",
                described(
                    "The currency's code in ISO 4217.",
                    json!({ "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR", "USD"] }),
                ),
            ),
        ],
        &["amount", "currency"],
    );
    let outcome = object(
        "A business result with a number, which the host reports.",
        vec![
            (
                "title",
                described(
                    "What people read of it; its id when absent.",
                    reference("text"),
                ),
            ),
            (
                "unit",
                described(
                    "The unit of its number.",
                    json!({ "$ref": "#/$defs/text", "examples": ["h"] }),
                ),
            ),
            ("value-of-one", described("What one unit is worth.", money)),
        ],
        &[],
    );
    such_as(
        outcome,
        json!([{
            "title": "Hours saved",
            "unit": "h",
            "value-of-one": { "amount": 40, "currency": "EUR" },
        }]),
    )
}
