//! What was found, as one JSON array.

use firstvalue_model::source::{Diagnostic, Severity};
use serde::Serialize;

use super::region::Region;
use crate::playbook_file::Loaded;

/// One problem.
#[derive(Serialize)]
struct Found<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    /// Other places that have to do with it.
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Everything that was found in all playbooks.
///
/// # Errors
/// Never: what is written has no keys but text.
pub fn array(loaded: &[Loaded]) -> serde_json::Result<String> {
    let found: Vec<Found> = loaded
        .iter()
        .flat_map(|loaded| {
            let found = loaded.read.diagnostics.iter();
            found.map(move |found| one(loaded, found))
        })
        .collect();
    serde_json::to_string_pretty(&found)
}

fn one<'a>(loaded: &'a Loaded, found: &'a Diagnostic) -> Found<'a> {
    let place = |span| {
        let region = Region::of(span, &loaded.text);
        Place {
            file: &loaded.path,
            line: region.line,
            column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
        }
    };
    let related = found.related.iter().map(|related| Related {
        message: &related.message,
        place: place(related.span),
    });
    Found {
        code: found.code,
        severity: severity(found.severity),
        message: &found.message,
        help: found.help.as_deref(),
        place: place(found.span),
        related: related.collect(),
    }
}

/// The name of a severity, which is also that of a level in SARIF.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
