//! The programs that tests run from outside.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::Result;

use crate::process::execute;
use crate::workspace::Workspace;

/// Where they are.
pub struct Programs {
    /// `firstvalue`.
    pub command: PathBuf,
    /// The example of the engine that decides conditions.
    pub matches: PathBuf,
}

impl Programs {
    /// Compiles them, with the features of the whole workspace and of its tests: those with which the Rust
    /// tests have been compiled, so that no dependency is compiled once more.
    pub fn build(workspace: &Workspace) -> Result<Self> {
        let mut build = workspace.cargo();
        build.args(["build", "--quiet", "--workspace"]);
        execute(build.args(["--bin=firstvalue", "--example=matches"]))?;
        let folder = workspace.target.join("debug");
        Ok(Self {
            command: folder.join(format!("firstvalue{EXE_SUFFIX}")),
            matches: folder.join(format!("examples/matches{EXE_SUFFIX}")),
        })
    }
}
