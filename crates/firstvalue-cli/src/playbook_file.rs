//! The playbook of a command: read, checked, and everything there is to say about it printed.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow};
use firstvalue_model::Playbook;
use firstvalue_model::source::{self, Severity};

use crate::{diagnostics, output};

/// A playbook that was read, and everything there is to say about it.
pub struct Loaded {
    /// How the file was named.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// What it says.
    pub read: source::Read,
}

impl Loaded {
    /// How many problems there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.read.diagnostics.iter();
        found.filter(|found| found.severity == severity).count()
    }
}

/// The playbook has errors, which have been printed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

/// Reads and checks a playbook (`-` is standard input) and prints errors and warnings to standard
/// error.
///
/// # Errors
/// If the file cannot be read, or if the playbook has errors ([`Invalid`]).
pub fn read(path: &Path) -> anyhow::Result<Playbook> {
    Ok(with_text(path)?.0)
}

/// Likewise, with the text as it was written.
///
/// # Errors
/// As [`read`].
pub fn with_text(path: &Path) -> anyhow::Result<(Playbook, String)> {
    let mut loaded = load(path)?;
    // What is worth knowing is for those who ask.
    let found = &mut loaded.read.diagnostics;
    found.retain(|found| found.severity > Severity::Note);
    print(&loaded);
    let errors = counted(loaded.count(Severity::Error), "error");
    let invalid = || Invalid(format!("{} has {errors}", loaded.path));
    let playbook = loaded.read.playbook.ok_or_else(invalid)?;
    Ok((playbook, loaded.text))
}

/// Reads and checks a playbook (`-` is standard input).
///
/// # Errors
/// If the file cannot be read.
pub fn load(path: &Path) -> anyhow::Result<Loaded> {
    let text = text(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(Loaded {
        path: path.display().to_string(),
        read: source::read(&text),
        text,
    })
}

/// Prints everything there is to say about a playbook to standard error.
pub fn print(Loaded { path, text, read }: &Loaded) {
    if !read.diagnostics.is_empty() {
        output::say(diagnostics::render(path, text, &read.diagnostics));
    }
}

fn text(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path)?;
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return anyhow!("it is written in UTF-16; save it as UTF-8");
        }
        let before = bytes.get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        anyhow!("line {line} holds a character that is not written in UTF-8; save it as UTF-8")
    })?;
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
