//! Where things are in this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The repository's folders, and what its `Cargo.toml` says for all crates.
pub struct Workspace {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// What cargo builds for this machine.
    pub target: PathBuf,
    /// The version of every crate and of the npm package.
    pub version: String,
    /// The oldest Rust that compiles the workspace, as in `1.95`.
    pub rust_version: String,
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Section,
}

#[derive(Deserialize)]
struct Section {
    package: Package,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Package {
    version: String,
    rust_version: String,
}

impl Workspace {
    /// The workspace that this program belongs to.
    pub fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask is not inside a workspace")?
            .to_owned();
        let file = root.join("Cargo.toml");
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        let Package {
            version,
            rust_version,
        } = toml::from_str::<Manifest>(&text)?.workspace.package;
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self {
            root,
            target,
            version,
            rust_version,
        })
    }

    /// What `pack` writes and browsers load.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Wasm builds have a target folder of their own: they may use another Rust.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The cargo that runs this program.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }

    /// npm, in the root of the workspace.
    pub fn npm(&self) -> Command {
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(&self.root);
        command
    }

    /// A command that npm installed.
    pub fn node_tool(&self, name: &str) -> PathBuf {
        let file = if cfg!(windows) {
            format!("{name}.cmd")
        } else {
            name.to_owned()
        };
        self.root.join("node_modules/.bin").join(file)
    }
}
