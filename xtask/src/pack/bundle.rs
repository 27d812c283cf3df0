//! TypeScript and JavaScript, put together by esbuild. What host pages load is made smaller by terser,
//! which saves some 5 % after compression.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::execute;
use crate::workspace::Workspace;

/// The oldest JavaScript that the pages of our hosts' users understand: browsers since 2020.
const HOST_PAGES: &str = "--target=es2021";

/// What only the loader's own modules call each other by: shorter names do as well.
/// Some of them are names of the browser's as well, on objects that these never are.
const INNER: &str = "builtins,regex=/^(arrives|change|changes|hold|keep|leave|left|listen|loadCode|online|records|write|unwritten|withdraw|recover|returned|beacon|notBefore|forget|pending|among|frozen|broken|waiting|holds|erase|drop|messages|read|nth|unseen)$/";

/// Has browsers that know this compile all functions with the script. The others, and without it, look at each
/// once to find its end and again when it is called. That takes longer for what is called on every page, though
/// not all of it is; what waits until it is opened should wait with that, too.
const CALLED_ON_LOAD: [&str; 2] = ["--format", "preamble='//# allFunctionsCalledOnLoad'"];

/// The loader, as ES module and as classic script.
pub fn loader(workspace: &Workspace) -> Result<()> {
    let sdk = workspace.dist().join("sdk");
    let source = workspace.root.join("www/loader");
    for (entry, format, file) in [
        ("module.ts", "esm", "firstvalue.js"),
        ("script.ts", "iife", "firstvalue.iife.js"),
        ("forward.ts", "esm", "firstvalue_forward.js"),
    ] {
        let mut esbuild = esbuild(workspace);
        esbuild
            .args(["--bundle", HOST_PAGES])
            .arg(format!("--format={format}"));
        let out = sdk.join(file);
        // Without white space esbuild also drops the comments by which a customer's own tools leave alone
        // what is loaded when the page runs. What they bundle they make smaller themselves.
        if format == "esm" {
            esbuild.arg("--minify-whitespace=false");
        }
        execute(esbuild.arg(source.join(entry)).arg(outfile(&out)))?;
        if format == "iife" {
            let options = [&["--mangle-props", INNER], &CALLED_ON_LOAD[..]].concat();
            shrink(&out, &options, workspace)?;
        }
    }
    fs::copy(source.join("firstvalue.d.ts"), sdk.join("firstvalue.d.ts"))?;
    Ok(())
}

/// What fits the npm package into frameworks, which themselves stay outside.
pub fn bindings(workspace: &Workspace) -> Result<()> {
    let source = workspace.root.join("www/loader/bindings");
    for name in ["react", "vue"] {
        let mut esbuild = esbuild(workspace);
        esbuild.args([
            "--bundle",
            "--format=esm",
            HOST_PAGES,
            "--packages=external",
        ]);
        let out = workspace.dist().join(format!("bindings/{name}.js"));
        let from = source.join(format!("{name}.ts"));
        execute(esbuild.arg(from).arg(outfile(&out)))?;
        let types = format!("{name}.d.ts");
        fs::copy(source.join(&types), out.with_file_name(types))?;
    }
    Ok(())
}

/// What engineers and authors of guides use on the page itself.
pub fn tools(workspace: &Workspace) -> Result<()> {
    for (entry, file) in [
        ("author/author.ts", "firstvalue_author.js"),
        ("debugger/debugger.ts", "firstvalue_debugger.js"),
    ] {
        let mut esbuild = esbuild(workspace);
        esbuild.args(["--bundle", "--format=esm", HOST_PAGES, "--loader:.css=text"]);
        esbuild.arg(workspace.root.join("www").join(entry));
        execute(esbuild.arg(outfile(&workspace.dist().join("sdk").join(file))))?;
    }
    Ok(())
}

/// What is loaded where the playbook asks for it: rules by which events are recorded, and what stands on the
/// page until it is opened.
pub fn by_playbook(workspace: &Workspace) -> Result<()> {
    for (entry, file) in [
        ("loader/capture.ts", "firstvalue_capture.js"),
        ("standing/standing.ts", "firstvalue_standing.js"),
    ] {
        let out = workspace.dist().join("sdk").join(file);
        let mut esbuild = esbuild(workspace);
        esbuild.args(["--bundle", "--format=esm", HOST_PAGES, "--loader:.css=text"]);
        let entry = workspace.root.join("www").join(entry);
        execute(esbuild.arg(entry).arg(outfile(&out)))?;
        shrink(&out, &["--module"], workspace)?;
    }
    Ok(())
}

/// The demo product.
pub fn demo(workspace: &Workspace) -> Result<()> {
    let source = workspace.root.join("www/demo");
    let out = workspace.dist().join("demo");
    let mut esbuild = esbuild(workspace);
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=linked",
    ]);
    esbuild.args([
        "--define:process.env.NODE_ENV=\"production\"",
        "--loader:.woff2=file",
        "--loader:.svg=file",
    ]);
    execute(
        esbuild
            .arg(source.join("src/main.tsx"))
            .arg(format!("--outdir={}", out.display())),
    )?;
    copy(&source.join("static"), &out)
}

/// The gallery of guides, which loads the ui package from where the collector serves it.
pub fn gallery(workspace: &Workspace) -> Result<()> {
    let source = workspace.root.join("www/gallery");
    let out = workspace.dist().join("gallery");
    let mut esbuild = esbuild(workspace);
    esbuild.args(["--bundle", "--format=esm", "--target=es2022"]);
    for entry in ["menu.ts", "page.ts"] {
        esbuild.arg(source.join("src").join(entry));
    }
    execute(esbuild.arg(format!("--outdir={}", out.display())))?;
    copy(&source.join("static"), &out)
}

/// The JavaScript that wasm-bindgen wrote, with whatever it imports.
pub fn glue(from: &Path, to: &Path, workspace: &Workspace) -> Result<()> {
    let mut esbuild = esbuild(workspace);
    // wasm-bindgen names a module once for each function that is imported from it.
    esbuild.arg("--log-override:duplicate-object-key=silent");
    execute(
        esbuild
            .args(["--bundle", "--format=esm", HOST_PAGES])
            .arg(from)
            .arg(outfile(to)),
    )?;
    let options = [&["--module"], &CALLED_ON_LOAD[..]].concat();
    shrink(to, &options, workspace)
}

/// Makes a file smaller without a change of what it does.
fn shrink(file: &Path, options: &[&str], workspace: &Workspace) -> Result<()> {
    let mut terser = Command::new(workspace.node_tool("terser"));
    terser.current_dir(&workspace.root).arg(file).args(options);
    let options = [
        "--compress",
        "passes=3,ecma=2021,hoist_funs",
        "--mangle",
        "--output",
    ];
    execute(terser.args(options).arg(file))
}

/// Copies the files of a folder, and those of its folders.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries =
        fs::read_dir(from).with_context(|| format!("cannot read `{}`", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn esbuild(workspace: &Workspace) -> Command {
    let mut command = Command::new(workspace.node_tool("esbuild"));
    command
        .args(["--minify", "--charset=utf8", "--log-level=warning"])
        .current_dir(&workspace.root);
    command
}

fn outfile(file: &Path) -> String {
    format!("--outfile={}", file.display())
}
