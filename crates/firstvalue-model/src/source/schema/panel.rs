//! Guides that stand on the page, and what is in their panels.

use serde_json::{Value, json};

use super::action::{action, address};
use super::guide::{of_all, priority};
use super::shape::{Definitions, choice, described, list, object, reference, with};
use super::target::target;
use crate::source::panel::{CORNERS, NOTICES};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("entry", entry());
    definitions.insert("section", section());
}

/// Each kind of guide that stands on the page.
pub(super) fn guides() -> Vec<Value> {
    let mut announcement = standing(
        "announcement",
        "What is new, behind a button that counts what was not read yet.",
    );
    announcement.push(priority());
    announcement.push((
        "entries",
        described(
            "What is new; the newest is shown first.",
            filled(reference("entry")),
        ),
    ));
    let mut center = standing(
        "resource-center",
        "Articles, tours and links, to be searched, behind a button.",
    );
    center.push((
        "sections",
        described("What there is to find.", filled(reference("section"))),
    ));
    let mut report = standing(
        "value-report",
        "What the customer has achieved, month by month, behind a button.",
    );
    report.extend([
        (
            "outcomes",
            described(
                "What is shown; all outcomes when absent.",
                filled(reference("id")),
            ),
        ),
        (
            "body",
            described(
                "What is said before the numbers, in a subset of Markdown.",
                reference("text"),
            ),
        ),
        ("actions", described("Its buttons.", list(action()))),
    ]);
    vec![
        object(
            "An announcement.",
            announcement,
            &["kind", "title", "entries"],
        ),
        object("A resource centre.", center, &["kind", "title", "sections"]),
        object("A value report.", report, &["kind", "title"]),
    ]
}

fn standing(kind: &str, what: &str) -> Vec<(&'static str, Value)> {
    let mut keys = vec![
        ("kind", described(what, json!({ "const": kind }))),
        (
            "title",
            described(
                "The heading of its panel, and the name of its button.",
                reference("text"),
            ),
        ),
        (
            "launcher",
            described(
                "The element of the page that opens it; a button of our own when absent.",
                target(),
            ),
        ),
        (
            "placement",
            described(
                "The corner of its own button; where text ends when absent.",
                choice(CORNERS),
            ),
        ),
        (
            "slot",
            described(
                "The slot in the page that its own button is drawn in: `<div data-fv-slot=\"…\">`.",
                reference("words"),
            ),
        ),
        (
            "when",
            described(
                "When it is there; always when absent.",
                reference("condition"),
            ),
        ),
    ];
    keys.extend(of_all());
    keys
}

fn entry() -> Value {
    object(
        "One thing that is announced.",
        vec![
            (
                "id",
                described(
                    "Its name, by which it is known whether it was read.",
                    reference("id"),
                ),
            ),
            (
                "date",
                described(
                    "The day of it.",
                    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-03-31"] }),
                ),
            ),
            ("title", described("The heading.", reference("text"))),
            (
                "body",
                described("The text, in a subset of Markdown.", reference("text")),
            ),
            ("actions", described("Its buttons.", list(action()))),
            (
                "when",
                described(
                    "Who sees it; everybody when absent.",
                    reference("condition"),
                ),
            ),
            (
                "notice",
                described(
                    "Whether it is only in the feed, is counted at the button until it was read, or \
                     comes up by itself as well; counted when absent.",
                    choice(NOTICES),
                ),
            ),
        ],
        &["id", "date", "title"],
    )
}

fn section() -> Value {
    let mut section = object(
        "Some of what a resource centre holds.",
        vec![
            (
                "id",
                described("Its name; needed with `when`.", reference("id")),
            ),
            ("title", described("The heading.", reference("text"))),
            (
                "when",
                described(
                    "Who sees it; everybody when absent.",
                    reference("condition"),
                ),
            ),
            ("items", described("What is in it.", filled(item()))),
        ],
        &["title", "items"],
    );
    with(&mut section, "dependentRequired", json!({ "when": ["id"] }));
    section
}

fn item() -> Value {
    let mut item = object(
        "An article, or something that is done by a press.",
        vec![
            ("title", described("What it is called.", reference("text"))),
            (
                "keywords",
                described("Words by which it is found as well.", reference("text")),
            ),
            (
                "body",
                described(
                    "The text of an article, in a subset of Markdown.",
                    reference("text"),
                ),
            ),
            (
                "actions",
                described("The buttons of an article.", list(action())),
            ),
            (
                "guide",
                described(
                    "The guide that it starts, however often that was shown.",
                    reference("id"),
                ),
            ),
            ("href", described("The address that it opens.", address())),
            (
                "event",
                described("The event that it records.", reference("words")),
            ),
            (
                "name",
                described(
                    "The name that the host's handlers are told.",
                    reference("words"),
                ),
            ),
        ],
        &["title"],
    );
    let ways = ["body", "guide", "href", "event", "name"].map(|key| json!({ "required": [key] }));
    with(&mut item, "anyOf", json!(ways));
    item
}

/// A list with something in it.
fn filled(of: Value) -> Value {
    let mut list = list(of);
    with(&mut list, "minItems", json!(1));
    list
}
