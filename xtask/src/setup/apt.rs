//! Packages of Debian and its relatives.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{execute, exists, first_line, say, shown};

/// Whether this machine takes Debian packages.
pub fn is_there() -> bool {
    exists("apt-get")
}

/// Installs packages. `what` says what they are for, and how long it may take.
pub fn install(packages: &[&str], what: &str) -> Result<()> {
    let mut refresh = as_root()?;
    refresh.args(["apt-get", "update", "-qq"]);
    let mut install = as_root()?;
    install
        .args([
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "-qq",
        ])
        .args(packages);
    say(&format!("installing {what}: {}", shown(&install)));
    // A list of packages that is a little old, or a broken third-party source, need not matter.
    if let Err(error) = execute(&mut refresh) {
        say(&format!(
            "{error:#}; going on with the list of packages as it is"
        ));
    }
    execute(&mut install)
}

/// The start of a command line that runs as root and asks no questions.
fn as_root() -> Result<Command> {
    let mut command = if first_line("id", &["-u"]).as_deref() == Some("0") {
        Command::new("env")
    } else if exists("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        bail!("installing packages needs root or `sudo`")
    };
    command.arg("DEBIAN_FRONTEND=noninteractive");
    Ok(command)
}
