//! `cargo xtask bench collector`: what `firstvalue serve` takes, beside the least that such a server does.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use anyhow::Result;

use super::{build_release, results};
use crate::process::{execute, say};
use crate::workspace::Workspace;

/// How long and how much, in a run and in a short one.
const USUAL: [(&str, &str); 4] = [
    ("--seconds", "20"),
    ("--rounds", "3"),
    ("--soak", "600"),
    ("--events", "10000000"),
];
const QUICK: [(&str, &str); 4] = [
    ("--seconds", "2"),
    ("--rounds", "1"),
    ("--soak", "5"),
    ("--events", "200000"),
];

/// Compiles what is timed, and times it.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let program = |package: &str, name: &str| {
        let folder = build_release(workspace, package)?;
        Ok::<_, anyhow::Error>(folder.join(format!("{name}{EXE_SUFFIX}")))
    };
    let firstvalue = program("firstvalue-cli", "firstvalue")?;
    let bench = program("firstvalue-bench-collector", "firstvalue-bench-collector")?;
    say(if quick {
        "timing the collector (about a minute)"
    } else {
        "timing the collector (about half an hour, and 10 GB of disk)"
    });
    let mut node = Command::new("node");
    node.arg(workspace.root.join("benches/collector/run.mjs"));
    node.arg("--program").arg(firstvalue);
    node.arg("--bench").arg(bench);
    node.arg("--folder")
        .arg(workspace.target.join("bench/collector"));
    node.arg("--out").arg(results(workspace, quick));
    for (name, value) in if quick { QUICK } else { USUAL } {
        node.args([name, value]);
    }
    execute(&mut node)
}
