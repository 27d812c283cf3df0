//! `cargo xtask test`: every test there is, with a summary. With `--long` what is tested with random
//! cases is tested with many more of them.

mod api;
mod conformance;
mod crate_graph;
mod dependencies;
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use self::programs::Programs;
use crate::process::{execute, say};
use crate::workspace::Workspace;
use crate::{fuzz, pack, setup};

/// A group of steps that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Rust,
    Api,
    Fuzz,
    Pack,
    Browser,
}

/// How thoroughly random cases are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// At every change.
    Usual,
    /// Now and then: for some minutes.
    Long,
}

/// Random cases of each property in a long run.
const LONG_CASES: &str = "10000";

/// How often the collector is killed under load in a long run.
const LONG_KILLS: &str = "300";

/// Something that passes or fails.
type Step = (Part, &'static str, fn(&Workspace, Effort) -> Result<()>);

/// Everything, quickest to fail first.
const STEPS: &[Step] = &[
    (Part::Rust, "formatting", formatting),
    (Part::Rust, "direction of dependencies", |workspace, _| {
        crate_graph::check(workspace)
    }),
    (Part::Rust, "licences of dependencies", |workspace, _| {
        dependencies::check(workspace)
    }),
    (Part::Rust, "lints", lints),
    (Part::Rust, "documentation", documentation),
    (Part::Rust, "Rust tests", rust_tests),
    (Part::Rust, "conformance", |workspace, _| {
        conformance::check(workspace)
    }),
    (Part::Api, "description of the API", api::check),
    (Part::Fuzz, "fuzzing", fuzzing),
    (Part::Pack, "packages and byte budgets", packages),
    (Part::Pack, "TypeScript types", types),
    (Part::Browser, "browser tests", browser_tests),
];

/// Runs the steps of the parts named, or all of them; the later ones too when an earlier one fails.
pub fn run(workspace: &Workspace, options: &[String]) -> Result<()> {
    let (long, names): (Vec<_>, Vec<_>) = options.iter().partition(|option| *option == "--long");
    let effort = if long.is_empty() {
        Effort::Usual
    } else {
        Effort::Long
    };
    let parts = names
        .into_iter()
        .map(|name| part(name))
        .collect::<Result<Vec<_>>>()?;
    let chosen = STEPS
        .iter()
        .filter(|(part, ..)| parts.is_empty() || parts.contains(part));
    let mut outcomes = Vec::new();
    for (_, name, step) in chosen {
        say(name);
        let started = Instant::now();
        let failure = step(workspace, effort).err();
        if let Some(error) = &failure {
            eprintln!("error: {error:#}");
        }
        outcomes.push((*name, failure.is_none(), started.elapsed()));
    }
    summarise(&outcomes)
}

fn part(name: &str) -> Result<Part> {
    match name {
        "rust" => Ok(Part::Rust),
        "api" => Ok(Part::Api),
        "fuzz" => Ok(Part::Fuzz),
        "pack" => Ok(Part::Pack),
        "browser" => Ok(Part::Browser),
        _ => bail!(
            "there is no part `{name}`; the parts are `rust`, `api`, `fuzz`, `pack` and `browser`"
        ),
    }
}

fn summarise(outcomes: &[(&str, bool, Duration)]) -> Result<()> {
    println!();
    for (name, passed, duration) in outcomes {
        let word = if *passed { "ok" } else { "FAILED" };
        println!("{word:<7} {name:<28} {:>6.1} s", duration.as_secs_f32());
    }
    let failed = outcomes.iter().filter(|(_, passed, _)| !passed).count();
    ensure!(failed == 0, "{failed} of {} steps failed", outcomes.len());
    Ok(())
}

fn formatting(workspace: &Workspace, _: Effort) -> Result<()> {
    execute(workspace.cargo().args(["fmt", "--all", "--check"]))?;
    let fuzz = ["fmt", "--manifest-path", "tests/fuzz/Cargo.toml", "--check"];
    execute(workspace.cargo().args(fuzz))
}

fn lints(workspace: &Workspace, _: Effort) -> Result<()> {
    execute(workspace.cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn documentation(workspace: &Workspace, _: Effort) -> Result<()> {
    let mut doc = workspace.cargo();
    // With the examples, so that what the lints have read of dependencies serves again.
    doc.args(["doc", "--quiet", "--workspace", "--no-deps"])
        .args(["--lib", "--bins", "--examples"])
        .env("RUSTDOCFLAGS", "-D warnings");
    execute(&mut doc)
}

fn rust_tests(workspace: &Workspace, effort: Effort) -> Result<()> {
    let mut tests = workspace.cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    if effort == Effort::Long {
        tests.env("PROPTEST_CASES", LONG_CASES);
        tests.env("FIRSTVALUE_KILLS", LONG_KILLS);
    }
    execute(&mut tests)
}

fn fuzzing(workspace: &Workspace, effort: Effort) -> Result<()> {
    let seconds = match effort {
        Effort::Usual => 3,
        Effort::Long => 120,
    };
    fuzz::run_all(workspace, Duration::from_secs(seconds))
}

fn packages(workspace: &Workspace, _: Effort) -> Result<()> {
    pack::run(workspace)
}

fn types(workspace: &Workspace, _: Effort) -> Result<()> {
    setup::node::packages(workspace)?;
    execute(Command::new(workspace.node_tool("tsc")).current_dir(&workspace.root))
}

fn browser_tests(workspace: &Workspace, effort: Effort) -> Result<()> {
    let chromium = setup::browser::chromium()?;
    let firefox = setup::browser::firefox()?;
    let webkit = setup::browser::webkit();
    pack::build(workspace)?;
    let example = workspace.target.join("example-yew");
    pack::build_apart(
        workspace,
        "firstvalue-example-yew",
        "firstvalue_example_yew",
        &example,
    )?;
    let Programs { command, .. } = Programs::build(workspace)?;
    let mut files = Vec::new();
    collect_tests(&workspace.root.join("tests"), &mut files)?;
    collect_tests(&workspace.root.join("www"), &mut files)?;
    ensure!(
        !files.is_empty(),
        "there are no `*.test.mjs` in `tests/` and `www/`"
    );
    files.sort();
    let mut node = Command::new("node");
    // A browser that waits for ever fails its test rather than the whole run. Tests wait more than they
    // compute, so two files at once take little more than half the time, even where node would run one.
    node.args(["--test", "--test-timeout=600000", "--test-force-exit"])
        .arg("--test-concurrency=2")
        .args(files)
        .current_dir(&workspace.root);
    // One of the clients that are tested is Python's.
    match conformance::python(workspace) {
        Ok(python) => _ = node.env("FIRSTVALUE_PYTHON", python),
        Err(error) => say(&format!(
            "without Python, its client is not tested ({error:#})"
        )),
    }
    if effort == Effort::Long {
        node.env("FIRSTVALUE_LONG", "1");
    }
    if let Some(webkit) = webkit {
        node.env("FIRSTVALUE_WEBKIT", webkit);
    }
    execute(
        node.env("FIRSTVALUE_CHROMIUM", chromium)
            .env("FIRSTVALUE_FIREFOX", firefox)
            .env("FIRSTVALUE_BIN", command),
    )
}

/// Node of version 20 does not take a pattern for its test files.
fn collect_tests(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect_tests(&path, files)?;
        } else if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    Ok(())
}
