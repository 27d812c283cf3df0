//! Finding or installing a Rust for WebAssembly.

use anyhow::{Result, bail};

use super::{apt, rustup};
use crate::process::say;
use crate::toolchain::{TARGET, Toolchain, Way, choose};
use crate::workspace::Workspace;

/// Debian's current Rust for building browsers, its sources, and a linker for WebAssembly.
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// A toolchain that builds for the target; installed if none is there.
pub fn find_or_install(workspace: &Workspace) -> Result<(Toolchain, Way)> {
    if let Some(found) = find(workspace) {
        return Ok(found);
    }
    if rustup::is_there() {
        match rustup::add_target() {
            Ok(()) => try_sources(),
            Err(error) => say(&format!("{error:#}")),
        }
        if let Some(found) = find(workspace) {
            return Ok(found);
        }
    }
    if apt::is_there() {
        let what = "a Rust that builds for WebAssembly, with its library's sources (about 600 MB, one to five minutes)";
        if let Err(error) = apt::install(PACKAGES, what) {
            say(&format!("{error:#}"));
        }
        if let Some(found) = find(workspace) {
            return Ok(found);
        }
    }
    bail!(
        "no Rust here builds for `{TARGET}`. By hand: install rustup from https://rustup.rs, then run \
         `rustup target add {TARGET}` and, for the smallest files, `rustup component add rust-src`; \
         or on Debian `apt-get install {}`",
        PACKAGES.join(" ")
    )
}

/// Like [`find_or_install`], but a toolchain that cannot build smallest is taught to.
pub fn improve(workspace: &Workspace) -> Result<()> {
    let (_, way) = find_or_install(workspace)?;
    if way == Way::Compiled && rustup::is_there() {
        try_sources();
    }
    Ok(())
}

fn find(workspace: &Workspace) -> Option<(Toolchain, Way)> {
    let candidates = [Toolchain::active(), Toolchain::system()];
    choose(
        candidates.into_iter().flatten().collect(),
        &workspace.rust_version,
    )
}

/// Without the sources everything works, and is some 15 % larger.
fn try_sources() {
    if let Err(error) = rustup::add_sources() {
        say(&format!(
            "{error:#}; what browsers load will be larger than it could be"
        ));
    }
}
