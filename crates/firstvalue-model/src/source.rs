//! Reading playbooks as people write them, in YAML or JSON, and saying what is wrong with them.
//!
//! The text becomes a tree of nodes that know where they stand; a decoder for each concept turns
//! nodes into the types of this crate. A decoder that finds a problem notes it and goes on, so that
//! one reading finds all of them.
//!
//! ```
//! let read = firstvalue_model::source::read("version: 1\nproduct: Ledgerly\nmilestone: {}\n");
//! let problem = &read.diagnostics[0];
//! assert_eq!(problem.message, "unknown key `milestone`");
//! assert_eq!((problem.span.line, problem.span.column), (3, 1));
//! assert_eq!(problem.help.as_deref(), Some("did you mean `milestones`?"));
//! ```

mod capture;
mod checks;
mod choice;
mod codes;
mod comparison;
mod condition;
mod diagnostic;
mod document;
mod event;
mod fields;
mod glob;
mod guide;
mod health;
mod holdout;
pub mod logic;
mod measure;
mod milestone;
mod nearest;
mod node;
mod outcome;
mod panel;
mod playbook;
mod query;
mod question;
mod reader;
mod references;
mod schema;
mod scope;
mod selector;
mod stage;
mod step;
mod target;
mod text;
mod throttle;
mod tracking_plan;

pub use codes::{CODES, Code};
pub use diagnostic::{Diagnostic, Related, Severity, Span};
pub use nearest::hint;
pub use schema::schema;

use crate::Playbook;
use reader::Reader;

/// A playbook as far as it could be read, and everything there is to say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The playbook; `None` if any of the diagnostics is an error.
    pub playbook: Option<Playbook>,
    /// Errors, warnings and notes in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a playbook. All problems are found, not the first only.
pub fn read(text: &str) -> Read {
    let mut reader = Reader::new(text);
    let playbook = match document::parse(text, &mut reader) {
        Some(document) => {
            let playbook = playbook::playbook(&mut reader, &document);
            if let Some(playbook) = &playbook {
                checks::check(&mut reader, &document, playbook);
            }
            playbook
        }
        None => None,
    };
    let mut diagnostics = reader.into_diagnostics();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    // What an alias repeats is wrong once.
    diagnostics.dedup();
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    Read {
        playbook: playbook.filter(|_| !failed),
        diagnostics,
    }
}

#[cfg(test)]
mod tests;
