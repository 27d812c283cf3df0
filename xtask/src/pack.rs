//! `cargo xtask pack`: everything that browsers load, in `dist/`.
//!
//! What has not changed is not built again, so that the tasks which need `dist/` simply call
//! [`build`].

mod bundle;
mod manifest;
mod npm;
mod shorten;
mod sizes;
mod stamp;
mod start;
mod wasm;

use std::path::Path;

use anyhow::{Result, bail};

use self::manifest::{Manifest, Package};
use crate::setup;
use crate::toolchain::Way;
use crate::workspace::Workspace;

/// Builds everything, and checks that no package is larger than it may be.
pub fn run(workspace: &Workspace) -> Result<()> {
    let (manifest, way) = build(workspace)?;
    let sizes = sizes::measure(&manifest, workspace)?;
    print!("{}", sizes::table(&sizes));
    let over: Vec<&str> = sizes
        .iter()
        .filter(|size| size.is_over())
        .map(|size| size.name.as_str())
        .collect();
    if over.is_empty() {
        return Ok(());
    }
    let over = over.join(", ");
    if way == Way::Compiled {
        println!(
            "over budget: {over}. That may be this Rust, which has no library sources: see `cargo xtask setup`."
        );
        return Ok(());
    }
    bail!(
        "over budget: {over}; make it smaller, or give a reason with a new figure in `wasm-pack.toml`"
    )
}

/// Builds what is missing or older than its sources.
pub fn build(workspace: &Workspace) -> Result<(Manifest, Way)> {
    let manifest = Manifest::read(workspace)?;
    let (toolchain, way) = setup::rust::find_or_install(workspace)?;
    setup::node::packages(workspace)?;
    wasm::build(&manifest.package, &toolchain, way, workspace)?;
    bundle::loader(workspace)?;
    bundle::bindings(workspace)?;
    bundle::tools(workspace)?;
    bundle::by_playbook(workspace)?;
    bundle::demo(workspace)?;
    bundle::gallery(workspace)?;
    npm::package(&manifest, workspace)?;
    Ok((manifest, way))
}

/// Builds a crate as the packages are built, into a folder that nothing is shipped from.
pub fn build_apart(workspace: &Workspace, krate: &str, module: &str, folder: &Path) -> Result<()> {
    let (toolchain, way) = setup::rust::find_or_install(workspace)?;
    setup::node::packages(workspace)?;
    let package = Package {
        name: krate.to_owned(),
        krate: krate.to_owned(),
        features: Vec::new(),
        default_features: true,
        profile: "wasm".to_owned(),
        module: module.to_owned(),
        out: folder.display().to_string(),
        static_files: None,
        never: Vec::new(),
        with: Vec::new(),
        budget: u64::MAX,
    };
    wasm::build(&[package], &toolchain, way, workspace)
}
