//! One word out of a few.

use super::nearest;
use super::node::{Node, shortened};
use super::reader::Reader;

/// The value that a word stands for.
pub(super) fn choice<T: Clone>(
    reader: &mut Reader,
    node: &Node,
    expected: &str,
    choices: &[(&str, T)],
) -> Option<T> {
    choice_or_later(reader, node, expected, choices, &[])
}

/// Likewise, where the playbook format has more words (`later`) than this version can do.
pub(super) fn choice_or_later<T: Clone>(
    reader: &mut Reader,
    node: &Node,
    expected: &str,
    choices: &[(&str, T)],
    later: &[&str],
) -> Option<T> {
    let word = reader.text(node, expected)?;
    let chosen = choices
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, value)| value.clone());
    if chosen.is_none() {
        let names = choices.iter().map(|(name, _)| *name);
        if later.contains(&word) {
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            let instead = match names.split_last() {
                Some((last, before @ [_, ..])) => format!("use {} or {last}", before.join(", ")),
                _ => format!("use {}", names.concat()),
            };
            reader.unsupported(node.span, &format!("`{word}`"), &instead);
        } else {
            let message = format!("expected {expected}, found `{}`", shortened(word));
            reader.error("invalid-value", node.span, message).help = nearest::hint(word, names);
        }
    }
    chosen
}
