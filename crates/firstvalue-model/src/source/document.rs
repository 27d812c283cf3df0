//! YAML text becomes a tree of nodes.
//!
//! The tree is built here from the parser's events and not by its own loader, because that one
//! neither says where a duplicate key stands nor limits how deep a text may nest or how much its
//! aliases may unfold to.

mod not_yaml;
mod tree;

use saphyr_parser::Parser;

use super::node::Node;
use super::reader::Reader;
use tree::Tree;

/// The document's tree; `None`, with a problem noted, if the text is not one YAML document.
pub(super) fn parse(text: &str, reader: &mut Reader) -> Option<Node> {
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        let taken = match event {
            Ok((event, span)) => {
                let span = reader.span(span.start.index(), span.end.index());
                tree.take(event, span, reader)
            }
            Err(error) => {
                let at = error.marker().index();
                let span = reader.span(at, at + 1);
                not_yaml::note(error.info(), span, reader);
                Err(Stop)
            }
        };
        if taken.is_err() {
            return None;
        }
    }
    if tree.root.is_none() {
        let span = reader.span(0, 0);
        let error = reader.error("syntax", span, "the playbook is empty");
        error.help("start with `version: 1` and `product: …`");
    }
    tree.root
}

/// The problem has been noted, and reading ends.
struct Stop;
