//! Guides: what they have in common, and those that are one screen after another.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, list, object, reference, such_as, whole, with};
use super::theme::theme;
use crate::source::guide::{DISMISSALS, KINDS, UNTIL};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("guide", guide());
}

/// A guide that is one screen after another, or one that stands on the page.
fn guide() -> Value {
    let mut forms = vec![in_steps()];
    forms.extend(super::panel::guides());
    such_as(
        json!({ "description": "Something that is shown to users.", "anyOf": forms }),
        json!([{ "kind": "modal", "when": { "all": [] }, "steps": [{ "title": "Welcome" }] }]),
    )
}

fn in_steps() -> Value {
    let mut steps = list(reference("step"));
    with(&mut steps, "minItems", json!(1));
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|(_, kind)| !kind.stands())
        .copied()
        .collect();
    let mut keys = vec![
        (
            "kind",
            described(
                "How it is drawn: a tour from element to element, a tooltip beside one, a hotspot \
                 that opens one, a modal over the page, a slideout in its corner, a banner along \
                 its edge or beside an element, a survey, or a checklist.",
                choice(&kinds),
            ),
        ),
        (
            "title",
            described("The heading of a checklist.", reference("text")),
        ),
        (
            "slot",
            described(
                "The slot in the page that a banner or a checklist is drawn in: \
                 `<div data-fv-slot=\"…\">`.",
                reference("words"),
            ),
        ),
        (
            "when",
            described(
                "When it is due; only the host starts it when absent.",
                reference("condition"),
            ),
        ),
        (
            "ordered",
            described(
                "Whether each task of a checklist waits until those before it are done.",
                json!({ "type": "boolean" }),
            ),
        ),
        (
            "dismiss",
            described(
                "When users can send a checklist away: always when absent.",
                choice(DISMISSALS),
            ),
        ),
        ("frequency", frequency()),
        priority(),
        (
            "steps",
            described(
                "One screen after another. A tooltip, a hotspot and a banner have one. Those of a \
                 checklist are its tasks.",
                steps,
            ),
        ),
    ];
    keys.extend(of_all());
    object(
        "A guide that is shown when it is its turn.",
        keys,
        &["kind", "steps"],
    )
}

/// What every kind of guide has.
pub(super) fn of_all() -> [(&'static str, Value); 3] {
    [
        (
            "audience",
            described(
                "The audience that it is for; everybody when absent.",
                reference("id"),
            ),
        ),
        (
            "page",
            described(
                "The pages on which it may start; any page when absent.",
                reference("glob"),
            ),
        ),
        ("theme", theme()),
    ]
}

pub(super) fn priority() -> (&'static str, Value) {
    let priority = described(
        "Of several that are due the highest wins; 0 when absent.",
        whole(i64::from(i32::MIN), i64::from(i32::MAX)),
    );
    ("priority", priority)
}

fn frequency() -> Value {
    let frequency = object(
        "How often it may start by itself; once when absent.",
        vec![
            (
                "limit",
                described(
                    "The most times that it is shown; as often as it is due when absent.",
                    whole(1, i64::from(u32::MAX)),
                ),
            ),
            (
                "every",
                described(
                    "The least time between one showing and the next.",
                    reference("duration"),
                ),
            ),
            (
                "until",
                described(
                    "What ends it for good; completing it or sending it away when absent.",
                    choice(UNTIL),
                ),
            ),
        ],
        &[],
    );
    such_as(
        frequency,
        json!([{ "limit": 3, "every": "2d", "until": "completed" }]),
    )
}
