//! Targets: what a step points at, and how that is found.

mod role;

pub(super) use role::ROLES;

use super::choice::choice;
use super::fields::Fields;
use super::node::{Content, Node, shortened};
use super::reader::Reader;
use super::selector::selector;
use crate::guide::{Interaction, Missing, Target};

const EXPECTED: &str = "a CSS selector, a mapping such as `{ test-id: share }`, or a list of them";

/// The attributes in which test ids are written, whatever tool reads them.
const TEST_IDS: [&str; 5] = [
    "data-testid",
    "data-test-id",
    "data-test",
    "data-cy",
    "data-qa",
];

/// The ways to find an element, of which a target names one.
const WAYS: [&str; 4] = ["css", "test-id", "attribute", "role"];

/// A way to find an element, or several in the order in which they are tried.
pub(super) fn target(reader: &mut Reader, node: &Node) -> Option<Target> {
    let Content::List(nodes) = &node.content else {
        return way(reader, node);
    };
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "this target names no element");
        error.help("write for example `target: [ { test-id: share }, \"#share\" ]`");
    }
    Some(Target::any(reader.each(nodes, way)?))
}

fn way(reader: &mut Reader, node: &Node) -> Option<Target> {
    let Content::Mapping(_) = node.content else {
        return selector(reader, node).map(Target::of);
    };
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let mut named = WAYS.iter().filter(|way| node.get(way).is_some());
    let first = named.next().copied();
    for other in named {
        let belongs = "one element is found in one way: write a list for others to be tried";
        fields.misplaced(other, belongs, reader);
    }
    let css = match first {
        Some("css") => fields.take("css").and_then(|node| selector(reader, node)),
        Some("test-id") => fields
            .take("test-id")
            .and_then(|node| test_id(reader, node)),
        Some("attribute") => fields
            .take("attribute")
            .and_then(|node| attributes(reader, node)),
        Some(_) => fields
            .take("role")
            .and_then(|node| choice(reader, node, "a role", ROLES))
            .map(|implicit| role::css(node.get("role").and_then(Node::as_text), implicit)),
        None => Some("*".to_owned()),
    };
    // They are keys of every target, also where they are not written.
    WAYS.iter().for_each(|way| {
        fields.take(way);
    });
    let text = fields.take("text");
    let name = fields.take("name");
    if first.is_none() {
        if let Some(name) = name {
            let error = reader.error("missing-key", name.span, "many elements may have a name");
            error.help("say of what role it is: `{ role: button, name: Save }`");
        } else if text.is_none() && fields.entries().is_empty() {
            let error = reader.error("missing-key", node.span, "this target names no element");
            error.help("write for example `{ test-id: share }` or `{ role: button, name: Share }`");
        }
    }
    let mut words = |node: Option<&Node>, what| {
        let text = reader.text(node?, what)?;
        if text.trim().is_empty() {
            let span = node?.span;
            let error = reader.error("invalid-value", span, format!("expected {what}"));
            error.help("write what users read there");
        }
        Some(text.to_owned())
    };
    let (text, name) = (words(text, "text"), words(name, "a name"));
    fields.finish(reader);
    Some(Target {
        css: css?,
        text,
        name,
        ways: Vec::new(),
    })
}

/// What has this test id, in whichever attribute.
fn test_id(reader: &mut Reader, node: &Node) -> Option<String> {
    let id = quoted(reader.text(node, "a test id such as `share`")?);
    let each: Vec<String> = TEST_IDS
        .iter()
        .map(|name| format!("[{name}={id}]"))
        .collect();
    Some(format!(":is({})", each.join(",")))
}

/// What has all these attributes.
fn attributes(reader: &mut Reader, node: &Node) -> Option<String> {
    let expected = "attributes and their values, such as `{ data-fv: share }`";
    let fields = Fields::of(node, expected, reader)?;
    if fields.entries().is_empty() {
        let error = reader.error("invalid-value", node.span, "this names no attribute");
        error.help("write for example `attribute: { data-fv: share }`");
    }
    let mut css = String::new();
    for (key, value) in fields.entries() {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if !key.text.chars().all(is_name) || key.text.starts_with(|c: char| c.is_ascii_digit()) {
            let name = shortened(&key.text);
            let message = format!("no attribute can be named `{name}` here");
            let error = reader.error("invalid-value", key.span, message);
            error.help("use letters, digits and `-`; for other names write a selector: `css: …`");
        }
        let value = quoted(reader.text(value, "the value of an attribute, in quotes")?);
        css.push_str(&format!("[{}={value}]", key.text));
    }
    Some(css)
}

/// A text as a string of CSS.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\{:x} ", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

pub(super) fn missing(reader: &mut Reader, node: &Node) -> Option<Missing> {
    choice(reader, node, "what becomes of the step", MISSING)
}

pub(super) const MISSING: &[(&str, Missing)] = &[
    ("end", Missing::End),
    ("skip", Missing::Skip),
    ("middle", Missing::Middle),
    ("hold", Missing::Hold),
];

pub(super) fn interaction(reader: &mut Reader, node: &Node) -> Option<Interaction> {
    choice(
        reader,
        node,
        "what users may do with the target",
        INTERACTIONS,
    )
}

pub(super) const INTERACTIONS: &[(&str, Interaction)] = &[
    ("allow", Interaction::Allow),
    ("block", Interaction::Block),
    ("require", Interaction::Require),
];

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_value_ends_its_string() {
        assert_eq!(quoted("share"), r#""share""#);
        assert_eq!(quoted("a\"]b\\\n"), r#""a\"]b\\\a ""#);
    }
}
