//! What a value is compared with: another value, or operators.

use super::pattern::check as check_pattern;
use super::{check as check_query, unknown_operator};
use crate::playbook::PropertyType;
use crate::source::choice::choice;
use crate::source::node::{Content, Key, Node};
use crate::source::reader::Reader;
use crate::source::tracking_plan::type_name;

/// The operators that compare a value.
pub(in crate::source) const OPERATORS: [&str; 24] = [
    "$eq",
    "$ne",
    "$gt",
    "$gte",
    "$lt",
    "$lte",
    "$in",
    "$nin",
    "$ini",
    "$nini",
    "$exists",
    "$type",
    "$regex",
    "$regexi",
    "$size",
    "$elemMatch",
    "$all",
    "$alli",
    "$veq",
    "$vne",
    "$vgt",
    "$vgte",
    "$vlt",
    "$vlte",
];

/// What `$type` tells apart.
pub(in crate::source) const TYPE_NAMES: [&str; 6] =
    ["string", "number", "boolean", "array", "object", "null"];

/// Notes what is wrong with what stands for a value of the given type.
pub(super) fn check(reader: &mut Reader, node: &Node, kind: Option<PropertyType>) {
    let Content::Mapping(entries) = &node.content else {
        return check_type(reader, node, kind);
    };
    if entries.is_empty() {
        let warning = reader.warning(
            "query",
            node.span,
            "this is satisfied by everything, even by nothing",
        );
        warning.help("write `{ $exists: true }` if there must be a value");
    }
    let operators = entries
        .iter()
        .filter(|(key, _)| key.text.starts_with('$'))
        .count();
    if operators == 0 {
        // It is legal: a value may be an object with these keys.
        if let (None, Some(name)) = (kind, without_dollar(node)) {
            let message = format!("without `$` this asks for an object with `{name}` in it");
            let warning = reader.warning("query", node.span, message);
            warning.help(format!(
                "did you mean `${name}`? if not, write `{{ $eq: {{ {name}: … }} }}`"
            ));
        }
        return check_type(reader, node, kind);
    }
    for (key, node) in entries {
        if key.text.starts_with('$') {
            operator(reader, key, node, kind);
        } else {
            let message = format!("`{}` stands among operators", key.text);
            let error = reader.error("query", key.span, message);
            error.help("for a value inside this one write a dotted path: `address.city: Rome`");
        }
    }
}

/// The first of what seems to be meant for operators: these begin with `$`, though those of `times` do not.
fn without_dollar(node: &Node) -> Option<&str> {
    let is_operator = |(key, _): &(Key, Node)| {
        let mut known = OPERATORS.iter().chain(&["$not"]);
        // Objects have a type and a size, too.
        !matches!(key.text.as_str(), "type" | "size" | "all")
            && known.any(|known| known.strip_prefix('$') == Some(&key.text))
    };
    let entries = node.entries();
    let (first, _) = entries.first()?;
    entries.iter().all(is_operator).then_some(&first.text)
}

