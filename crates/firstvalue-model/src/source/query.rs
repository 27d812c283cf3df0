//! Queries over traits and properties.
//!
//! A query that is never true, or true of everything, because of a slip is the hardest kind of
//! mistake to find later; so operators, what they compare with, and the properties of the tracking
//! plan are all checked here.

mod operand;
mod pattern;

pub(super) use operand::{OPERATORS, TYPE_NAMES};

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::diagnostic::Span;
use super::nearest;
use super::node::{Content, Key, Node, shortened};
use super::reader::Reader;
use super::tracking_plan::type_name;
use crate::Query;
use crate::playbook::PropertyType;

/// The properties that a query may ask for, and their types; `None` if they are not declared.
pub(super) type Properties<'p> = Option<&'p BTreeMap<String, PropertyType>>;

const EXPECTED: &str = "a query such as `{ role: admin }`";

/// What joins queries.
const JOINING: [&str; 4] = ["$and", "$or", "$nor", "$not"];

pub(super) fn query(reader: &mut Reader, node: &Node, properties: Properties) -> Option<Query> {
    check(reader, node, properties);
    match json(node) {
        Value::Object(query) => Some(query),
        _ => None,
    }
}

/// Notes what is wrong with a query.
fn check(reader: &mut Reader, node: &Node, properties: Properties) {
    let Content::Mapping(entries) = &node.content else {
        reader.wrong_type(node, EXPECTED);
        return;
    };
    for (key, node) in entries {
        match key.text.as_str() {
            "$and" | "$or" | "$nor" => {
                let queries = reader.list(node, "a list of queries").unwrap_or_default();
                queries
                    .iter()
                    .for_each(|query| check(reader, query, properties));
            }
            "$not" => check(reader, node, properties),
            name if operand::OPERATORS.contains(&name) => {
                let message = format!("`{name}` does not say what it compares");
                let error = reader.error("query", key.span, message);
                error.help(format!(
                    "put it under the name of a value: `plan: {{ {name}: … }}`"
                ));
            }
            name if name.starts_with('$') && slip(name, JOINING).is_some() => {
                unknown_operator(reader, key, &JOINING);
            }
            name if let Some(operator) = meant(name, node) => {
                let message = format!("without `$` this asks for a value that is called `{name}`");
                let warning = reader.warning("query", key.span, message);
                warning.help(format!(
                    "did you mean `{operator}`? if not, write `{name}: {{ $eq: … }}`"
                ));
            }
            path => {
                let kind = property(reader, path, key.span, properties);
                operand::check(reader, node, kind);
            }
        }
    }
}

/// The operator that was probably meant by a name without `$`, or by a word of conditions: where it has
/// queries to join.
fn meant(name: &str, node: &Node) -> Option<&'static str> {
    let is_query = |node: &Node| !node.entries().is_empty();
    let queries = node.elements();
    let are_queries = !queries.is_empty() && queries.iter().all(is_query);
    match name {
        "and" | "all" if are_queries => Some("$and"),
        "or" | "any" if are_queries => Some("$or"),
        "nor" if are_queries => Some("$nor"),
        "not" if is_query(node) => Some("$not"),
        _ => None,
    }
}

/// The type of the property at a path, if it is declared; notes one that no event of this name has.
pub(super) fn property(
    reader: &mut Reader,
    path: &str,
    span: Span,
    properties: Properties,
) -> Option<PropertyType> {
    let properties = properties?;
    let (name, within) = path
        .split_once('.')
        .map_or((path, false), |(name, _)| (name, true));
    let Some(kind) = properties.get(name).copied() else {
        let message = format!("this event has no property `{}`", shortened(name));
        let hint = nearest::hint(name, properties.keys().map(String::as_str));
        reader.error("unknown-property", span, message).help = hint;
        return None;
    };
    if within && !matches!(kind, PropertyType::Object | PropertyType::Array) {
        let message = format!("`{name}` is a {} and has nothing in it", type_name(kind));
        let error = reader.error("unknown-property", span, message);
        error.help(format!(
            "write `{name}` alone, or make it an `object` in the tracking plan"
        ));
    }
    (!within).then_some(kind)
}

fn unknown_operator(reader: &mut Reader, key: &Key, known: &[&str]) {
    let message = format!("there is no operator `{}`", shortened(&key.text));
    let hint = nearest::nearest(&key.text, known.iter().copied());
    let help = hint.map_or_else(
        || format!("the operators are {}", known.join(" ")),
        |name| format!("did you mean `{name}`?"),
    );
    reader
        .error("unknown-operator", key.span, message)
        .help(help);
}

/// The operator that a name is a slip of: host names may begin with `$` too (`$browser`), so only
/// what is one letter off is taken for one.
fn slip(name: &str, known: [&'static str; 4]) -> Option<&'static str> {
    known
        .into_iter()
        .find(|operator| strsim::osa_distance(name, operator) <= 1)
}

/// What a node says, as JSON.
pub(super) fn json(node: &Node) -> Value {
    match &node.content {
        Content::Null => Value::Null,
        Content::Boolean(value) => Value::Bool(*value),
        Content::Number(value) => Value::Number(value.clone()),
        Content::Text(text) => Value::String(text.clone()),
        Content::List(nodes) => Value::Array(nodes.iter().map(json).collect()),
        Content::Mapping(entries) => {
            let members = entries
                .iter()
                .map(|(key, node)| (key.text.clone(), json(node)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}
