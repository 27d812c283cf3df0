//! The engine beside others that do the same: GrowthBook's Python SDK and DuckDB.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::Result;

use super::programs::Programs;
use crate::process::{execute, output};
use crate::setup::python;
use crate::workspace::Workspace;

/// A Python with everything that tests need.
pub fn python(workspace: &Workspace) -> Result<PathBuf> {
    let requirements = workspace.root.join("tests/conformance/requirements.txt");
    python::with(workspace, &requirements)
}

/// Compares queries with GrowthBook, and what is counted with SQL.
pub fn check(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("tests/conformance");
    let python = python(workspace)?;
    let run = |script: &str, arguments: &[&Path]| {
        let mut command = Command::new(&python);
        command.arg("-B").arg(folder.join(script)).args(arguments);
        execute(&mut command)
    };
    let Programs { command, matches } = Programs::build(workspace)?;
    run("growthbook_conditions.py", &[&matches])?;

    let git = folder.join("git-history.yaml");
    for log in git_histories(workspace)? {
        run("duckdb_counts.py", &[&command, &git, &log])?;
    }
    let history = workspace.target.join("ledgerly.jsonl");
    let mut generate = Command::new("node");
    generate.arg(folder.join("ledgerly-history.mjs"));
    fs::write(&history, output(&mut generate)?)?;
    let ledgerly = folder.join("ledgerly.yaml");
    run("duckdb_counts.py", &[&command, &ledgerly, &history])
}

/// The excerpt that is in the repository, and whole histories where there are any.
fn git_histories(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut logs = vec![workspace.root.join("tests/git-history/excerpt.jsonl")];
    if let Some(suites) = env::var_os("FIRSTVALUE_SUITES") {
        for entry in fs::read_dir(Path::new(&suites).join("datasets"))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("git-") && name.ends_with(".jsonl.gz") {
                logs.push(path);
            }
        }
    }
    Ok(logs)
}
