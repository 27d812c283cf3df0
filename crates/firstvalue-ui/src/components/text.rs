//! Marked-up text as nodes.

use super::node::{Node, node};
use crate::content::json::Json;
use crate::page::script;

/// The elements that a text is made of. What an author wrote is only ever text, or an address that
/// `js/markdown.js` has let through.
const TAGS: &[&str] = &[
    "p", "ul", "ol", "li", "strong", "em", "code", "br", "a", "img", "video",
];
/// Attributes that are written down as they are.
const GIVEN: &[&str] = &["href", "src", "poster", "width", "height"];

/// Draws a text into an element.
pub fn text(text: &str, into: Node) -> Node {
    match Json::of(script::parse(text)) {
        Some(tree) => inside(&tree, into),
        None => into,
    }
}

/// Draws the elements of a list into an element.
fn inside(tree: &Json, into: Node) -> Node {
    let all = tree.list().into_iter().flatten();
    all.fold(into, |into, one| {
        if let Some(text) = one.text() {
            return into.text(&text);
        }
        match element(&one) {
            Some(element) => into.child(element),
            None => into,
        }
    })
}

fn element(of: &Json) -> Option<Node> {
    let text = |key| of.get(key)?.text();
    let tag = text("tag")?;
    let tag = TAGS.iter().find(|known| **known == tag)?;
    let mut element = node(tag, "");
    for key in GIVEN {
        if let Some(value) = text(key) {
            element = element.written(key, &value);
        }
    }
    let element = match *tag {
        "a" => element
            .perhaps("target", of.get("leaves")?.truth().then_some("_blank"))
            .fixed("rel", "noopener noreferrer"),
        "img" => element
            .written("alt", &text("label")?)
            .fixed("loading", "lazy"),
        "video" => element
            .written("aria-label", &text("label")?)
            .fixed("preload", "none")
            .fixed("controls", ""),
        _ => element,
    };
    Some(inside(&of.get("children")?, element))
}
