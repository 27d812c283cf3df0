//! The npm package, and the integrity hashes of what is in it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::manifest::Manifest;
use super::stamp::Stamp;
use crate::process::output;
use crate::workspace::Workspace;

/// Prints `{"file": "sha384-…"}` for the files named.
const INTEGRITY: &str = r#"
const { createHash } = require("node:crypto"), { readFileSync } = require("node:fs"), { basename } = require("node:path");
const entry = (file) => [basename(file), "sha384-" + createHash("sha384").update(readFileSync(file)).digest("base64")];
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(1).map(entry)), null, 2));
"#;

/// What the loader's own `package.json` says.
#[derive(Deserialize)]
struct PackageJson {
    version: String,
}

/// Writes `dist/sdk/integrity.json` and `dist/npm/firstvalue-VERSION.tgz`.
pub fn package(manifest: &Manifest, workspace: &Workspace) -> Result<()> {
    let loader = workspace.root.join("www/loader/package.json");
    let description = fs::read_to_string(&loader)
        .with_context(|| format!("cannot read `{}`", loader.display()))?;
    let PackageJson { version } = serde_json::from_str(&description)?;
    ensure!(
        version == workspace.version,
        "`www/loader/package.json` says version {version}, `Cargo.toml` says {}; make them equal",
        workspace.version
    );

    let scripts = loaded(manifest, workspace);
    let documents =
        ["README.md", "LICENSE-APACHE", "LICENSE-MIT"].map(|name| workspace.root.join(name));
    let documents = documents.into_iter().filter(|file| file.is_file());
    let others = [
        "sdk/firstvalue.d.ts",
        "bindings/react.js",
        "bindings/react.d.ts",
        "bindings/vue.js",
        "bindings/vue.d.ts",
    ];
    let others = others.map(|file| workspace.dist().join(file));
    let parts: Vec<PathBuf> = scripts
        .iter()
        .cloned()
        .chain(others)
        .chain([loader])
        .chain(documents)
        .collect();

    let contents: Vec<Vec<u8>> = parts
        .iter()
        .map(|file| fs::read(file).with_context(|| format!("cannot read `{}`", file.display())))
        .collect::<Result<_>>()?;
    let integrity = workspace.dist().join("sdk/integrity.json");
    let archive = workspace
        .dist()
        .join(format!("npm/firstvalue-{version}.tgz"));
    let stamp = Stamp::new(workspace, "npm", (&parts, contents, INTEGRITY));
    if stamp.is_current(&[&integrity, &archive]) {
        return Ok(());
    }
    fs::write(
        &integrity,
        output(
            Command::new("node")
                .args(["-e", INTEGRITY, "--"])
                .args(&scripts),
        )?,
    )?;
    archive_of(&parts, workspace)?;
    stamp.record()
}

/// The files that a page loads: both forms of the loader, and what lies beside them.
fn loaded(manifest: &Manifest, workspace: &Workspace) -> Vec<PathBuf> {
    let packages = manifest
        .package
        .iter()
        .filter(|package| package.out == "sdk");
    let packages = packages.flat_map(|package| package.files());
    let loader = [
        "sdk/firstvalue.js",
        "sdk/firstvalue.iife.js",
        "sdk/firstvalue_capture.js",
        "sdk/firstvalue_forward.js",
        "sdk/firstvalue_author.js",
        "sdk/firstvalue_debugger.js",
        "sdk/firstvalue_standing.js",
    ]
    .map(str::to_owned);
    loader
        .into_iter()
        .chain(packages)
        .map(|file| workspace.dist().join(file))
        .collect()
}

fn archive_of(parts: &[PathBuf], workspace: &Workspace) -> Result<()> {
    let folder = workspace.target.join("pack/npm");
    // Whatever an earlier version put there must not get into this one.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for file in parts {
        let name = file
            .file_name()
            .with_context(|| format!("`{}` has no name", file.display()))?;
        fs::copy(file, folder.join(name))?;
    }
    let out = workspace.dist().join("npm");
    fs::create_dir_all(&out)?;
    let mut pack = workspace.npm();
    pack.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
        .arg(out)
        .current_dir(folder);
    output(&mut pack).map(drop)
}
