//! Text that end users read, in one language or several.

mod plural;
mod variables;

use std::collections::BTreeMap;

use super::node::{Content, Node, shortened};
use super::reader::Reader;
use crate::guide::{Phrase, Text};

const EXPECTED: &str = "text, or texts by language such as `{ en: Share it }`";

pub(super) fn text(reader: &mut Reader, node: &Node) -> Option<Text> {
    let Content::Mapping(entries) = &node.content else {
        return plain(reader, node, EXPECTED, None).map(|text| Text::from(&*text));
    };
    if entries.is_empty() {
        reader.wrong_type(node, EXPECTED);
        return None;
    }
    if let Some((key, _)) = node.entry("plural") {
        let message = "which forms there are for numbers depends on the language";
        let error = reader.error("invalid-value", key.span, message);
        error.help("say which it is: `{ en: { plural: user.reports, one: …, other: … } }`");
        return None;
    }
    let mut texts = BTreeMap::new();
    for (key, node) in entries {
        if !is_language_tag(&key.text) {
            let message = format!("`{}` is no language tag", shortened(&key.text));
            let error = reader.error("invalid-value", key.span, message);
            error.help("a language tag is for example `en`, `ja` or `pt-BR`");
        }
        let phrase = match node.content {
            Content::Mapping(_) => plural::plural(reader, &key.text, node),
            _ => plain(reader, node, "text", None).map(Phrase::Plain),
        };
        if let Some(phrase) = phrase {
            texts.insert(key.text.clone(), phrase);
        }
    }
    Some(Text(texts))
}

/// Text that names variables as it should; `counted` is the one whose number it is a form for.
fn plain(
    reader: &mut Reader,
    node: &Node,
    expected: &str,
    counted: Option<&str>,
) -> Option<String> {
    let text = reader.text(node, expected)?;
    variables::check(reader, node, text, counted);
    Some(text.to_owned())
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
