//! Node and the packages that build and test the browser side.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::process::{execute, first_line, say};
use crate::workspace::Workspace;

/// The oldest Node with a test runner and `fetch` as they are used here.
const OLDEST: u32 = 20;

/// A lock file of npm: the one in the repository, or the note that npm keeps of what it installed.
#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

/// A package that is locked to a version.
#[derive(Deserialize, PartialEq)]
struct Locked {
    version: Option<String>,
    integrity: Option<String>,
    #[serde(default)]
    optional: bool,
}

/// Installs the packages that build and test the browser side, if they are not there.
pub fn packages(workspace: &Workspace) -> Result<()> {
    packages_in(&workspace.root, "about 200 MB, half a minute", workspace)
}

/// Installs the packages that the benchmarks compare with, if they are not there.
pub fn packages_of_benches(workspace: &Workspace) -> Result<()> {
    packages_in(&workspace.root.join("benches"), "about 17 MB", workspace)
}

/// Installs what a folder's `package-lock.json` names if that is not what is there.
fn packages_in(folder: &Path, size: &str, workspace: &Workspace) -> Result<()> {
    check_node()?;
    let lock = folder.join("package-lock.json");
    let wanted =
        fs::read_to_string(&lock).with_context(|| format!("cannot read `{}`", lock.display()))?;
    let installed = fs::read_to_string(folder.join("node_modules/.package-lock.json"));
    if installed.is_ok_and(|installed| holds(&installed, &wanted).unwrap_or(false)) {
        return Ok(());
    }
    say(&format!("installing node packages: npm ci ({size})"));
    let mut npm = workspace.npm();
    npm.current_dir(folder);
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    let by_hand = || {
        format!(
            "node packages are missing; by hand: run `npm ci` in `{}`",
            folder.display()
        )
    };
    execute(&mut npm).with_context(by_hand)
}

/// Whether what is installed is what is wanted. Packages that are for other machines only are
/// optional, and not installed.
fn holds(installed: &str, wanted: &str) -> Result<bool> {
    let installed: Lock = serde_json::from_str(installed)?;
    let mut wanted: Lock = serde_json::from_str(wanted)?;
    // The nameless entry is the repository itself.
    wanted.packages.remove("");
    let all_there = wanted
        .packages
        .iter()
        .all(|(name, package)| package.optional || installed.packages.contains_key(name));
    let all_right = installed
        .packages
        .iter()
        .all(|(name, package)| wanted.packages.get(name) == Some(package));
    Ok(all_there && all_right)
}

fn check_node() -> Result<()> {
    let version = first_line("node", &["--version"]);
    match version.as_deref().and_then(major) {
        Some(major) if major >= OLDEST => Ok(()),
        Some(_) => bail!(
            "Node {} is too old; install Node {OLDEST} or later from https://nodejs.org",
            version.unwrap_or_default()
        ),
        None => bail!(
            "Node is missing; install Node {OLDEST} or later from https://nodejs.org, with npm"
        ),
    }
}

/// The 20 in `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{holds, major};

    #[test]
    fn the_major_number_is_read() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("20"), None);
    }

    const WANTED: &str = r#"{"packages": {"": {}, "node_modules/a": {"version": "1.0.0"},
        "node_modules/other-os": {"version": "1.0.0", "optional": true}}}"#;

    #[test]
    fn what_is_installed_is_compared_by_name_and_version() {
        let installed =
            |packages: &str| holds(&format!(r#"{{"packages": {{{packages}}}}}"#), WANTED).unwrap();
        assert!(installed(r#""node_modules/a": {"version": "1.0.0"}"#));
        assert!(!installed(r#""node_modules/a": {"version": "1.0.1"}"#));
        assert!(!installed(""), "a package is missing");
        let stray =
            r#""node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "1.0.0"}"#;
        assert!(!installed(stray));
    }
}
