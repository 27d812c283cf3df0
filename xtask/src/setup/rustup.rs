//! What rustup can add to the active toolchain.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::process::{execute_within, exists, say};
use crate::toolchain::TARGET;

/// How long rustup may take. A machine that cannot reach its server should not wait much longer,
/// and what is downloaded are about 20 MB.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether rustup manages Rust here.
pub fn is_there() -> bool {
    exists("rustup")
}

/// Adds the compiled library for the target.
pub fn add_target() -> Result<()> {
    say(&format!(
        "adding `{TARGET}` to the active Rust with rustup (about 20 MB, {} s at most)",
        PATIENCE.as_secs()
    ));
    execute_within(
        Command::new("rustup").args(["target", "add", TARGET]),
        PATIENCE,
    )
}

/// Adds the sources of the standard library.
pub fn add_sources() -> Result<()> {
    say(&format!(
        "adding the standard library's sources with rustup (about 5 MB, {} s at most)",
        PATIENCE.as_secs()
    ));
    execute_within(
        Command::new("rustup").args(["component", "add", "rust-src"]),
        PATIENCE,
    )
}
