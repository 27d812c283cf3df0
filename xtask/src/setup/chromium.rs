//! The browser that the tests run in.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::process::{find, say};

/// Names a person may have it under.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Where macOS puts it.
const APPLICATIONS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser; installed where that can be done.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("FIRSTVALUE_CHROMIUM") {
        let file = PathBuf::from(chosen);
        if file.is_file() {
            return Ok(file);
        }
        bail!(
            "FIRSTVALUE_CHROMIUM says `{}`, where there is no file",
            file.display()
        );
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if apt::is_there() {
        let what = "Chromium for the browser tests (about 400 MB, one to five minutes)";
        if let Err(error) = apt::install(&["chromium"], what) {
            say(&format!("{error:#}"));
        }
        if let Some(found) = installed() {
            return Ok(found);
        }
    }
    bail!(
        "no Chromium was found; install Chromium or Chrome, or set FIRSTVALUE_CHROMIUM to its path"
    )
}

fn installed() -> Option<PathBuf> {
    let applications = APPLICATIONS
        .iter()
        .map(PathBuf::from)
        .filter(|file| file.is_file());
    NAMES
        .iter()
        .filter_map(|name| find(name))
        .chain(applications)
        .next()
}
