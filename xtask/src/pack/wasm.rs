//! One WebAssembly package: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::bundle;
use super::manifest::Package;
use super::shorten::{rename, shorten};
use super::stamp::Stamp;
use super::start;
use crate::process::{execute, say};
use crate::toolchain::{TARGET, Toolchain, Way};
use crate::workspace::Workspace;

/// How wasm-opt makes files small, measured on the wire and not in memory. The features are those
/// that rustc's own output uses and every browser of the last years has; `--all-features` would let
/// it use others.
const OPTIMISE: &[&str] = &[
    // Flat code, put back into blocks, compresses better than the blocks that the compiler chose.
    "--flatten",
    "--rereloop",
    "-O4",
    "-Oz",
    "--converge",
    // Large functions stay by themselves: what is inlined into one caller compresses worse.
    "--one-caller-inline-max-function-size=20",
    // The lowest bytes are the end of the stack, which no address that is computed comes near.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The folder whose packages the loader starts.
const SDK: &str = "sdk";

/// Raised when a change of this file would make other files of the same compiled crate.
const RECIPE: u32 = 8;

/// Builds `package` into `dist/`, if it or anything that it is made of has changed.
pub fn build(
    package: &Package,
    toolchain: &Toolchain,
    way: Way,
    workspace: &Workspace,
) -> Result<()> {
    let compiled = compile(package, toolchain, way, workspace)?;
    let dist = workspace.dist();
    if let Some(folder) = &package.static_files {
        bundle::copy(&workspace.root.join(folder), &dist.join(&package.out))?;
    }
    let inputs = (fs::read(&compiled)?, package.files(), OPTIMISE, RECIPE);
    let stamp = Stamp::new(workspace, &package.name, inputs);
    let [glue, wasm] = package.files().map(|file| dist.join(file));
    if stamp.is_current(&[&glue, &wasm]) {
        return Ok(());
    }
    let work = workspace.target.join("pack").join(&package.name);
    fs::create_dir_all(&work)?;
    fs::create_dir_all(dist.join(&package.out))?;
    say(&format!("making {} small", package.name));
    bind(package, &compiled, &work)?;
    optimise(
        &work.join(format!("{}_bg.wasm", package.module)),
        &wasm,
        workspace,
    )?;
    bundle::glue(
        &work.join(format!("{}.js", package.module)),
        &glue,
        workspace,
    )?;
    stamp.record()
}

fn compile(
    package: &Package,
    toolchain: &Toolchain,
    way: Way,
    workspace: &Workspace,
) -> Result<PathBuf> {
    let mut command = toolchain.build(way, workspace);
    command.args(["--package", &package.krate, "--profile", &package.profile]);
    if !package.default_features {
        command.arg("--no-default-features");
    }
    if !package.features.is_empty() {
        command.args(["--features", &package.features.join(",")]);
    }
    let folder = workspace.wasm_target().join(TARGET).join(&package.profile);
    let file = folder
        .join(package.krate.replace('-', "_"))
        .with_extension("wasm");
    if !file.is_file() {
        say(&format!(
            "compiling {} with {} (one to three minutes the first time)",
            package.krate, toolchain.version
        ));
    }
    execute(command.arg("--quiet"))?;
    Ok(file)
}

/// Writes the module without names of functions, and the JavaScript that calls it.
fn bind(package: &Package, compiled: &Path, folder: &Path) -> Result<()> {
    let mut bindings = Bindgen::new()
        .input_path(compiled)
        .out_name(&package.module)
        .web(true)?
        .omit_default_module_path(false)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot bind `{}`", compiled.display()))?;
    let module = bindings.wasm_mut();
    // Other imports are from JavaScript that a crate brought along, which has names of its own.
    let own = format!("./{}_bg.js", package.module);
    let imports = module
        .imports
        .iter_mut()
        .filter(|import| import.module == own);
    let imports = shorten(imports.map(|import| &mut import.name));
    let exports = shorten(module.exports.iter_mut().map(|export| &mut export.name));
    bindings.emit(folder)?;
    let glue = folder.join(format!("{}.js", package.module));
    let mut text = fs::read_to_string(&glue)?;
    if package.out == SDK {
        text = start::from_module(&text)?;
    } else {
        // Loading without waiting is for nobody here, and what is not exported is left out.
        text = text.replace("export { initSync, ", "export { ");
    }
    Ok(fs::write(&glue, rename(&text, &imports, &exports))?)
}

fn optimise(from: &Path, to: &Path, workspace: &Workspace) -> Result<()> {
    execute(
        Command::new(workspace.node_tool("wasm-opt"))
            .args(OPTIMISE)
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}
