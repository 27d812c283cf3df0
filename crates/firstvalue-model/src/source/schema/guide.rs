//! Guides, their steps, and the throttle of all together.

use serde_json::{Value, json};

use super::shape::{Definitions, choice, described, list, object, reference, such_as, whole, with};
use crate::guide::Effect;
use crate::source::guide::{DENSITIES, DISMISSALS, FONTS, KINDS, MOST_ROUND, SCHEMES, UNTIL};
use crate::source::step::{EFFECTS, PLACEMENTS};
use crate::source::target::{INTERACTIONS, MISSING, ROLES};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("guide", guide());
    definitions.insert("step", step());
    definitions.insert("target", targets());
    definitions.insert("throttle", throttle());
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

fn theme() -> Value {
    object(
        "Colours and shape.",
        vec![
            (
                "accent",
                described(
                    "The colour of its primary buttons. In YAML it needs quotes.",
                    json!({
                        "type": "string",
                        "pattern": "^#[0-9A-Fa-f]{6}$",
                        "examples": ["#2459d6"],
                    }),
                ),
            ),
            (
                "scheme",
                described(
                    "Light or dark; as the reader's system is set when absent.",
                    choice(SCHEMES),
                ),
            ),
            (
                "radius",
                described(
                    "The radius of its corners in pixels; as the host's \
                     `--firstvalue-radius` says when absent, else 14.",
                    whole(0, MOST_ROUND),
                ),
            ),
            (
                "density",
                described(
                    "How much room there is around what it says; as the host's \
                     `--firstvalue-space` says when absent, else comfortable.",
                    choice(DENSITIES),
                ),
            ),
            (
                "font",
                described(
                    "Our own font, which is that of the reader's system, or that of the page; as the \
                     host's `--firstvalue-font` says when absent, else our own.",
                    choice(FONTS),
                ),
            ),
        ],
        &[],
    )
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

pub(super) fn action() -> Value {
    let label = described("What it says.", reference("text"));
    let plain: Vec<_> = EFFECTS
        .iter()
        .filter(|(_, effect)| effect.key().is_none() || *effect == Effect::Snooze)
        .copied()
        .collect();
    let mut forms = vec![object(
        "A button.",
        vec![
            ("label", label.clone()),
            ("do", described("What it does.", choice(&plain))),
        ],
        &["label", "do"],
    )];
    for (word, effect) in EFFECTS {
        let (what, with) = match effect {
            Effect::Start => ("starts another guide", reference("id")),
            Effect::GoTo => ("shows another step of the guide", reference("words")),
            Effect::Link => ("opens an address, and moves on", address()),
            Effect::Track => ("records an event, and moves on", reference("words")),
            Effect::Call => (
                "tells the host's handlers a name, and moves on",
                reference("words"),
            ),
            Effect::Snooze => ("puts the guide off for so long", reference("duration")),
            _ => continue,
        };
        let Some(key) = effect.key() else { continue };
        let what = format!("A button that {what}.");
        let does = json!({ "const": word, "description": what });
        let properties = vec![("label", label.clone()), ("do", does), (key, with)];
        forms.push(object(&what, properties, &["label", "do", key]));
    }
    such_as(
        json!({ "anyOf": forms }),
        json!([{ "label": "Done", "do": "complete" }]),
    )
}

/// What a button may open.
pub(super) fn address() -> Value {
    json!({
        "type": "string",
        "pattern": "^([/?#]|https?://|mailto:|tel:)",
        "examples": ["/reports"],
    })
}

fn throttle() -> Value {
    object(
        "How much attention guides may take together.",
        vec![
            (
                "max-per-session",
                described(
                    "The most guides that start by themselves in one session.",
                    whole(0, i64::from(u32::MAX)),
                ),
            ),
            (
                "min-gap",
                described(
                    "The least time between the end of one guide and the start of the next.",
                    reference("duration"),
                ),
            ),
            (
                "never-over",
                such_as(
                    described(
                        "No guide starts while an element matches one of these.",
                        list(reference("selector")),
                    ),
                    json!([["input:focus", "[role=dialog]"]]),
                ),
            ),
        ],
        &[],
    )
}
