//! `wasm-pack.toml`: the WebAssembly packages and their budgets.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::workspace::Workspace;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The packages, in the order in which they are built.
    pub package: Vec<Package>,
    /// Scripts that are loaded where they are needed, without WebAssembly.
    #[serde(default)]
    pub script: Vec<Script>,
    #[serde(default)]
    never: BTreeMap<String, Vec<String>>,
}

/// A script that `bundle` writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    pub name: String,
    /// Relative to `dist/`.
    pub file: String,
    pub budget: u64,
}

/// A crate that becomes a WebAssembly file with its glue. The file itself says what each key means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    pub name: String,
    #[serde(rename = "crate")]
    pub krate: String,
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default = "as_usual", rename = "default-features")]
    pub default_features: bool,
    pub profile: String,
    pub module: String,
    pub out: String,
    #[serde(rename = "static")]
    pub static_files: Option<PathBuf>,
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub never: Vec<String>,
    pub budget: u64,
}

fn as_usual() -> bool {
    true
}

impl Manifest {
    /// Reads the file in the root of the workspace.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let file = workspace.root.join("wasm-pack.toml");
        let text = fs::read_to_string(&file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        Self::parse(&text).context("`wasm-pack.toml` is not as it should be")
    }

    fn parse(text: &str) -> Result<Self> {
        let mut manifest: Self = toml::from_str(text)?;
        for package in &mut manifest.package {
            let lists = std::mem::take(&mut package.never);
            for list in lists {
                let parts = manifest.never.get(&list);
                let parts = parts.with_context(|| format!("`{list}` is no list in `[never]`"))?;
                package.never.extend(parts.iter().cloned());
            }
        }
        Ok(manifest)
    }
}

impl Package {
    /// Its glue and its wasm, relative to `dist/`.
    pub fn files(&self) -> [String; 2] {
        let Self { out, module, .. } = self;
        [
            format!("{out}/{module}.js"),
            format!("{out}/{module}_bg.wasm"),
        ]
    }

    /// What counts into its budget, relative to `dist/`.
    pub fn counted(&self) -> Vec<String> {
        self.files()
            .into_iter()
            .chain(self.with.iter().cloned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_this_repository_is_read() {
        let manifest = Manifest::read(&Workspace::here().unwrap()).unwrap();
        let core = manifest
            .package
            .iter()
            .find(|package| package.name == "core")
            .unwrap();
        assert!(
            core.counted()
                .contains(&"sdk/firstvalue.iife.js".to_owned()),
            "the loader is part of the budget"
        );
    }

    #[test]
    fn a_misspelt_key_is_an_error_that_names_it() {
        let text = "[[package]]\nname = 'a'\ncrate = 'a'\nprofile = 'wasm'\nmodule = 'a'\nout = 'sdk'\nbudgett = 1";
        let error = format!("{:#}", Manifest::parse(text).unwrap_err());
        assert!(error.contains("budgett"), "{error}");
    }
}
