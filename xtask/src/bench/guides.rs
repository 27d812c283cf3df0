//! `cargo xtask bench guides`: tours of ours beside those of others, on the same pages in Chromium.

use std::process::Command;

use anyhow::Result;

use super::results;
use crate::process::{execute, say};
use crate::workspace::Workspace;
use crate::{pack, setup};

/// Builds what browsers load, and asks the same of everybody.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let chromium = setup::browser::chromium()?;
    setup::node::packages_of_benches(workspace)?;
    pack::build(workspace)?;
    say(if quick {
        "timing (about two minutes)"
    } else {
        "timing (about five minutes; what else the machine does shows in the figures)"
    });
    let mut node = Command::new("node");
    node.arg(workspace.root.join("benches/guides/run.mjs"));
    node.arg("--sdk").arg(workspace.dist().join("sdk"));
    node.arg("--out").arg(results(workspace, quick));
    if quick {
        node.arg("--quick");
    }
    execute(node.env("FIRSTVALUE_CHROMIUM", chromium))
}
