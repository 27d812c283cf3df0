//! `cargo xtask bench replay`: `firstvalue replay` beside the same question in SQL.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use anyhow::Result;

use super::{build_release, results};
use crate::process::{execute, say};
use crate::setup;
use crate::workspace::Workspace;

/// How many events the log has.
const EVENTS: u32 = 10_000_000;
const FEW_EVENTS: u32 = 200_000;

/// Makes the log if it is not there, and times both over it.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    setup::node::packages(workspace)?;
    // DuckDB is what the conformance tests compare with as well.
    let requirements = workspace.root.join("tests/conformance/requirements.txt");
    let python = setup::python::with(workspace, &requirements)?;
    let program =
        build_release(workspace, "firstvalue-cli")?.join(format!("firstvalue{EXE_SUFFIX}"));
    let events = if quick { FEW_EVENTS } else { EVENTS };
    say(&format!(
        "replaying {events} events (a log of about {} MB is made the first time)",
        events / 4_000
    ));
    let mut node = Command::new("node");
    node.arg(workspace.root.join("benches/replay/run.mjs"));
    node.args(["--events", &events.to_string()]);
    node.arg("--program").arg(program);
    node.arg("--python").arg(python);
    node.arg("--folder")
        .arg(workspace.target.join("bench/replay"));
    node.arg("--out").arg(results(workspace, quick));
    execute(&mut node)
}
