//! Python and the packages that our results are compared with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::apt;
use crate::process::{execute, exists, say};
use crate::workspace::Workspace;

/// A Python that has the packages which a file of requirements names, in an environment of its own
/// under `target/`.
pub fn with(workspace: &Workspace, requirements: &Path) -> Result<PathBuf> {
    let wanted = fs::read_to_string(requirements)
        .with_context(|| format!("cannot read `{}`", requirements.display()))?;
    let home = workspace.target.join("python");
    let python = home.join("bin/python");
    let note = home.join("requirements.txt");
    if python.is_file() && fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    say("installing Python packages to compare with: pip install (about 30 MB, half a minute)");
    create(&home)?;
    let mut install = Command::new(&python);
    install
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .arg("--requirement")
        .arg(requirements);
    execute(&mut install)?;
    fs::write(&note, wanted)?;
    Ok(python)
}

/// A program that a package brings, in an environment of its own under `target/`.
pub fn tool(workspace: &Workspace, package: &str, program: &str) -> Result<PathBuf> {
    let home = workspace.target.join("python-tools").join(program);
    let path = home.join("bin").join(program);
    let note = home.join("package.txt");
    if path.is_file() && fs::read_to_string(&note).is_ok_and(|installed| installed == package) {
        return Ok(path);
    }
    say(&format!(
        "installing {program}: pip install {package} (some seconds)"
    ));
    create(&home)?;
    let mut install = Command::new(home.join("bin/python"));
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        package,
    ]);
    execute(&mut install)?;
    ensure!(path.is_file(), "`{package}` brings no `{program}`");
    fs::write(&note, package)?;
    Ok(path)
}

fn create(home: &Path) -> Result<()> {
    let create = || {
        let mut command = Command::new("python3");
        command.args(["-m", "venv", "--clear"]).arg(home);
        execute(&mut command)
    };
    // Debian's Python comes without what makes environments.
    if (!exists("python3") || create().is_err()) && apt::is_there() {
        apt::install(
            &["python3", "python3-venv"],
            "Python (about 50 MB, a minute)",
        )?;
        create()?;
    }
    ensure!(
        home.join("bin/python").is_file(),
        "Python is missing; install Python 3.10 or later from https://www.python.org, with `venv`"
    );
    Ok(())
}
