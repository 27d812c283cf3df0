//! Why no browser reads a selector.
//!
//! What may be right passes: browsers know more selectors than are listed anywhere.

use crate::source::node::shortened;

/// What is wrong with a selector, and what to do.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) message: String,
    pub(super) help: String,
}

impl Flaw {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// What other tools have and browsers do not.
const FOREIGN: [&str; 17] = [
    "contains",
    "has-text",
    "text",
    "text-is",
    "visible",
    "hidden",
    "first",
    "last",
    "eq",
    "gt",
    "lt",
    "even",
    "odd",
    "parent",
    "button",
    "submit",
    "nth-match",
];

/// Pseudo-elements that may be written with one colon.
const OLD_PSEUDO_ELEMENTS: [&str; 4] = ["before", "after", "first-line", "first-letter"];

/// The first flaw of a selector.
pub(super) fn flaw(selector: &str) -> Option<Flaw> {
    if let Some(unclosed) = unbalanced(selector) {
        return Some(Flaw::new(
            format!("in this selector `{unclosed}` has no counterpart"),
            "close what was opened, and put values in quotes: `[data-fv=\"share\"]`",
        ));
    }
    let mut rest = selector;
    // What an element must come after: the beginning, a comma or a combinator.
    let mut awaited = Some(None);
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            _ if first.is_ascii_whitespace() => {
                rest = after;
                continue;
            }
            '/' if after.starts_with('*') => {
                rest = after.split_once("*/").map_or("", |(_, rest)| rest);
                continue;
            }
            '>' | '+' | '~' | ',' => {
                if awaited.is_some() {
                    return Some(no_element(awaited.flatten(), Some(first)));
                }
                awaited = Some(Some(first));
                rest = after;
                continue;
            }
            '*' | '&' | '|' => rest = after,
            '.' | '#' => match name(after) {
                "" => return Some(no_name(first, after)),
                name => rest = after.get(name.len()..).unwrap_or_default(),
            },
            '[' => {
                let inside = inside(after);
                if let Some(flaw) = attribute(inside) {
                    return Some(flaw);
                }
                rest = after.get(inside.len() + 1..).unwrap_or_default();
            }
            ':' => match pseudo(after) {
                Ok(after) => rest = after,
                Err(flaw) => return Some(flaw),
            },
            _ => match name(rest) {
                "" => return Some(no_selector(selector, rest, first)),
                name => rest = rest.get(name.len()..).unwrap_or_default(),
            },
        }
        awaited = None;
    }
    awaited.map(|before| no_element(before, None))
}

/// Nothing stands where an element must.
fn no_element(before: Option<char>, after: Option<char>) -> Flaw {
    let message = match (before, after) {
        (None, Some(after)) => format!("this selector names no element before `{after}`"),
        (Some(before), Some(after)) => {
            format!("this selector names no element between `{before}` and `{after}`")
        }
        (Some(before), None) => format!("this selector names no element after `{before}`"),
        (None, None) => "this selector names no element".to_owned(),
    };
    Flaw::new(
        message,
        "name one, such as `.menu > button`, or remove what stands alone",
    )
}

/// A `.` or `#` without a name.
fn no_name(mark: char, after: &str) -> Flaw {
    let (what, attribute) = match mark {
        '.' => ("class", "class~"),
        _ => ("id", "id"),
    };
    let written: &str = after
        .split(|c: char| !is_of_name(c))
        .next()
        .unwrap_or_default();
    if written.is_empty() {
        return Flaw::new(
            format!("in this selector `{mark}` comes before no name"),
            format!("write the name of the {what} right after it"),
        );
    }
    Flaw::new(
        format!(
            "no browser reads `{mark}{}`: the name of the {what} begins with a digit",
            shortened(written)
        ),
        format!("write `[{attribute}=\"{}\"]`", shortened(written)),
    )
}

