//! Packages of Python that the benchmarks compare with.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{execute, exists, say};

/// A Python that has a package, as in `duckdb==2.0.0`: one of its own in the user's cache, named by
/// the version, so that nothing else on the machine changes.
pub fn with_package(package: &str) -> Result<PathBuf> {
    let folder = cache()?.join("firstvalue").join(package.replace("==", "-"));
    let (programs, name) = if cfg!(windows) {
        ("Scripts", "python.exe")
    } else {
        ("bin", "python")
    };
    let python = folder.join(programs).join(name);
    // Written last, so that an installation that was interrupted is begun again.
    let done = folder.join("installed");
    if done.is_file() {
        return Ok(python);
    }
    let system = ["python3", "python"].into_iter().find(|name| exists(name));
    let Some(system) = system else {
        bail!("Python is missing; install Python 3.9 or later from https://www.python.org");
    };
    say(&format!(
        "installing {package} for Python in `{}` (about 60 MB)",
        folder.display()
    ));
    let by_hand = || {
        format!(
            "`{package}` cannot be installed; on Debian, `apt-get install python3-venv` may be missing"
        )
    };
    execute(Command::new(system).args(["-m", "venv"]).arg(&folder)).with_context(by_hand)?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        package,
    ]);
    execute(&mut pip).with_context(by_hand)?;
    std::fs::write(done, package)?;
    Ok(python)
}

/// Where programs keep what can be had again.
fn cache() -> Result<PathBuf> {
    let home = |rest: &str| std::env::home_dir().map(|home| home.join(rest));
    let given = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    given
        .filter(|folder| folder.is_absolute())
        .or_else(|| {
            home(if cfg!(target_os = "macos") {
                "Library/Caches"
            } else {
                ".cache"
            })
        })
        .context("this machine says nothing of a home directory; set XDG_CACHE_HOME")
}
