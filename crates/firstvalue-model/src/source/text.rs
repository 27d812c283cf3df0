//! Text that end users read, in one language or several.

use std::collections::BTreeMap;

use super::node::{Content, Node, shortened};
use super::reader::Reader;
use crate::guide::Text;

const EXPECTED: &str = "text, or texts by language such as `{ en: Share it }`";

pub(super) fn text(reader: &mut Reader, node: &Node) -> Option<Text> {
    let Content::Mapping(entries) = &node.content else {
        return reader.text(node, EXPECTED).map(Text::from);
    };
    if entries.is_empty() {
        reader.wrong_type(node, EXPECTED);
        return None;
    }
    let mut texts = BTreeMap::new();
    for (key, node) in entries {
        if !is_language_tag(&key.text) {
            let message = format!("`{}` is no language tag", shortened(&key.text));
            let error = reader.error("invalid-value", key.span, message);
            error.help("a language tag is for example `en`, `ja` or `pt-BR`");
        }
        if let Some(text) = reader.text(node, "text") {
            texts.insert(key.text.clone(), text.to_owned());
        }
    }
    Some(Text(texts))
}

/// A language of two or three letters, then whatever narrows it down (`zh-Hant-TW`).
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2..=3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