/// Something that does not go into selectors.
fn no_selector(selector: &str, rest: &str, first: char) -> Flaw {
    let message = format!("no browser reads this selector: `{first}` does not go here");
    match first {
        '=' if !selector.contains('[') => {
            let quote = if selector.contains('"') { '\'' } else { '"' };
            let written = shortened(selector);
            Flaw::new(
                message,
                format!(
                    "write `{quote}[{written}]{quote}`, in quotes: without them YAML takes brackets for a list"
                ),
            )
        }
        '/' => Flaw::new(message, "this looks like XPath; write a CSS selector"),
        _ if first.is_ascii_digit() => {
            let name: String = rest.chars().take_while(|c| is_of_name(*c)).collect();
            Flaw::new(
                message,
                format!(
                    "no element is called `{}`: write `#` for an id, `.` for a class",
                    shortened(&name)
                ),
            )
        }
        _ => Flaw::new(message, "write a CSS selector such as `[data-fv=share]`"),
    }
}

/// What comes after a pseudo-class, of which only the colon was read.
fn pseudo(after: &str) -> Result<&str, Flaw> {
    let (colons, bare) = match after.strip_prefix(':') {
        Some(bare) => ("::", bare),
        None => (":", after),
    };
    let name = name(bare);
    let lower = name.to_lowercase();
    if name.is_empty() {
        return Err(Flaw::new(
            format!("in this selector `{colons}` comes before no name"),
            "write the name of a state right after it, such as `:checked`",
        ));
    }
    if colons == "::" || OLD_PSEUDO_ELEMENTS.contains(&&*lower) {
        let written = shortened(name);
        return Err(Flaw::new(
            format!("`{colons}{written}` is no element that a script could find"),
            format!("leave it out: name the element that has `{colons}{written}`"),
        ));
    }
    if FOREIGN.contains(&&*lower) {
        return Err(Flaw::new(
            format!("no browser knows `:{lower}`, which is not CSS"),
            "a step finds by text with `target: { css: button, text: New }`; elsewhere mark the element by an attribute: `\"[data-fv=new]\"`",
        ));
    }
    let rest = bare.get(name.len()..).unwrap_or_default();
    Ok(match rest.strip_prefix('(') {
        Some(after) => after.get(inside(after).len() + 1..).unwrap_or_default(),
        None => rest,
    })
}

/// What is wrong between the brackets of an attribute.
fn attribute(inside: &str) -> Option<Flaw> {
    let inside = inside.trim_ascii();
    let attribute = name(inside);
    let rest = inside.get(attribute.len()..)?;
    // Names of other name spaces, comments.
    if rest.starts_with('|') && !rest.starts_with("|=")
        || inside.starts_with(['*', '|'])
        || inside.contains("/*")
    {
        return None;
    }
    let flawed = |help: String| {
        let message = format!("no browser reads `[{}]`", shortened(inside));
        Some(Flaw::new(message, help))
    };
    if attribute.is_empty() {
        return flawed("write the name of an attribute, such as `[data-fv=share]`".to_owned());
    }
    let rest = rest.trim_ascii_start();
    if rest.is_empty() {
        return None;
    }
    let value = ["=", "~=", "|=", "^=", "$=", "*="]
        .iter()
        .find_map(|operator| rest.strip_prefix(operator));
    let Some(value) = value else {
        return flawed(
            "between an attribute and its value goes `=`, `^=`, `$=`, `*=`, `~=` or `|=`"
                .to_owned(),
        );
    };
    let start = inside.get(..inside.len() - value.len()).unwrap_or_default();
    let value = value.trim_ascii();
    let after = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => end_of_string(value, quote),
        _ => name(value).len(),
    };
    let flag = value.get(after..).unwrap_or_default().trim_ascii();
    let is_read = after > 0 && matches!(flag, "" | "i" | "I" | "s" | "S");
    if is_read {
        return None;
    }
    flawed(format!(
        "put the value in quotes: `[{start}\"{}\"]`",
        shortened(value)
    ))
}

