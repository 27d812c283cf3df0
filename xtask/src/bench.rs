//! `cargo xtask bench`: how fast we are, and how fast others are at the same.
//!
//! Every run writes its results to `benches/results/`; `benches/README.md` says what they mean.

mod browser;
mod collector;
mod engine;
mod guides;
mod replay;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// Runs the benchmark named.
pub fn run(workspace: &Workspace, options: &[String]) -> Result<()> {
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    match options.as_slice() {
        ["browser"] => browser::run(workspace, false),
        ["browser", "--quick"] => browser::run(workspace, true),
        ["collector"] => collector::run(workspace, false),
        ["collector", "--quick"] => collector::run(workspace, true),
        ["engine"] => engine::run(workspace, false),
        ["engine", "--quick"] => engine::run(workspace, true),
        ["guides"] => guides::run(workspace, false),
        ["guides", "--quick"] => guides::run(workspace, true),
        ["replay"] => replay::run(workspace, false),
        ["replay", "--quick"] => replay::run(workspace, true),
        _ => bail!(
            "say `cargo xtask bench browser`, `… collector`, `… engine`, `… guides` or `… replay`, with `--quick` for a short run"
        ),
    }
}

/// Where results go: those of a short run are not for keeping.
fn results(workspace: &Workspace, quick: bool) -> PathBuf {
    if quick {
        workspace.target.join("bench/results")
    } else {
        workspace.root.join("benches/results")
    }
}

/// A program of ours as it is shipped.
fn build_release(workspace: &Workspace, package: &str) -> Result<PathBuf> {
    crate::process::say(&format!("compiling {package} (minutes the first time)"));
    crate::process::execute(workspace.cargo().args([
        "build",
        "--quiet",
        "--release",
        "--package",
        package,
    ]))?;
    Ok(workspace.target.join("release"))
}
