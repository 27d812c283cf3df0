//! Standard output and standard error. Whoever reads them may stop early, as `head` does, which is no
//! reason to fail.

use std::fmt::Display;
use std::io::{self, Write};

use anyhow::Context;

/// Prints a line to standard output.
///
/// # Errors
/// If it cannot be written though there is somebody to read it.
pub fn print(text: impl Display) -> anyhow::Result<()> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write the result"),
    }
}

/// Prints a line to standard error. There is nowhere to say that it could not be written.
pub fn say(text: impl Display) {
    drop(writeln!(io::stderr(), "{text}"));
}
