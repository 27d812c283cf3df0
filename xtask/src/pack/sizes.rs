//! How big the packages are, and how big they may be.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::Result;
use serde::Deserialize;

use super::manifest::Manifest;
use crate::process::output;
use crate::workspace::Workspace;

/// Prints `[{"raw": …, "brotli": …}]` for the files named. Node has the reference implementation
/// of Brotli, which a crate would only add minutes of compiling to.
const MEASURE: &str = r#"
const { brotliCompressSync, constants } = require("node:zlib"), { readFileSync } = require("node:fs");
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
const sizes = process.argv.slice(1).map(file => readFileSync(file)).map(bytes => ({
  raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length,
}));
console.log(JSON.stringify(sizes));
"#;

/// The bytes of a package and of what is loaded along.
pub struct Size {
    pub name: String,
    files: Vec<(String, FileSize)>,
    budget: u64,
}

#[derive(Clone, Copy, Deserialize)]
struct FileSize {
    raw: u64,
    brotli: u64,
}

impl Size {
    /// Whether the package is larger than `wasm-pack.toml` lets it be.
    pub fn is_over(&self) -> bool {
        self.brotli() > self.budget
    }

    fn brotli(&self) -> u64 {
        self.files.iter().map(|(_, size)| size.brotli).sum()
    }

    fn raw(&self) -> u64 {
        self.files.iter().map(|(_, size)| size.raw).sum()
    }
}

/// Measures what was built.
pub fn measure(manifest: &Manifest, workspace: &Workspace) -> Result<Vec<Size>> {
    let packages = manifest.package.iter();
    let packages = packages.map(|it| (&it.name, it.counted(), it.budget));
    let scripts = manifest.script.iter();
    let scripts = scripts.map(|it| (&it.name, vec![it.file.clone()], it.budget));
    packages
        .chain(scripts)
        .map(|(name, files, budget)| measure_files(name, files, budget, workspace))
        .collect()
}

fn measure_files(
    name: &str,
    counted: Vec<String>,
    budget: u64,
    workspace: &Workspace,
) -> Result<Size> {
    let files = counted.iter().map(|file| workspace.dist().join(file));
    let printed = output(Command::new("node").args(["-e", MEASURE, "--"]).args(files))?;
    let sizes: Vec<FileSize> = serde_json::from_str(&printed)?;
    Ok(Size {
        name: name.to_owned(),
        files: counted.into_iter().zip(sizes).collect(),
        budget,
    })
}

/// A line for each package and each of its files.
pub fn table(sizes: &[Size]) -> String {
    let mut text = format!(
        "{:<36}{:>10}{:>10}{:>10}\n",
        "package", "raw", "Brotli", "budget"
    );
    for size in sizes {
        let mark = if size.is_over() { "  over" } else { "" };
        let (raw, brotli, budget) = (
            grouped(size.raw()),
            grouped(size.brotli()),
            grouped(size.budget),
        );
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<36}{raw:>10}{brotli:>10}{budget:>10}{mark}",
            size.name
        );
        for (file, FileSize { raw, brotli }) in &size.files {
            let _ = writeln!(
                text,
                "  {file:<34}{:>10}{:>10}",
                grouped(*raw),
                grouped(*brotli)
            );
        }
    }
    text
}

/// `45000` as `45,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(brotli: u64) -> Size {
        let files = vec![
            (
                "sdk/a_bg.wasm".to_owned(),
                FileSize {
                    raw: 90_000,
                    brotli: brotli - 1000,
                },
            ),
            (
                "sdk/a.js".to_owned(),
                FileSize {
                    raw: 4000,
                    brotli: 1000,
                },
            ),
        ];
        Size {
            name: "a".to_owned(),
            files,
            budget: 45_000,
        }
    }

    #[test]
    fn the_budget_is_for_all_files_together_and_may_be_used_up() {
        assert!(!size(45_000).is_over());
        assert!(size(45_001).is_over());
    }

    #[test]
    fn the_table_has_sums_and_says_what_is_over() {
        let line = "a                                       94,000    45,001    45,000  over";
        assert_eq!(table(&[size(45_001)]).lines().nth(1), Some(line));
    }
}
