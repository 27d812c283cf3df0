//! `cargo xtask setup`: what the other tasks need on this machine.
//!
//! Each part is silent when it has nothing to do, and says what it does, how long that may take
//! and what to do by hand otherwise. The other tasks call the parts that they need.

pub mod apt;
pub mod browser;
pub mod node;
pub mod python;
pub mod rust;

mod rustup;

use anyhow::Result;

use crate::workspace::Workspace;

/// Finds or installs everything.
pub fn run(workspace: &Workspace) -> Result<()> {
    rust::improve(workspace)?;
    node::packages(workspace)?;
    browser::chromium()?;
    browser::firefox()?;
    browser::webkit();
    Ok(())
}
