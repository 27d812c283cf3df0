//! Marked-up text as nodes.

use super::node::{Node, node};
use crate::content::markdown::{Block, Inline};

/// Draws a text into an element. Every element and attribute name is written here; what an author wrote
/// is only ever text or an address that [`crate::content::link`] has let through.
pub fn text(blocks: &[Block], into: Node) -> Node {
    blocks.iter().fold(into, |into, block| {
        into.child(match block {
            Block::Paragraph(content) => inlines(content, node("p", "")),
            Block::List(items) => items.iter().fold(node("ul", ""), |list, item| {
                list.child(inlines(item, node("li", "")))
            }),
        })
    })
}

fn inlines(content: &[Inline], into: Node) -> Node {
    content.iter().fold(into, |into, inline| match inline {
        Inline::Text(text) => into.text(text),
        Inline::Strong(content) => into.child(inlines(content, node("strong", ""))),
        Inline::Emphasis(content) => into.child(inlines(content, node("em", ""))),
        Inline::Code(code) => into.child(node("code", "").text(code)),
        Inline::Break => into.child(node("br", "")),
        Inline::Link { href, content } => {
            let link = node("a", "")
                .written("href", &href.address)
                .perhaps("target", href.leaves.then_some("_blank"))
                .fixed("rel", "noopener noreferrer");
            into.child(inlines(content, link))
        }
    })
}
