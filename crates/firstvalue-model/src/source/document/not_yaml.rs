//! What the YAML parser finds, in the words of the one who reads it.
//!
//! Most texts that are not YAML are texts without quotes in which a character has a meaning.

use crate::source::diagnostic::Span;
use crate::source::reader::Reader;

/// Notes it.
pub(super) fn note(info: &str, span: Span, reader: &mut Reader) {
    let line = reader.line_of(span);
    let place = line.char_indices().nth(span.column - 1);
    let (before, rest) = line.split_at(place.map_or(line.len(), |(at, _)| at));
    let (message, help) = if info.contains("trailing content after double-quoted scalar") {
        (
            Some("a quoted text ends before this"),
            "within single quotes write `''` for one, within double quotes `\\\"`, or take the other kind around the text"
                .to_owned(),
        )
    } else {
        (None, help(info, before, rest))
    };
    let message = message.unwrap_or(info);
    let error = reader.error("syntax", span, format!("this is not YAML: {message}"));
    error.help(help);
}

/// What to do about something found between two parts of a line.
fn help(info: &str, before: &str, rest: &str) -> String {
    let quotes = |why: &str| format!("put the whole text in quotes: {why}");
    let first = rest.chars().next().unwrap_or_default();
    if info.contains("anchor") {
        if before.trim_end().ends_with("<<:") {
            return "keys cannot be merged in by `<<`; write them out".to_owned();
        }
        if is_text_after_star(rest) {
            return quotes("without them `*` at its beginning refers to something named before");
        }
        return "name it where it first stands: `&name`".to_owned();
    }
    let indentation = before.chars().chain([first]);
    if info.contains("found a tab")
        || indentation
            .take_while(|c| c.is_whitespace())
            .any(|c| c == '\t')
    {
        return "YAML is indented by spaces; replace the tab at the beginning of the line"
            .to_owned();
    }
    let is_in_value = before.contains(": ");
    if is_in_value && rest.starts_with(": ") {
        return quotes("without them `:` and a space in it begin another value");
    }
    if info.contains("unexpected character") {
        let first = match first {
            '`' => "a backtick".to_owned(),
            first => format!("`{first}`"),
        };
        return quotes(&format!("without them it cannot begin with {first}"));
    }
    if info.contains("block scalar") && is_in_value {
        return quotes(&format!(
            "without them `{first}` at its beginning announces a text on the lines below"
        ));
    }
    if info.contains("block sequence entries") && is_in_value {
        return quotes("without them `-` and a space at its beginning begin a list");
    }
    let closed = before.trim_end().chars().next_back();
    if let Some(closed @ (']' | '}')) = closed.filter(|_| first.is_alphanumeric()) {
        let (open, what) = if closed == ']' {
            ('[', "list")
        } else {
            ('{', "mapping")
        };
        return quotes(&format!(
            "without them `{open}` at its beginning begins a {what}"
        ));
    }
    "compare the indentation with the lines above, and look for a missing `:`, quote or bracket"
        .to_owned()
}

/// Whether what begins with `*` is text, such as `**Press** New`, rather than the name of something.
fn is_text_after_star(rest: &str) -> bool {
    let name = rest.trim_start_matches('*');
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let after = name.trim_start_matches(is_of_name);
    rest.starts_with("**")
        || !matches!(
            after.trim_start().chars().next(),
            None | Some(',' | '}' | ']' | '#')
        )
}

#[cfg(test)]
mod tests {
    use crate::source::read;

    /// What is said of a playbook with these lines in a step.
    fn said_of(lines: &str) -> (String, String) {
        let text = format!(
            "version: 1\nproduct: T\nguides:\n  g:\n    kind: modal\n    when: {{ all: [] }}\n    steps:\n      - {lines}\n"
        );
        let said = read(&text).diagnostics.into_iter().next().expect(lines);
        (said.message, said.help.unwrap_or_default())
    }

    #[test]
    fn a_text_that_needs_quotes_is_told_so() {
        for (lines, why) in [
            ("title: **Press** New", "`*` at its beginning"),
            ("{ title: *Press* New }", "`*` at its beginning"),
            ("title: Report: shared", "`:` and a space in it"),
            ("{ title: Report: shared }", "`:` and a space in it"),
            ("title: `code` here", "cannot begin with a backtick"),
            ("title: @you", "cannot begin with `@`"),
            ("title: > 5 reports", "`>` at its beginning"),
            ("title: - a list", "`-` and a space"),
            ("title: [New] is here", "`[` at its beginning begins a list"),
            (
                "title: {{user.name|there}}, hello",
                "takes braces for a mapping",
            ),
        ] {
            let (message, help) = said_of(lines);
            assert!(
                help.starts_with("put the whole text in quotes"),
                "{lines}: {message}; {help}"
            );
            assert!(help.contains(why), "{lines}: {help}");
        }
    }

    #[test]
    fn other_mistakes_have_a_help_of_their_own() {
        for (lines, expected) in [
            ("title: 'It's shared'", "within single quotes write `''`"),
            (
                "title: \"Say \"hi\" now\"",
                "within single quotes write `''`",
            ),
            ("<<: *usual", "keys cannot be merged in"),
            ("{ <<: *usual, title: Hi }", "keys cannot be merged in"),
            ("title: *usual", "name it where it first stands"),
            (
                "{ title: *usual, body: Hi }",
                "name it where it first stands",
            ),
            ("title: Hi\n         body: There", "compare the indentation"),
            ("title: Hi\n\tbody: There", "YAML is indented by spaces"),
            ("title: &t Hi\n        <<: *t", "keys cannot be merged in"),
            (
                "title: #1 in sales",
                "put it in quotes: without them `#` begins a comment",
            ),
        ] {
            let (message, help) = said_of(lines);
            assert!(help.contains(expected), "{lines}: {message}; {help}");
        }
    }
}