fn operator(reader: &mut Reader, key: &Key, node: &Node, kind: Option<PropertyType>) {
    match key.text.as_str() {
        "$eq" | "$ne" => check_type(reader, node, kind),
        "$gt" | "$gte" | "$lt" | "$lte" => {
            if matches!(node.content, Content::Number(_) | Content::Text(_)) {
                check_type(reader, node, kind);
            } else {
                let error = reader.wrong_type(node, "a number or a text to compare with");
                error.help(
                    "only numbers and texts are in an order; for one of several values use `$in`",
                );
            }
        }
        "$in" | "$nin" | "$ini" | "$nini" => {
            let values = reader
                .list(node, "a list such as `[trial, starter]`")
                .unwrap_or_default();
            // Of an array the elements are compared, and what they are is not declared.
            let kind = kind.filter(|kind| *kind != PropertyType::Array);
            values
                .iter()
                .for_each(|value| check_type(reader, value, kind));
        }
        "$exists" => {
            if !matches!(node.content, Content::Boolean(_)) {
                reader.wrong_type(node, "`true` or `false`");
            }
        }
        "$type" => {
            choice(
                reader,
                node,
                "the name of a type",
                &TYPE_NAMES.map(|name| (name, ())),
            );
        }
        "$regex" | "$regexi" => {
            suits(reader, key, kind, PropertyType::String);
            pattern(reader, node, key.text == "$regexi");
        }
        "$veq" | "$vne" | "$vgt" | "$vgte" | "$vlt" | "$vlte" => {
            suits(reader, key, kind, PropertyType::String);
            reader.text(node, "a version such as `\"1.2.3\"`");
        }
        "$size" => {
            suits(reader, key, kind, PropertyType::Array);
            check(reader, node, Some(PropertyType::Number));
        }
        "$all" | "$alli" => {
            suits(reader, key, kind, PropertyType::Array);
            let values = reader
                .list(node, "a list such as `[finance, legal]`")
                .unwrap_or_default();
            values.iter().for_each(|value| check(reader, value, None));
        }
        "$elemMatch" => {
            suits(reader, key, kind, PropertyType::Array);
            element(reader, node);
        }
        "$not" => check(reader, node, kind),
        name @ ("$and" | "$or" | "$nor") => {
            let message = format!("`{name}` joins queries and cannot stand in place of a value");
            let error = reader.error("query", key.span, message);
            error.help(format!(
                "write it around the names: `{name}: [ {{ plan: … }}, … ]`"
            ));
        }
        name @ ("$inGroup" | "$notInGroup") => {
            let instead = "list the values with `$in`, or name the condition as an audience";
            reader.unsupported(key.span, &format!("`{name}`"), instead);
        }
        _ => {
            let known: Vec<&str> = OPERATORS.into_iter().chain(["$not"]).collect();
            unknown_operator(reader, key, &known);
        }
    }
}

/// What an element of an array must be: operators on it, or a query over what it holds.
fn element(reader: &mut Reader, node: &Node) {
    let Content::Mapping(entries) = &node.content else {
        reader.wrong_type(node, "what an element must be, such as `{ $eq: finance }`");
        return;
    };
    let joins = |key: &Key| matches!(key.text.as_str(), "$and" | "$or" | "$nor");
    if entries
        .iter()
        .all(|(key, _)| key.text.starts_with('$') && !joins(key))
    {
        check(reader, node, None);
    } else {
        check_query(reader, node, None);
    }
}

fn pattern(reader: &mut Reader, node: &Node, ignore_case: bool) {
    let Some(pattern) = reader.text(node, "a regular expression") else {
        return;
    };
    if let Err(flaw) = check_pattern(pattern, ignore_case) {
        let error = reader.error("pattern", node.span, flaw.message);
        error.help(flaw.help);
    }
}

/// Notes that an operator is never true of values of this type.
fn suits(reader: &mut Reader, key: &Key, kind: Option<PropertyType>, wanted: PropertyType) {
    if let Some(kind) = kind.filter(|kind| *kind != wanted) {
        let message = format!(
            "`{}` is for a {}, and the tracking plan has a {} here",
            key.text,
            type_name(wanted),
            type_name(kind)
        );
        reader
            .error("property-type", key.span, message)
            .help("nothing is converted by a query, so this is never true");
    }
}

/// Notes that a value can never be equal to what the tracking plan has.
fn check_type(reader: &mut Reader, node: &Node, kind: Option<PropertyType>) {
    let Some(kind) = kind else { return };
    let fits = match &node.content {
        Content::Null => true,
        Content::Boolean(_) => kind == PropertyType::Boolean,
        Content::Number(_) => kind == PropertyType::Number,
        Content::Text(_) => kind == PropertyType::String,
        Content::List(_) => kind == PropertyType::Array,
        Content::Mapping(_) => kind == PropertyType::Object,
    };
    if fits {
        return;
    }
    let message = format!(
        "the tracking plan has a {} here, found {}",
        type_name(kind),
        node.describe()
    );
    let is_number = node
        .as_text()
        .is_some_and(|text| text.parse::<f64>().is_ok());
    let error = reader.error("property-type", node.span, message);
    if let Some(name) = without_dollar(node) {
        error.help(format!("did you mean `${name}`?"));
        return;
    }
    match kind {
        PropertyType::Number if is_number => error.help("leave out the quotes"),
        PropertyType::String => error.help("put it in quotes to make it text"),
        _ => error.help("nothing is converted by a query, so they are never equal"),
    }
}
