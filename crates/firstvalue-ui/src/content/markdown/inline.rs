//! Runs of text within a paragraph or a list item.

use super::{DEEPEST, Inline};
use crate::content::link;

/// How far, in bytes, a star or a bracket looks for its other half. Without a bound, a text of
/// nothing but openings would be read in quadratic time.
const FARTHEST: usize = 1_000;

/// Reads the lines of one paragraph. A line that ends in two spaces or a backslash breaks there.
pub(super) fn parse(lines: &[&str]) -> Vec<Inline> {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim_start();
        if index + 1 == lines.len() {
            text.push_str(line.trim_end());
        } else if line.ends_with("  ") {
            text.push_str(line.trim_end());
            text.push('\n');
        } else if let Some(line) = line.strip_suffix('\\') {
            text.push_str(line);
            text.push('\n');
        } else {
            text.push_str(line.trim_end());
            text.push(' ');
        }
    }
    let mut content = Vec::new();
    read(&text, 0, &mut content);
    content
}

/// Reads a run; every construct is either complete or text.
fn read(text: &str, depth: usize, to: &mut Vec<Inline>) {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(first) = rest.chars().next() {
        let construct = if depth < DEEPEST {
            construct(first, rest, depth)
        } else {
            None
        };
        if let Some((inline, after)) = construct {
            end_text(&mut plain, to);
            to.push(inline);
            rest = after;
            continue;
        }
        let mut taken = first;
        let mut after = rest.strip_prefix(first).unwrap_or_default();
        if first == '\\'
            && let Some(escaped) = after.chars().next().filter(char::is_ascii_punctuation)
        {
            taken = escaped;
            after = after.strip_prefix(escaped).unwrap_or_default();
        } else if first == '*' {
            // A whole run of stars that opens nothing is text; read one by one it could.
            let run = rest.len() - rest.trim_start_matches('*').len();
            plain.push_str(rest.get(1..run).unwrap_or_default());
            after = rest.get(run..).unwrap_or_default();
        }
        plain.push(taken);
        rest = after;
    }
    end_text(&mut plain, to);
}

fn end_text(plain: &mut String, to: &mut Vec<Inline>) {
    if !plain.is_empty() {
        to.push(Inline::Text(std::mem::take(plain)));
    }
}

/// What starts here, and what follows it.
fn construct(first: char, text: &str, depth: usize) -> Option<(Inline, &str)> {
    match first {
        '\n' => Some((Inline::Break, text.strip_prefix('\n')?)),
        '`' => {
            let (code, after) = text.strip_prefix('`')?.split_once('`')?;
            let code = code.trim();
            (!code.is_empty()).then(|| (Inline::Code(code.replace('\n', " ")), after))
        }
        '*' => emphasis(text, depth),
        '[' => linked(text, depth),
        _ => None,
    }
}

fn emphasis(text: &str, depth: usize) -> Option<(Inline, &str)> {
    let marker = if text.starts_with("**") { "**" } else { "*" };
    let inner = text.strip_prefix(marker)?;
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let end = closing(inner, marker.len())?;
    let mut content = Vec::new();
    read(inner.get(..end)?, depth + 1, &mut content);
    let after = inner.get(end + marker.len()..)?;
    let inline = if marker.len() == 2 {
        Inline::Strong(content)
    } else {
        Inline::Emphasis(content)
    };
    Some((inline, after))
}

/// Where the run of stars stands that closes a marker of `length` stars.
fn closing(text: &str, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| at < FARTHEST) {
        match byte {
            b'\\' => at += 2,
            b'`' => at += 1 + text.get(at + 1..)?.find('`').map_or(0, |end| end + 1),
            b'*' => {
                let run = bytes
                    .iter()
                    .skip(at)
                    .take_while(|byte| **byte == b'*')
                    .count();
                let after_space = at
                    .checked_sub(1)
                    .and_then(|before| bytes.get(before))
                    .is_none_or(u8::is_ascii_whitespace);
                let closes = if length == 1 { run % 2 == 1 } else { run >= 2 };
                if closes && !after_space {
                    // `*a **b***`: the outer marker is closed by the last stars of the run.
                    return Some(at + run - length);
                }
                at += run;
            }
            _ => at += 1,
        }
    }
    None
}

/// `[label](address)`. A link that must not be followed stays as it was written, for its author to see.
fn linked(text: &str, depth: usize) -> Option<(Inline, &str)> {
    let inner = text.strip_prefix('[')?;
    let (label, after) = split(inner, b']')?;
    let (address, after) = split(after.strip_prefix('(')?, b')')?;
    let href = link::read(address)?;
    if label.trim().is_empty() || label.contains('[') {
        return None;
    }
    let mut content = Vec::new();
    // Nothing within a link can be a link: the label holds no bracket.
    read(label, depth + 1, &mut content);
    Some((Inline::Link { href, content }, after))
}

/// What stands before and after the first of these bytes, if it is near.
fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let end = text.bytes().take(FARTHEST).position(|byte| byte == at)?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}