/// The byte after the end of a string that begins here.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => {
                characters.next();
            }
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What stands before the bracket that closes the one before it.
fn inside(text: &str) -> &str {
    let mut open = 1_usize;
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (_, '\\') => {
                characters.next();
            }
            (Some(q), _) => quote = quote.filter(|_| c != q),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => open += 1,
            (None, ')' | ']') => {
                open -= 1;
                if open == 0 {
                    return text.get(..at).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    text
}

/// The name at the beginning of a text; empty if there is none.
fn name(text: &str) -> &str {
    let starts = match text.strip_prefix('-') {
        Some(rest) => rest.starts_with(|c: char| is_of_name(c) && !c.is_ascii_digit() || c == '\\'),
        None => text.starts_with(|c: char| is_of_name(c) && !c.is_ascii_digit() || c == '\\'),
    };
    if !starts {
        return "";
    }
    let mut characters = text.char_indices();
    let mut end = text.len();
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            // What is escaped, and the space that ends an escape by digits.
            let mut digits = 0;
            let mut rest = characters.clone();
            while rest.next().is_some_and(|(_, c)| c.is_ascii_hexdigit()) && digits < 6 {
                characters.next();
                digits += 1;
            }
            let ends_by_space = characters
                .clone()
                .next()
                .is_some_and(|(_, c)| c.is_ascii_whitespace());
            if digits == 0 || ends_by_space {
                characters.next();
            }
        } else if !is_of_name(c) {
            end = at;
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
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
    use super::{flaw, unbalanced};

    #[test]
    fn what_browsers_read_passes() {
        for selector in [
            "#people",
            "[data-fv=share]",
            "a, button.primary:not(.a, [b=\"]\"])",
            ".menu > li + li ~ li *",
            "input:focus",
            "tr:nth-child(2n + 1) td",
            "[data-id=\"1\" i], [ href ^= '/reports' ], [lang|=en], [data-a=b s]",
            ":is(h1, h2):has(> a)",
            "#\\31 abc, .sm\\:flex, .w-1\\/2, .\\31 0",
            ".a\\.b",
            "#é共",
            "--x, -webkit-y, ._z",
            "x-menu:state(open)",
            "*|circle, svg|a, |b, [xlink|href], [*|href]",
            "a /* the link */ b",
            ":host > *",
            "&.open",
            "a[href=\"//button[1]\"]",
            ":-moz-any-link, :first-child, :target",
            "[t='(']",
        ] {
            assert!(flaw(selector).is_none(), "{selector}: {:?}", flaw(selector));
        }
    }

    #[test]
    fn what_no_browser_reads_is_said_with_what_to_write() {
        for (selector, expected) in [
            ("data-fv=new", "write `\"[data-fv=new]\"`"),
            ("data-fv=\"new\"", "write `'[data-fv=\"new\"]'`"),
            ("button:contains(New)", "a step finds by text"),
            ("#1abc", "write `[id=\"1abc\"]`"),
            (".2xl", "write `[class~=\"2xl\"]`"),
            ("1abc", "no element is called `1abc`"),
            (".foo >", "name one"),
            ("> .foo", "name one"),
            ("a > > b", "name one"),
            ("a,", "name one"),
            ("//button[1]", "XPath"),
            ("button::before", "leave it out"),
            ("button:after", "leave it out"),
            ("a:", "write the name of a state"),
            ("a. b", "write the name of the class"),
            ("#", "write the name of the id"),
            (
                "[data-step=1]",
                "put the value in quotes: `[data-step=\"1\"]`",
            ),
            (
                "[href=/reports]",
                "put the value in quotes: `[href=\"/reports\"]`",
            ),
            ("[a=b c]", "put the value in quotes: `[a=\"b c\"]`"),
            ("[a=]", "put the value in quotes"),
            ("[a!=b]", "between an attribute and its value"),
            ("[]", "write the name of an attribute"),
            ("a{}", "write a CSS selector"),
            ("[a", "close what was opened"),
        ] {
            let help = flaw(selector).map(|flaw| flaw.help).unwrap_or_default();
            assert!(help.contains(expected), "{selector}: {help}");
        }
    }

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
