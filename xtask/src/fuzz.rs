//! `cargo xtask fuzz`: what reads what others wrote, on inputs that nobody would write.
//!
//! The targets are in `tests/fuzz/targets`. Each starts from the files in `tests/fuzz/seeds/TARGET` and
//! `tests/fuzz/regressions/TARGET` and from what earlier runs on this machine have found worth keeping.
//! An input that fails is written to `tests/fuzz/regressions/TARGET`, and stays there as a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{execute, exists, output, say};
use crate::setup::apt;
use crate::workspace::Workspace;

/// What there is to fuzz.
const TARGETS: &[&str] = &["playbook", "events", "state", "query", "requests"];

/// Playbooks from which the target of that name starts.
const PLAYBOOKS: &[&str] = &[
    "www/demo/playbook.yaml",
    "crates/firstvalue-engine/tests/read/every-form.yaml",
    "crates/firstvalue-model/src/source/tests/ledgerly.yaml",
];

/// How long each target runs unless somebody says otherwise.
const USUAL: Duration = Duration::from_secs(60);

/// What has the compiler count which branches an input takes. `cargo fuzz` passes the same, but for
/// the address sanitizer, which needs a nightly Rust and would find nothing in code without
/// `unsafe`.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

/// Runs one target or all, so many seconds each.
pub fn run(workspace: &Workspace, options: &[String]) -> Result<()> {
    let (mut targets, mut seconds) = (Vec::new(), USUAL);
    for option in options {
        if let Ok(number) = option.parse() {
            seconds = Duration::from_secs(number);
        } else if let Some(target) = TARGETS.iter().find(|target| *target == option) {
            targets.push(*target);
        } else {
            bail!(
                "there is no target `{option}`; the targets are {}",
                listed()
            );
        }
    }
    if targets.is_empty() {
        targets.extend(TARGETS);
    }
    run_targets(workspace, &targets, seconds)
}

/// Runs all targets, so long each.
pub fn run_all(workspace: &Workspace, each: Duration) -> Result<()> {
    run_targets(workspace, TARGETS, each)
}

fn listed() -> String {
    let quoted: Vec<_> = TARGETS.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn run_targets(workspace: &Workspace, targets: &[&str], each: Duration) -> Result<()> {
    let programs = build(workspace, targets)?;
    let mut failed = Vec::new();
    for target in targets {
        say(&format!("fuzzing `{target}` for {} s", each.as_secs()));
        if let Err(error) = fuzz(workspace, &programs, target, each) {
            eprintln!("error: {error:#}");
            failed.push(format!("`{target}`"));
        }
    }
    ensure!(
        failed.is_empty(),
        "{} failed; what it failed on is in `tests/fuzz/regressions`, to be committed with what mends it",
        failed.join(" and ")
    );
    Ok(())
}

/// Compiles targets, and gives the folder in which their programs are.
fn build(workspace: &Workspace, targets: &[&str]) -> Result<PathBuf> {
    if !exists("c++") && apt::is_there() {
        apt::install(
            &["g++"],
            "a C++ compiler for fuzzing (about 100 MB, a minute)",
        )?;
    }
    ensure!(
        exists("c++"),
        "fuzzing needs a C++ compiler, of which `c++` is the name; on Debian `apt-get install g++`"
    );
    let folder = workspace.target.join("fuzz");
    // Named, so that nothing but the targets is compiled with the flags: build scripts would not
    // find what the flags make them call.
    let host = host()?;
    let mut cargo = workspace.cargo();
    cargo
        .args(["build", "--quiet", "--release"])
        .args(["--target", &host])
        .args(["--manifest-path", "tests/fuzz/Cargo.toml"])
        .args(targets.iter().flat_map(|target| ["--bin", target]))
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    if !folder.is_dir() {
        say("compiling what is fuzzed (some minutes the first time)");
    }
    execute(&mut cargo)?;
    Ok(folder.join(host).join("release"))
}

fn host() -> Result<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .context("`rustc -vV` does not say for which machine it compiles")
}

fn fuzz(workspace: &Workspace, programs: &Path, target: &str, time: Duration) -> Result<()> {
    // The first folder is where new finds are kept.
    let corpus = workspace.target.join("fuzz/corpus").join(target);
    let regressions = workspace.root.join("tests/fuzz/regressions").join(target);
    for folder in [&corpus, &regressions] {
        fs::create_dir_all(folder)?;
    }
    let seeds = match target {
        "playbook" => playbooks(workspace)?,
        _ => workspace.root.join("tests/fuzz/seeds").join(target),
    };
    let mut program = Command::new(programs.join(target));
    program
        .args([&corpus, &seeds, &regressions])
        .arg(format!("-artifact_prefix={}/", regressions.display()))
        .arg(format!("-max_total_time={}", time.as_secs()))
        // Nothing that we read takes so long or so much; what does would be a fault by itself.
        .args(["-timeout=10", "-rss_limit_mb=1024"]);
    let words = workspace.root.join("tests/fuzz/words").join(target);
    if words.is_file() {
        program.arg(format!("-dict={}", words.display()));
    }
    // What it says of how it gets on matters only if it fails.
    output(&mut program).map(drop)
}

/// A folder with the playbooks to start from.
fn playbooks(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("fuzz/playbooks");
    fs::create_dir_all(&folder)?;
    for (number, file) in PLAYBOOKS.iter().enumerate() {
        let copy = folder.join(format!("{number}.yaml"));
        fs::copy(workspace.root.join(file), copy)
            .with_context(|| format!("cannot copy `{file}`"))?;
    }
    Ok(folder)
}
