//! Steps of guides, and what leads on from them.

use serde_json::{Value, json};

use super::action::action;
use super::shape::{Definitions, choice, described, list, object, reference, such_as, with};
use super::target::target;
use crate::source::step::PLACEMENTS;
use crate::source::target::{INTERACTIONS, MISSING};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("step", step());
}

fn step() -> Value {
    let mut step = object(
        "One screen of a guide, with a title, a body or both.",
        vec![
            (
                "id",
                described(
                    "The name by which buttons and branches lead to it.",
                    reference("words"),
                ),
            ),
            (
                "path",
                described(
                    "The path in the product to which users are taken, if they are elsewhere, when \
                     the guide moves on or back to it: without loading the page if the host has said \
                     how. Of a tour, a modal and a slideout.",
                    path(),
                ),
            ),
            (
                "target",
                described("The element that it points at.", target()),
            ),
            (
                "wait",
                described(
                    "How long the target may take to come; 10 s when absent.",
                    reference("duration"),
                ),
            ),
            (
                "missing",
                described(
                    "What becomes of the step if its target does not come: the guide ends, which is \
                     usual, the next step is shown, the step is shown in the middle, or it is waited \
                     for as long as it takes.",
                    choice(MISSING),
                ),
            ),
            (
                "interaction",
                described(
                    "What users may do with the target: what they like, nothing, or they must use it \
                     before the buttons lead on.",
                    choice(INTERACTIONS),
                ),
            ),
            ("title", described("The heading.", reference("text"))),
            (
                "body",
                described("The text, in a subset of Markdown.", reference("text")),
            ),
            (
                "placement",
                described(
                    "The side of the target, by room when absent. For a banner the edge of the page, or \
                     before or after its target; for a slideout and a survey the corner.",
                    choice(PLACEMENTS),
                ),
            ),
            ("advance", advance()),
            ("next", branches()),
            (
                "actions",
                described(
                    "The buttons; those usual for the kind when absent.",
                    list(action()),
                ),
            ),
            ("ask", super::question::question()),
            ("if", super::question::earlier()),
            (
                "done",
                described(
                    "The milestone by which a task of a checklist is done.",
                    reference("id"),
                ),
            ),
        ],
        &[],
    );
    let either = json!([{ "required": ["title"] }, { "required": ["body"] }]);
    with(&mut step, "anyOf", either);
    step
}

fn path() -> Value {
    json!({
        "type": "string",
        "pattern": "^/([^/*][^*]*)?$",
        "examples": ["/reports"],
    })
}

fn branches() -> Value {
    let when = || {
        let what = "When it is taken; always when absent.";
        ("when", described(what, reference("condition")))
    };
    let to = described("The name of the step.", reference("words"));
    let end = described("It ends the guide.", json!({ "const": "complete" }));
    let branch = json!({
        "anyOf": [
            object("A branch to a step.", vec![when(), ("to", to)], &["to"]),
            object("A branch to the end.", vec![when(), ("do", end)], &["do"]),
        ],
    });
    let mut branches = list(branch);
    with(&mut branches, "minItems", json!(1));
    let branches = described(
        "Where the step leads when it moves on: the first of these whose condition holds is taken, \
         and if there is none the next step follows. Of a tour, a modal and a slideout.",
        branches,
    );
    such_as(
        branches,
        json!([[{ "when": { "milestone": "activated" }, "to": "sharing" }, { "do": "complete" }]]),
    )
}

fn advance() -> Value {
    let on = |trigger: &str, what: &str| described(what, json!({ "const": trigger }));
    let one = |trigger, what, with: Option<(&'static str, Value)>| {
        let mut properties = vec![("on", on(trigger, what))];
        let mut required = vec!["on"];
        required.extend(with.as_ref().map(|(key, _)| *key));
        properties.extend(with);
        object(what, properties, &required)
    };
    let event = described("The name of the event.", reference("words"));
    let page = described("The route.", reference("glob"));
    json!({
        "description": "What besides the buttons moves on to the next step.",
        "anyOf": [
            one("click", "The target is clicked.", None),
            one("input", "Something is entered or chosen in the target.", None),
            one("event", "The user does something.", Some(("event", event))),
            one("route", "The user comes to a page.", Some(("page", page))),
            one(
                "milestone",
                "The user reaches a milestone.",
                Some(("milestone", described("Its id.", reference("id")))),
            ),
            object(
                "A condition holds.",
                vec![("when", reference("condition"))],
                &["when"],
            ),
        ],
    })
}
