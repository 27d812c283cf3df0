//! Conditions: one mapping, whose form is told by the key that it is named after.

mod behaviour;
mod counting;
mod standing;

pub(super) use behaviour::COUNTS;
pub(super) use standing::{STANDINGS, named};

use super::fields::{Fields, unknown_key};
use super::glob::glob;
use super::node::{Content, Node};
use super::query::query;
use super::reader::Reader;
use super::references::Kind;
use super::scope::Form;
use super::selector::selector;
use crate::Condition;

const EXPECTED: &str = "a condition such as `{ did: report.created }`";

/// The keys that tell one form of condition from another.
const FORMS: [&str; 17] = [
    "did",
    "last",
    "first",
    "never",
    "sequence",
    "since",
    "milestone",
    "guide",
    "user",
    "account",
    "audience",
    "users",
    "page",
    "element",
    "all",
    "any",
    "not",
];

pub(super) fn condition(reader: &mut Reader, node: &Node) -> Option<Condition> {
    let Content::Mapping(entries) = &node.content else {
        reader.wrong_type(node, EXPECTED).help(match &node.content {
            Content::List(_) => "for several conditions write `all: [ … ]` or `any: [ … ]`",
            Content::Text(_) => "say what it names: `did: …`, `milestone: …` or `audience: …`",
            _ => "what always holds is `{ all: [] }`",
        });
        return None;
    };
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let is_written = |name: &str| entries.iter().any(|(key, _)| key.text == name);
    let forms: Vec<&str> = FORMS.into_iter().filter(|name| is_written(name)).collect();
    match *forms.as_slice() {
        [] => {
            no_form(reader, node, entries.first().map(|(key, _)| key));
            None
        }
        [form] => {
            let condition = of_form(reader, &mut fields, form);
            if let "user" | "account" = form {
                // They may be written together, so one is known beside the other.
                fields.take("user");
                fields.take("account");
            }
            fields.finish(reader);
            condition
        }
        // Who somebody is has two halves, and they are written together.
        ["user", "account"] => {
            let user = of_form(reader, &mut fields, "user");
            let account = of_form(reader, &mut fields, "account");
            fields.finish(reader);
            Some(Condition::All(vec![user?, account?]))
        }
        [first, second, ..] => {
            let message = format!("`{first}` and `{second}` are two conditions in one");
            let parts: Vec<String> = forms
                .iter()
                .map(|form| format!("{{ {form}: … }}"))
                .collect();
            let error = reader.error("several-conditions", node.span, message);
            error.help(format!("write `all: [ {} ]`, or `any`", parts.join(", ")));
            None
        }
    }
}

/// Notes that a mapping has none of the keys that make it a condition.
fn no_form(reader: &mut Reader, node: &Node, first: Option<&super::node::Key>) {
    match first {
        None => {
            let error = reader.error("invalid-value", node.span, "this condition says nothing");
            error.help("what always holds is `{ all: [] }`");
        }
        Some(key) if matches!(key.text.as_str(), "event" | "where") => {
            let message = format!("expected {EXPECTED}, found an event");
            let error = reader.error("unknown-key", key.span, message);
            error.help("write `did: { event: …, where: … }`");
        }
        Some(key) => unknown_key(key, FORMS, reader),
    }
}

fn of_form(reader: &mut Reader, fields: &mut Fields, form: &'static str) -> Option<Condition> {
    let (key, node) = fields.entry(form)?;
    if let Some(form) = Form::of(form) {
        reader.note_use(form, key.span);
    }
    match form {
        "did" => behaviour::did(reader, node, fields),
        "last" => behaviour::last(reader, node, fields),
        "first" => behaviour::first(reader, node, fields),
        "never" => behaviour::never(reader, node, fields),
        "sequence" => behaviour::sequence(reader, node, fields),
        "since" => standing::since(reader, node, fields),
        "milestone" => standing::milestone(reader, node, fields),
        "guide" => standing::guide(reader, node, fields),
        "user" => query(reader, node, None).map(Condition::User),
        "account" => query(reader, node, None).map(Condition::Account),
        "audience" => standing::named(reader, node, Kind::Audience).map(Condition::Audience),
        "users" => counting::users(reader, node, fields),
        "page" => glob(reader, node).map(Condition::Page),
        "element" => selector(reader, node).map(Condition::Element),
        "all" => conditions(reader, node).map(Condition::All),
        "any" => conditions(reader, node).map(Condition::Any),
        _ => condition(reader, node).map(|condition| Condition::Not(Box::new(condition))),
    }
}

fn conditions(reader: &mut Reader, node: &Node) -> Option<Vec<Condition>> {
    let nodes = reader.list(node, "a list of conditions")?;
    reader.each(nodes, condition)
}
