//! One WebAssembly package: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Context, Result};
use walrus::FunctionKind;
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

/// What the compiler wrote, in the folder of its package.
const COMPILED: &str = "compiled.wasm";

/// Raised when a change of this file would make other files of the same compiled crate.
const RECIPE: u32 = 10;

/// Builds `packages` into `dist/`, if they or anything that they are made of has changed: compiles one after
/// the other, and meanwhile makes those small that are compiled.
pub fn build(
    packages: &[Package],
    toolchain: &Toolchain,
    way: Way,
    workspace: &Workspace,
) -> Result<()> {
    thread::scope(|scope| {
        let mut making = Vec::new();
        for package in packages {
            let compiled = compile(package, toolchain, way, workspace)?;
            let dist = workspace.dist();
            if let Some(folder) = &package.static_files {
                bundle::copy(&workspace.root.join(folder), &dist.join(&package.out))?;
            }
            let inputs = (
                fs::read(&compiled)?,
                package.files(),
                &package.never,
                OPTIMISE,
                RECIPE,
            );
            let stamp = Stamp::new(workspace, &package.name, inputs);
            let results = package.files().map(|file| dist.join(file));
            if stamp.is_current(&results) {
                continue;
            }
            let work = workspace.target.join("pack").join(&package.name);
            fs::create_dir_all(&work)?;
            fs::create_dir_all(dist.join(&package.out))?;
            // The next package may be the same crate with other features.
            fs::copy(&compiled, work.join(COMPILED))?;
            making.push(scope.spawn(move || {
                make_small(package, &work, &results, workspace)?;
                stamp.record()
            }));
        }
        let done = |thread: ScopedJoinHandle<'_, _>| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        making.into_iter().try_for_each(done)
    })
}

/// Makes what ships of a package out of what was compiled.
fn make_small(
    package: &Package,
    work: &Path,
    [glue, wasm]: &[PathBuf; 2],
    workspace: &Workspace,
) -> Result<()> {
    say(&format!("making {} small", package.name));
    bind(package, &work.join(COMPILED), work)?;
    let bound = |ending| work.join(format!("{}{ending}", package.module));
    optimise(&bound("_bg.wasm"), wasm, workspace)?;
    bundle::glue(&bound(".js"), glue, workspace)
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

/// Writes the module without names of functions, and the JavaScript that calls it. Functions that are never
/// called become a trap, and what only they call goes with them.
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
    let never = |name: &str| {
        let name = without_hashes(name);
        let mut given = package.never.iter();
        given.any(|part| name.contains(part.as_str()))
    };
    for function in module.funcs.iter_mut() {
        let is_never_called = function.name.as_deref().is_some_and(never);
        if let (true, FunctionKind::Local(body)) = (is_never_called, &mut function.kind) {
            let entry = body.entry_block();
            body.block_mut(entry).instrs.clear();
            body.builder_mut().func_body().unreachable();
        }
    }
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

/// The name of a function without the hashes that the compiler gives to crates, `yew[5532d56188103e8c]::…`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| match part.split_once(']') {
        Some((hash, after)) if hash.len() > 8 && hash.bytes().all(|it| it.is_ascii_hexdigit()) => {
            before + after
        }
        _ => before + "[" + part,
    })
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

#[cfg(test)]
mod tests {
    use super::without_hashes;

    #[test]
    fn names_are_those_of_the_source() {
        let name = "<[yew[5532d56188103e8c]::virtual_dom::vnode::VNode]>::to_vec";
        let expected = "<[yew::virtual_dom::vnode::VNode]>::to_vec";
        assert_eq!(without_hashes(name), expected);
    }
}
