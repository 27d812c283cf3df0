//! Every development task of this repository: `cargo xtask help`.
//!
//! One file per task; what a task needs on the machine is found or installed by [`setup`].

mod bench;
#[cfg(test)]
mod container;
mod demo;
mod fuzz;
mod pack;
mod pictures;
mod process;
mod setup;
mod test;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

const HELP: &str = "\
Every development task of Firstvalue. Each installs what it needs, and says so.

  cargo xtask demo [--port N]   build what is missing and open the demo product with its
                                collector and dashboard at one address (port 8787)
  cargo xtask test [PART…]      run all tests, or only the parts named: rust, api, fuzz, pack,
                                browser; with --long many more random cases
  cargo xtask fuzz [TARGET] [N] feed a target, or all of them, with inputs that nobody would
                                write, for N seconds each (60): playbook, events, state, query
  cargo xtask pack              build what browsers load into dist/, and check the byte budgets
  cargo xtask bench browser     measure recording in a page beside PostHog, Segment, RudderStack and others
  cargo xtask bench collector   time `firstvalue serve` beside the least that such a server does
  cargo xtask bench engine      time the engine beside other rule engines; `--quick` for less
  cargo xtask bench guides      time tours beside driver.js, Shepherd.js and React Joyride, on hard pages
  cargo xtask bench replay      time `firstvalue replay` beside DuckDB, over 10 million events
  cargo xtask pictures [FOLDER] take the pictures of the README anew; into a folder, of every guide
  cargo xtask setup             find or install everything the other tasks need
  cargo xtask help              print this

Settings in the environment:
  FIRSTVALUE_CHROMIUM   the browser to test with, if it is not found by itself
  FIRSTVALUE_FIREFOX    the same of what is tested in Firefox
  FIRSTVALUE_WEBKIT     the WebKitWebDriver for what is tested in WebKit
  FIRSTVALUE_SUITES     a folder with larger test data; tests that need it are skipped without";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (task, options) = match arguments.split_first() {
        Some((task, options)) => (task.as_str(), options),
        None => ("help", [].as_slice()),
    };
    let workspace = Workspace::here()?;
    match task {
        "setup" => setup::run(&workspace),
        "pack" => pack::run(&workspace).map(drop),
        "pictures" => pictures::run(&workspace, options),
        "demo" => demo::run(&workspace, options),
        "fuzz" => fuzz::run(&workspace, options),
        "test" => test::run(&workspace, options),
        "bench" => bench::run(&workspace, options),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no task `{other}`; `cargo xtask help` lists them"),
    }
}
