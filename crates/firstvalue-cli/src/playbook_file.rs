//! The playbook of a command: read, checked, and everything there is to say about it printed.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use firstvalue_model::Playbook;
use firstvalue_model::source::{self, Severity};

use crate::diagnostics;

/// The playbook has errors, which have been printed.
#[derive(Debug, thiserror::Error)]
#[error("{} has {}", .path.display(), counted(*.errors, "error"))]
pub struct Invalid {
    path: PathBuf,
    errors: usize,
}

/// Reads and checks a playbook (`-` is standard input) and prints errors and warnings to standard
/// error.
///
/// # Errors
/// If the file cannot be read, or if the playbook has errors ([`Invalid`]).
pub fn read(path: &Path) -> anyhow::Result<Playbook> {
    let text = text(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let read = source::read(&text);
    if !read.diagnostics.is_empty() {
        eprintln!(
            "{}",
            diagnostics::render(&path.display().to_string(), &text, &read.diagnostics)
        );
    }
    read.playbook.ok_or_else(|| {
        let is_error = |severity| severity == Severity::Error;
        let errors = read
            .diagnostics
            .iter()
            .filter(|found| is_error(found.severity))
            .count();
        Invalid {
            path: path.to_owned(),
            errors,
        }
        .into()
    })
}

fn text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(path)?;
    }
    // Editors on Windows begin files by a mark that is no part of the first line.
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// A number and what it counts: "1 guide", "3 guides".
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
