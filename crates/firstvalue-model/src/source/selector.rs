//! CSS selectors.

use super::node::Node;
use super::reader::Reader;

/// A selector, as far as it can be judged without a browser: there is one, and what opens in it
/// closes.
pub(super) fn selector(reader: &mut Reader, node: &Node) -> Option<String> {
    let selector = reader.text(node, "a CSS selector such as `\"[data-fv=share]\"`")?;
    if let Some(unclosed) = unbalanced(selector) {
        let message = format!("in this selector `{unclosed}` has no counterpart");
        let error = reader.error("invalid-value", node.span, message);
        error.help("close what was opened, and put values in quotes: `[data-fv=\"share\"]`");
        return None;
    }
    Some(selector.to_owned())
}

/// The first bracket or quote without a counterpart.
fn unbalanced(selector: &str) -> Option<char> {
    let mut open = Vec::new();
    let mut characters = selector.chars();
    while let Some(character) = characters.next() {
        match (open.last(), character) {
            // A backslash takes away the meaning of what comes after it.
            (_, '\\') => {
                characters.next();
            }
            (Some('"' | '\''), _) => {
                open.pop_if(|quote| *quote == character);
            }
            (_, '(' | '[' | '"' | '\'') => open.push(character),
            (Some('('), ')') | (Some('['), ']') => {
                open.pop();
            }
            (_, ')' | ']') => return Some(character),
            _ => {}
        }
    }
    open.first().copied()
}

#[cfg(test)]
mod tests {
    use super::unbalanced;

    #[test]
    fn brackets_and_quotes_come_in_pairs() {
        for selector in [
            "#people",
            "[data-fv=share]",
            ":not(.a, [b=\"]\"])",
            "a\\(b",
            "[t='(']",
        ] {
            assert_eq!(unbalanced(selector), None, "{selector}");
        }
        for (selector, expected) in [("[a", '['), ("a)", ')'), ("(a]", ']'), ("[a=\"b]", '[')] {
            assert_eq!(unbalanced(selector), Some(expected), "{selector}");
        }
    }
}
