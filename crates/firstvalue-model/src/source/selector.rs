//! CSS selectors.

mod flaw;

use super::node::{Content, Node};
use super::reader::Reader;
use flaw::{Flaw, flaw};

/// A selector, as far as it can be judged without a browser.
pub(super) fn selector(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "a CSS selector such as `\"[data-fv=share]\"`";
    if matches!(node.content, Content::List(_)) {
        let error = reader.wrong_type(node, EXPECTED);
        error.help("put it in quotes: without them YAML takes brackets for a list");
        return None;
    }
    let selector = reader.text(node, EXPECTED)?;
    if let Some(Flaw { message, help }) = flaw(selector) {
        reader.error("invalid-value", node.span, message).help(help);
        return None;
    }
    Some(selector.to_owned())
}
