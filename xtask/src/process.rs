//! Running other programs, and saying so.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Says what is about to be done.
pub fn say(message: &str) {
    println!("» {message}");
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command with its output on ours; fails if it does.
pub fn execute(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", shown(command))
}

/// Runs a command and gives what it printed; fails, with what it said, if it does.
pub fn output(command: &mut Command) -> Result<String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    bail!(
        "`{}` failed ({status})\n{}",
        shown(command),
        String::from_utf8_lossy(&stderr).trim_end()
    )
}

/// The first line that a command prints, if it exists and succeeds.
pub fn first_line(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Runs a command, and ends it when it takes longer than `limit`.
pub fn execute_within(command: &mut Command, limit: Duration) -> Result<()> {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{}` failed ({status})", shown(command));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!(
                "`{}` took longer than {} s",
                shown(command),
                limit.as_secs()
            );
        }
        sleep(Duration::from_millis(50));
    }
}

/// Whether a program of this name is on the `PATH`.
pub fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// Where on the `PATH` a program is.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = Path::new(program).with_extension(std::env::consts::EXE_EXTENSION);
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}
