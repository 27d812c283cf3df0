//! Which crate may use which, and what the engine may never use.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::process::output;
use crate::workspace::Workspace;

/// The crates of this workspace that each crate may use, outside its tests.
const MAY_USE: &[(&str, &[&str])] = &[
    ("firstvalue-model", &[]),
    ("firstvalue-engine", &["firstvalue-model"]),
    // For tests alone: nothing but tests may use it.
    (
        "firstvalue-reference",
        &["firstvalue-engine", "firstvalue-model"],
    ),
    ("firstvalue-sdk", &["firstvalue-engine", "firstvalue-model"]),
    ("firstvalue-ui", &["firstvalue-model"]),
    // For hosts: it knows the script alone.
    ("firstvalue-yew", &[]),
    (
        "firstvalue-store",
        &["firstvalue-engine", "firstvalue-model"],
    ),
    // For tests alone, likewise.
    (
        "firstvalue-store-reference",
        &["firstvalue-model", "firstvalue-store"],
    ),
    (
        "firstvalue-collector",
        &["firstvalue-engine", "firstvalue-model", "firstvalue-store"],
    ),
    (
        "firstvalue-dashboard",
        &["firstvalue-model", "firstvalue-ui"],
    ),
    (
        "firstvalue-cli",
        &[
            "firstvalue-collector",
            "firstvalue-engine",
            "firstvalue-model",
            "firstvalue-store",
        ],
    ),
    ("firstvalue-bench-collector", &[]),
    (
        "firstvalue-bench-engine",
        &["firstvalue-engine", "firstvalue-model"],
    ),
    (
        "firstvalue-example-yew",
        &["firstvalue-model", "firstvalue-ui", "firstvalue-yew"],
    ),
    ("xtask", &[]),
];

/// Crates that are the same function everywhere: of what they know, of the clock and of chance.
const PURE: &[&str] = &["firstvalue-model", "firstvalue-engine"];

/// What would tie a crate to the browser, to a runtime, or to chance.
const IMPURE: &[&str] = &["getrandom", "js-sys", "tokio", "wasm-bindgen", "web-sys"];

/// What `cargo metadata` says, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

/// Fails with every use that is not allowed.
pub fn check(workspace: &Workspace) -> Result<()> {
    let text = output(
        workspace
            .cargo()
            .args(["metadata", "--format-version=1", "--no-deps"]),
    )?;
    let mut faults = forbidden_uses(&serde_json::from_str(&text)?);
    for name in PURE {
        // Of every platform, with what the crate itself asks for and not what its users add.
        let tree = [
            "tree",
            "--package",
            name,
            "--edges=normal",
            "--target=all",
            "--prefix=none",
            "--format={lib}",
        ];
        faults.extend(impurities(name, &output(workspace.cargo().args(tree))?));
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn forbidden_uses(metadata: &Metadata) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for package in &metadata.packages {
        let Some(allowed) = allowed.get(package.name.as_str()) else {
            faults.push(format!(
                "`{}` is new; say in `xtask/src/test/crate_graph.rs` what it may use",
                package.name
            ));
            continue;
        };
        let own = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.path.is_some());
        let used = own.filter(|dependency| dependency.kind.as_deref() != Some("dev"));
        let wrong = used.filter(|dependency| !allowed.contains(&dependency.name.as_str()));
        faults.extend(
            wrong.map(|dependency| format!("`{}` may not use `{}`", package.name, dependency.name)),
        );
    }
    faults
}

/// `tree` has one library name a line, with underscores.
fn impurities(name: &str, tree: &str) -> Vec<String> {
    let found = IMPURE.iter().filter(|impure| {
        tree.lines()
            .any(|line| line.trim() == impure.replace('-', "_"))
    });
    found
        .map(|impure| format!("`{name}` may not use `{impure}`, not even through another crate"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(name: &str, used: &str, kind: &str) -> Metadata {
        let text = format!(
            r#"{{"packages":[{{"name":"{name}","dependencies":[{{"name":"{used}","kind":{kind},"path":"/a"}}]}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn dependencies_point_one_way() {
        let faults = |name, used, kind| forbidden_uses(&metadata(name, used, kind)).len();
        assert_eq!(faults("firstvalue-engine", "firstvalue-model", "null"), 0);
        assert_eq!(faults("firstvalue-model", "firstvalue-engine", "null"), 1);
        assert_eq!(
            faults("firstvalue-model", "firstvalue-engine", "\"build\""),
            1
        );
        assert_eq!(
            faults("firstvalue-model", "firstvalue-engine", "\"dev\""),
            0
        );
    }

    #[test]
    fn a_crate_that_the_table_does_not_know_is_a_fault() {
        assert_eq!(
            forbidden_uses(&metadata("firstvalue-new", "firstvalue-model", "null")).len(),
            1
        );
    }

    #[test]
    fn an_impure_crate_is_found_however_deep() {
        assert_eq!(
            impurities("firstvalue-engine", "serde\nweb_sys\nserde (*)\n").len(),
            1
        );
        assert_eq!(
            impurities("firstvalue-engine", "serde\ntokio_stream\n").len(),
            0
        );
    }
}
