//! What all decoders share: the text, the problems found in it, and what refers to what.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::{Diagnostic, Severity, Span};
use super::node::{Content, Node};
use super::references::{Item, Reference};
use super::scope::{Scope, Use};
use crate::playbook::{EventSpec, Per};
use crate::time::{self, Millis};

/// Collects what the decoders find.
pub(super) struct Reader<'t> {
    text: &'t str,
    /// Byte offset of each character of the text, its byte order mark left out, and of the end.
    offsets: Vec<usize>,
    /// Byte offset of the beginning of each line.
    lines: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
    /// The tracking plan; `None` if the playbook has none.
    pub(super) plan: Option<BTreeMap<String, EventSpec>>,
    /// Event names whose form has been looked at.
    pub(super) events_seen: BTreeSet<String>,
    /// Every event that is named, and where.
    pub(super) events_named: Vec<(String, Span)>,
    /// What is being decoded, if others can refer to it.
    pub(super) item: Option<Item>,
    pub(super) references: Vec<Reference>,
    /// What the condition that is being decoded is about.
    pub(super) scope: Scope,
    /// What does not go into every condition.
    pub(super) uses: Vec<Use>,
    /// Whom each milestone is about, as far as that could be read.
    pub(super) per: BTreeMap<String, Per>,
    /// Whether the playbook has outcomes, which a value report could show.
    pub(super) has_outcomes: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let starts = text
            .char_indices()
            .filter(|(at, c)| *at > 0 || *c != '\u{feff}');
        let offsets = starts.map(|(at, _)| at).chain([text.len()]).collect();
        let after_break = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            offsets,
            lines: [0].into_iter().chain(after_break).collect(),
            diagnostics: Vec::new(),
            plan: None,
            has_outcomes: false,
            events_seen: BTreeSet::new(),
            events_named: Vec::new(),
            item: None,
            references: Vec::new(),
            scope: Scope::default(),
            uses: Vec::new(),
            per: BTreeMap::new(),
        }
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        for related in diagnostics.iter_mut().flat_map(|found| &mut found.related) {
            related.span = self.first_line_of(related.span);
        }
        diagnostics
    }

    pub(super) fn has_errors(&self) -> bool {
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        self.diagnostics.iter().any(is_error)
    }

    /// The span from one character to another, by their numbers.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let byte = |index: usize| self.offsets.get(index).copied().unwrap_or(self.text.len());
        let start = byte(first);
        let line = self.lines.partition_point(|line| *line <= start);
        let line_start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(line_start..start).unwrap_or_default();
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        self.trimmed(Span {
            start,
            end: byte(end).max(start),
            line,
            column,
        })
    }

    /// Where something stands in a text, if it stands there as it is read; else the whole.
    pub(super) fn within(&self, node: &Node, part: &str) -> Span {
        let whole = self.text.get(node.span.start..node.span.end);
        let Some(at) = whole.and_then(|whole| whole.find(part)) else {
            return node.span;
        };
        let start = node.span.start + at;
        let first = self.offsets.partition_point(|offset| *offset < start);
        let end = self
            .offsets
            .partition_point(|offset| *offset < start + part.len());
        self.span(first, end)
    }

    /// The span without white space at its end.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        Span {
            end: span.start + text.trim_end().len(),
            ..span
        }
    }

    /// The line that a span begins on.
    pub(super) fn line_of(&self, span: Span) -> &'t str {
        let start = self
            .lines
            .get(span.line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        self.text
            .get(start..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default()
    }

    /// Notes an error.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.note(Severity::Error, code, span, message.into())
    }

    /// Notes something that does not keep the playbook from being used.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.note(Severity::Warning, code, span, message.into())
    }

    /// Notes something that is right, and worth knowing.
    pub(super) fn remark(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.note(Severity::Note, code, span, message.into())
    }

    fn note(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: String,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic {
            severity,
            code,
            message,
            span: self.first_line_of(span),
            help: None,
            related: Vec::new(),
        };
        // The list was just given an element, so it has room for it and is not empty.
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "an element was pushed just now")]
        &mut self.diagnostics[last]
    }

    /// What goes on over many lines is pointed at by its first.
    pub(super) fn first_line_of(&self, span: Span) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span {
            end: span.start + line.len(),
            ..span
        }
    }

    /// Notes that something else was expected here.
    pub(super) fn wrong_type(&mut self, node: &Node, expected: &str) -> &mut Diagnostic {
        let message = format!("expected {expected}, found {}", node.describe());
        let is_comment = self.is_comment(node);
        let error = self.error("wrong-type", node.span, message);
        if is_comment {
            error.help("put it in quotes: without them `#` begins a comment");
        }
        error
    }

    /// Whether there is nothing because what was meant begins with `#`.
    pub(super) fn is_comment(&self, node: &Node) -> bool {
        let rest = self.text.get(node.span.start..).unwrap_or_default();
        let rest = rest.trim_start_matches([':', '-', ' ']);
        matches!(node.content, Content::Null) && rest.starts_with('#')
    }

    /// Notes something that the playbook format has and this version does not support.
    pub(super) fn unsupported(&mut self, span: Span, what: &str, instead: &str) {
        let message = format!("{what} is not supported by this version");
        self.error("not-supported", span, message).help(instead);
    }

    /// Text that is not blank.
    pub(super) fn text<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n str> {
        match node.as_text() {
            Some(text) if text.trim().is_empty() => {
                let message = format!("expected {expected}, found an empty text");
                let error = self.error("invalid-value", node.span, message);
                error.help("write something between the quotes, or leave the key out");
                None
            }
            Some(text) => Some(text),
            None => {
                let is_scalar = matches!(node.content, Content::Number(_) | Content::Boolean(_));
                let error = self.wrong_type(node, expected);
                if is_scalar {
                    error.help("put it in quotes to make it text");
                }
                None
            }
        }
    }

    /// A whole number from `least` to `most`.
    pub(super) fn whole(&mut self, node: &Node, least: i64, most: i64) -> Option<i64> {
        let Content::Number(number) = &node.content else {
            let is_number = node
                .as_text()
                .is_some_and(|text| text.parse::<i64>().is_ok());
            let error = self.wrong_type(node, "a whole number");
            if is_number {
                error.help("leave out the quotes");
            }
            return None;
        };
        let whole = number
            .as_i64()
            .filter(|number| (least..=most).contains(number));
        if whole.is_none() {
            let message = match number.as_i64() {
                Some(small) if small < least => format!("`{number}` is less than {least}"),
                Some(_) => format!("`{number}` is more than {most}"),
                None => format!("expected a whole number, found the number `{number}`"),
            };
            self.error("invalid-value", node.span, message);
        }
        whole
    }

    /// Any number.
    pub(super) fn number(&mut self, node: &Node) -> Option<f64> {
        let number = match &node.content {
            Content::Number(number) => number.as_f64(),
            _ => None,
        };
        if number.is_none() {
            let is_number = node
                .as_text()
                .is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite));
            let error = self.wrong_type(node, "a number");
            if is_number {
                error.help("leave out the quotes");
            }
        }
        number
    }

    /// A yes or a no.
    pub(super) fn truth(&mut self, node: &Node) -> Option<bool> {
        if let Content::Boolean(truth) = node.content {
            return Some(truth);
        }
        self.wrong_type(node, "`true` or `false`");
        None
    }

    /// A duration such as `7d`.
    pub(super) fn duration(&mut self, node: &Node) -> Option<Millis> {
        const EXPECTED: &str = "a duration such as `7d`";
        const HELP: &str = "a duration is a whole number with `s`, `m`, `h`, `d` or `w`";
        let Some(text) = node.as_text() else {
            self.wrong_type(node, EXPECTED).help(HELP);
            return None;
        };
        match time::duration(text) {
            Some(duration) if duration <= time::LONGEST => Some(duration),
            Some(_) => {
                let message = format!("`{text}` is longer than 100 years");
                self.error("invalid-value", node.span, message)
                    .help("leave it out for all time");
                None
            }
            None => {
                let message = format!("expected {EXPECTED}, found {}", node.describe());
                self.error("invalid-value", node.span, message).help(HELP);
                None
            }
        }
    }

    /// The elements of a list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n [Node]> {
        match &node.content {
            Content::List(nodes) => Some(nodes),
            _ => {
                self.wrong_type(node, expected);
                None
            }
        }
    }

    /// Decodes every element; `None` if one fails, but all have been looked at.
    pub(super) fn each<T>(
        &mut self,
        nodes: &[Node],
        decode: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let decoded: Vec<Option<T>> = nodes.iter().map(|node| decode(self, node)).collect();
        decoded.into_iter().collect()
    }
}
