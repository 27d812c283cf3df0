//! `cargo xtask bench engine`: time per event, natively and in Chromium, beside other rule engines.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use anyhow::Result;

use super::{build_release, results};
use crate::process::{execute, say};
use crate::workspace::Workspace;
use crate::{pack, setup};

/// The crate that is both a program and a WebAssembly package.
const CRATE: &str = "firstvalue-bench-engine";

/// Builds what is timed, and times it.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let chromium = setup::browser::chromium()?;
    setup::node::packages_of_benches(workspace)?;
    let folder = workspace.target.join("bench/engine");
    pack::build_apart(workspace, CRATE, "bench_engine", &folder)?;
    let program = build_release(workspace, CRATE)?.join(format!("{CRATE}{EXE_SUFFIX}"));
    say(if quick {
        "timing (about two minutes)"
    } else {
        "timing (about ten minutes; what else the machine does shows in the figures)"
    });
    let mut node = Command::new("node");
    node.arg(workspace.root.join("benches/engine/run.mjs"));
    node.arg("--program").arg(program);
    node.arg("--wasm").arg(folder);
    node.arg("--out").arg(results(workspace, quick));
    if quick {
        node.arg("--quick");
    }
    execute(node.env("FIRSTVALUE_CHROMIUM", chromium))
}
