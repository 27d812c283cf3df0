//! Numbers that are known of a user or an account.

use crate::EventMatch;
use crate::Measure;
use crate::playbook::Number;
use crate::source::choice::choice;
use crate::source::condition::COUNTS;
use crate::source::event::event_match;
use crate::source::fields::{Fields, unknown_key};
use crate::source::measure::{self, OF_PROPERTY};
use crate::source::node::{Content, Node, shortened};
use crate::source::reader::Reader;
use crate::source::scope::Form;

/// In what a number is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Time,
    None,
}

impl Unit {
    pub(super) fn of(number: &Number) -> Self {
        match number {
            Number::Last(_) | Number::First(_) | Number::SinceSignup => Self::Time,
            Number::Did { .. } | Number::User(_) | Number::Account(_) => Self::None,
        }
    }
}

const EXPECTED: &str = "a number such as `{ did: session.started, count: days, within: 28d }`";

/// The keys that tell one form of number from another.
const FORMS: [&str; 6] = ["did", "last", "first", "since", "user", "account"];

pub(super) fn number(reader: &mut Reader, node: &Node) -> Option<Number> {
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let keys = fields.entries();
    let is_written = |name: &str| keys.iter().any(|(key, _)| key.text == name);
    let forms: Vec<&'static str> = FORMS.into_iter().filter(|name| is_written(name)).collect();
    match *forms.as_slice() {
        [] => {
            match keys.first() {
                None => {
                    let error = reader.error("invalid-value", node.span, "this measures nothing");
                    error.help("write for example `{ user: nps }`");
                }
                Some((key, _)) => unknown_key(key, FORMS, reader),
            }
            None
        }
        [form] => {
            let number = of_form(reader, &mut fields, form);
            fields.finish(reader);
            number
        }
        [first, second, ..] => {
            let message = format!("`{first}` and `{second}` are two numbers in one");
            let error = reader.error("several-conditions", node.span, message);
            error.help("measure one thing, and give the other a part of its own");
            None
        }
    }
}

fn of_form(reader: &mut Reader, fields: &mut Fields, form: &'static str) -> Option<Number> {
    let (key, node) = fields.entry(form)?;
    match form {
        "did" => did(reader, node, fields),
        "last" => event(reader, node, fields).map(Number::Last),
        "first" => event(reader, node, fields).map(Number::First),
        "since" => {
            choice(reader, node, "`signup`", &[("signup", ())]).map(|()| Number::SinceSignup)
        }
        "user" => {
            reader.note_use(Form::UserNumber, key.span);
            path(reader, node).map(Number::User)
        }
        _ => path(reader, node).map(Number::Account),
    }
}

fn did(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Number> {
    let event = event_match(reader, node);
    let within = fields.take("within").and_then(|node| reader.duration(node));
    // Of each that is written: its key, and what could be read of it.
    let mut written = Vec::new();
    if let Some((key, node)) = fields.entry("count") {
        written.push((key, choice(reader, node, "what to count", &COUNTS)));
    }
    for name in OF_PROPERTY {
        if let Some((key, node)) = fields.entry(name) {
            let measure = measure::of_property(reader, node, name, event.as_ref());
            written.push((key, measure));
        }
    }
    for (name, _) in COUNTS {
        let instead = format!("a number is only measured: write `count: {name}`");
        fields.misplaced(name, &instead, reader);
    }
    fields.misplaced("is", "a number is only measured: remove it", reader);
    fields.misplaced(
        "where",
        "put it with the event: `{ event: …, where: … }`",
        reader,
    );
    for (key, _) in written.iter().skip(1) {
        let message = format!("`{}` is a second measure of one number", key.text);
        let error = reader.error("several-conditions", key.span, message);
        error.help("measure one thing, and give the other a part of its own");
    }
    let measure = written
        .into_iter()
        .next()
        .map_or(Some(Measure::Times), |(_, measure)| measure);
    Some(Number::Did {
        event: event?,
        measure: measure?,
        within,
    })
}

/// An event, for the time since it happened.
fn event(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<EventMatch> {
    let instead = "the time is only measured: what it should be are `from` and `to`";
    fields.misplaced("ago", instead, reader);
    fields.misplaced(
        "where",
        "put it with the event: `{ event: …, where: … }`",
        reader,
    );
    event_match(reader, node)
}

/// A trait, by its dotted path.
fn path(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "the name of a numeric trait such as `nps`";
    if let Content::Mapping(_) = node.content {
        let error = reader.wrong_type(node, EXPECTED);
        error.help("a number is only measured; for what must hold of a trait use a condition");
        return None;
    }
    let path = reader.text(node, EXPECTED)?;
    if path.split('.').any(str::is_empty) {
        let message = format!("`{}` names no trait", shortened(path));
        let error = reader.error("invalid-value", node.span, message);
        error.help("for a value inside of another write both names: `billing.seats`");
        return None;
    }
    Some(path.to_owned())
}
