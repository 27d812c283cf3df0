//! `cargo xtask bench browser`: recording in a page, beside what others put into theirs.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::results;
use crate::process::{execute, output, say};
use crate::workspace::Workspace;
use crate::{pack, setup};

/// Builds what browsers load, and asks the same of everybody.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let chromium = setup::browser::chromium()?;
    setup::node::packages_of_benches(workspace)?;
    pack::build(workspace)?;
    let playbook = workspace.target.join("bench/browser-playbook.json");
    let compiled = output(
        workspace
            .cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "firstvalue-cli",
                "--",
                "compile",
            ])
            .arg(workspace.root.join("benches/browser/playbook.yaml")),
    )?;
    if let Some(folder) = playbook.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&playbook, compiled)?;
    say(if quick {
        "timing (about two minutes)"
    } else {
        "timing (about ten minutes; what else the machine does shows in the figures)"
    });
    let mut node = Command::new("node");
    node.arg(workspace.root.join("benches/browser/run.mjs"));
    node.arg("--sdk").arg(workspace.dist().join("sdk"));
    node.arg("--playbook").arg(playbook);
    node.arg("--out").arg(results(workspace, quick));
    if quick {
        node.arg("--quick");
    }
    execute(node.env("FIRSTVALUE_CHROMIUM", chromium))
}
