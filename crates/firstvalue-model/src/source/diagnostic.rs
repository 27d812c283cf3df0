//! What is wrong with a playbook, and where.

/// Something to say about a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the playbook can be used all the same.
    pub severity: Severity,
    /// A short stable name for this kind of problem.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

/// A place that has to do with a problem which stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What the place has to do with it.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing, and right as it is.
    Note,
    /// The playbook can be used, but does perhaps not do what was meant.
    Warning,
    /// The playbook cannot be used.
    Error,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
    /// The line of its first character, from 1.
    pub line: usize,
    /// The column of its first character in characters, from 1.
    pub column: usize,
}

impl Diagnostic {
    /// Says what to do about it.
    pub(super) fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    /// Names another place that has to do with it.
    pub(super) fn see(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        let message = message.into();
        self.related.push(Related { message, span });
        self
    }
}
