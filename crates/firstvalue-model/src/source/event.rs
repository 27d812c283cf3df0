//! Events as conditions name them.

use std::collections::BTreeMap;

use super::diagnostic::Span;
use super::fields::Fields;
use super::nearest;
use super::node::{Content, Node, shortened};
use super::query;
use super::reader::Reader;
use crate::EventMatch;
use crate::message::{OUTCOME_RECORDED, PAGE_VIEWED, guide_event};
use crate::playbook::{EventSpec, PropertyType};

/// What Firstvalue itself records.
pub(super) const OWN: [&str; 10] = [
    PAGE_VIEWED,
    guide_event::SHOWN,
    guide_event::STEP_SHOWN,
    guide_event::ANSWERED,
    guide_event::COMPLETED,
    guide_event::DISMISSED,
    guide_event::SNOOZED,
    guide_event::WITHHELD,
    guide_event::FAILED,
    OUTCOME_RECORDED,
];

/// An event's name, or `{ event, where }`.
pub(super) fn event_match(reader: &mut Reader, node: &Node) -> Option<EventMatch> {
    const EXPECTED: &str = "an event such as `report.created`, or `{ event: …, where: … }`";
    if !matches!(node.content, Content::Mapping(_)) {
        let name = event_name(reader, node, EXPECTED)?;
        return Some(EventMatch { name, query: None });
    }
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let event = fields.require("event", "report.created", reader);
    let name = event.and_then(|node| event_name(reader, node, "the name of an event"));
    let query = fields.take("where").map(|node| {
        let carried = name.as_deref().and_then(|name| properties(reader, name));
        query::query(reader, node, carried.as_ref())
    });
    fields.finish(reader);
    let query = match query {
        Some(query) => Some(query?),
        None => None,
    };
    Some(EventMatch { name: name?, query })
}

/// The name of an event that is known, if the playbook says which there are.
pub(super) fn event_name(reader: &mut Reader, node: &Node, expected: &str) -> Option<String> {
    let name = reader.text(node, expected)?;
    reader.events_named.push((name.to_owned(), node.span));
    match &reader.plan {
        None => check_form(reader, name, node.span),
        Some(plan) if plan.contains_key(name) || OWN.contains(&name) => {}
        Some(plan) => {
            let known: Vec<&str> = plan.keys().map(String::as_str).chain(OWN).collect();
            let help = nearest::nearest(name, known).map_or_else(
                || {
                    format!(
                        "add it to the tracking plan: `events: {{ {}: {{}} }}`",
                        shortened(name)
                    )
                },
                |name| format!("did you mean `{name}`? if not, add it to the tracking plan"),
            );
            let message = format!(
                "there is no event `{}` in the tracking plan",
                shortened(name)
            );
            reader.error("unknown-event", node.span, message).help(help);
        }
    }
    Some(name.to_owned())
}

/// Warns once of a name that is not of the form by which events are easy to tell apart.
pub(super) fn check_form(reader: &mut Reader, name: &str, span: Span) {
    let is_word = |word: &str| {
        let plain = |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '_' | '-');
        !word.is_empty() && word.chars().all(plain)
    };
    let has_form = name.contains('.') && name.split('.').all(is_word);
    if !has_form && reader.events_seen.insert(name.to_owned()) {
        let message = format!(
            "the event `{}` is not named `object.action`",
            shortened(name)
        );
        let warning = reader.warning("event-name", span, message);
        warning.help("lower case and the past tense keep events apart: `report.created`");
    }
}

/// The properties that an event carries, if the tracking plan lists them.
pub(super) fn properties(reader: &Reader, event: &str) -> Option<BTreeMap<String, PropertyType>> {
    let EventSpec { properties, .. } = reader.plan.as_ref()?.get(event)?;
    (!properties.is_empty()).then(|| properties.clone())
}
