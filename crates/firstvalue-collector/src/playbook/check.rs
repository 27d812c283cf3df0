//! Reading a playbook that somebody has written, and what is wrong with it.

use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::source::{self, Diagnostic, Severity};
use serde::Serialize;
use utoipa::ToSchema;

/// Something about a playbook, with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Stays the same.
    code: &'static str,
    severity: Weight,
    message: String,
    /// What to do about it.
    help: Option<String>,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Weight {
    /// Worth knowing.
    Note,
    /// Probably not meant.
    Warning,
    /// The playbook cannot be published.
    Error,
}

/// A playbook that was read.
pub(crate) struct Read {
    /// `None` if it has errors.
    pub(crate) compiled: Option<CompiledPlaybook>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads a playbook.
pub(crate) fn read(text: &str) -> Read {
    let read = source::read(text);
    Read {
        compiled: read.playbook.as_ref().map(firstvalue_engine::compile),
        problems: read.diagnostics.iter().map(Problem::of).collect(),
    }
}

impl Problem {
    fn of(found: &Diagnostic) -> Self {
        Self {
            code: found.code,
            severity: match found.severity {
                Severity::Note => Weight::Note,
                Severity::Warning => Weight::Warning,
                Severity::Error => Weight::Error,
            },
            message: found.message.clone(),
            help: found.help.clone(),
            line: found.span.line,
            column: found.span.column,
        }
    }
}
