//! The browsers that the tests run in.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::process::{find, say};

/// A browser, and where it may be.
struct Browser {
    name: &'static str,
    /// The variable by which a person chooses one.
    variable: &'static str,
    /// Names a person may have it under.
    commands: &'static [&'static str],
    /// Where macOS puts it.
    applications: &'static [&'static str],
    /// Debian's package of it.
    package: &'static str,
    /// What that takes.
    cost: &'static str,
    /// What a person may install.
    by_hand: &'static str,
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "FIRSTVALUE_CHROMIUM",
    commands: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    applications: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    package: "chromium",
    cost: "about 400 MB, one to five minutes",
    by_hand: "Chromium or Chrome",
};

const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "FIRSTVALUE_FIREFOX",
    commands: &["firefox-esr", "firefox"],
    applications: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
    package: "firefox-esr",
    cost: "about 300 MB, one to five minutes",
    by_hand: "Mozilla's Firefox or Firefox ESR",
};

/// Chromium, in which everything is tested; installed where that can be done.
pub fn chromium() -> Result<PathBuf> {
    CHROMIUM.find_or_install()
}

/// Firefox, in which is tested what must hold in every browser; installed where that can be done.
pub fn firefox() -> Result<PathBuf> {
    FIREFOX.find_or_install()
}

/// What drives WebKit, in which is tested what depends most on the browser. It is there for Linux only, and the tests
/// are skipped without it.
pub fn webkit() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os("FIRSTVALUE_WEBKIT") {
        return Some(PathBuf::from(chosen));
    }
    let found = || find("Xvfb").and(find("WebKitWebDriver"));
    found().or_else(|| {
        if apt::is_there() {
            let what = "WebKit for the browser tests (about 200 MB, one to five minutes)";
            if let Err(error) = apt::install(&["webkit2gtk-driver", "xvfb"], what) {
                say(&format!("{error:#}"));
            }
        }
        let found = found();
        if found.is_none() {
            say("without WebKitWebDriver and Xvfb, nothing is tested in WebKit");
        }
        found
    })
}

impl Browser {
    fn find_or_install(&self) -> Result<PathBuf> {
        let Self { name, variable, .. } = self;
        if let Some(chosen) = std::env::var_os(variable) {
            let file = PathBuf::from(chosen);
            if file.is_file() {
                return Ok(file);
            }
            bail!(
                "{variable} says `{}`, where there is no file",
                file.display()
            );
        }
        if let Some(found) = self.installed() {
            return Ok(found);
        }
        if apt::is_there() {
            let what = format!("{name} for the browser tests ({})", self.cost);
            if let Err(error) = apt::install(&[self.package], &what) {
                say(&format!("{error:#}"));
            }
            if let Some(found) = self.installed() {
                return Ok(found);
            }
        }
        bail!(
            "no {name} was found; install {}, or set {variable} to its path",
            self.by_hand
        )
    }

    fn installed(&self) -> Option<PathBuf> {
        let applications = self
            .applications
            .iter()
            .map(PathBuf::from)
            .filter(|file| file.is_file());
        self.commands
            .iter()
            .filter_map(|name| find(name))
            .chain(applications)
            .next()
    }
}
