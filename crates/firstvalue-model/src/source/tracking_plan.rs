//! The tracking plan: which events there are, and what they carry.

use std::collections::BTreeMap;

use super::choice::choice;
use super::event;
use super::fields::Fields;
use super::node::{Content, Node};
use super::reader::Reader;
use crate::playbook::{EventSpec, PropertyType};

pub(super) fn tracking_plan(reader: &mut Reader, node: &Node) -> BTreeMap<String, EventSpec> {
    let mut plan = BTreeMap::new();
    if let Some(fields) = Fields::of(node, "a mapping of event names", reader) {
        for (key, node) in fields.entries() {
            event::check_form(reader, &key.text, key.span);
            // What is listed is known, even if there is something wrong with the rest of it.
            plan.insert(
                key.text.clone(),
                event_spec(reader, node).unwrap_or_default(),
            );
        }
    }
    plan
}

fn event_spec(reader: &mut Reader, node: &Node) -> Option<EventSpec> {
    if matches!(node.content, Content::Null) {
        return Some(EventSpec::default());
    }
    let mut fields = Fields::of(
        node,
        "a mapping such as `{ properties: { rows: number } }`",
        reader,
    )?;
    let description = fields
        .take("description")
        .and_then(|node| reader.text(node, "text"));
    let properties = fields
        .take("properties")
        .and_then(|node| properties(reader, node));
    fields.finish(reader);
    Some(EventSpec {
        description: description.map(str::to_owned),
        properties: properties.unwrap_or_default(),
    })
}

fn properties(reader: &mut Reader, node: &Node) -> Option<BTreeMap<String, PropertyType>> {
    let fields = Fields::of(node, "a mapping such as `{ rows: number }`", reader)?;
    let mut properties = BTreeMap::new();
    for (key, node) in fields.entries() {
        if let Some(kind) = choice(reader, node, "the type of a property", TYPES) {
            properties.insert(key.text.clone(), kind);
        }
    }
    Some(properties)
}

pub(super) const TYPES: &[(&str, PropertyType)] = &[
    ("string", PropertyType::String),
    ("number", PropertyType::Number),
    ("boolean", PropertyType::Boolean),
    ("array", PropertyType::Array),
    ("object", PropertyType::Object),
];

/// What a playbook calls the type.
pub(super) fn type_name(kind: PropertyType) -> &'static str {
    TYPES
        .iter()
        .find(|(_, known)| *known == kind)
        .map_or("", |(name, _)| name)
}
