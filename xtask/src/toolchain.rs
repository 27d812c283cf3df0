//! A Rust that can build for `wasm32-unknown-unknown`.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{first_line, output};
use crate::workspace::Workspace;

/// The target of everything that browsers load.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Variables with which an outer cargo or rustup would steer an inner one.
const INHERITED: &[&str] = &[
    "CARGO",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
];

/// An installed Rust and what it has for WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    /// Its compiler.
    pub rustc: PathBuf,
    /// Its cargo.
    pub cargo: PathBuf,
    /// What the compiler says of itself.
    pub version: String,
    /// Whether the compiled library for the target is there.
    pub has_target: bool,
    /// Whether the library's sources are there, so that it can be built along.
    pub has_sources: bool,
    /// What links.
    pub linker: Linker,
}

/// What links WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linker {
    /// The one that came with the compiler.
    Own,
    /// One of the system's: Linux distributions leave it out of their Rust.
    System(PathBuf),
}

/// How a toolchain builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The standard library is built along, for size, and a panic is a bare trap: the smallest.
    Sources,
    /// With the compiled library that came with the target.
    Compiled,
}

impl Toolchain {
    /// Looks at a compiler and at what lies beside it.
    fn at(rustc: PathBuf, cargo: PathBuf) -> Option<Self> {
        let version = first_line(&rustc, &["--version"])?;
        let library =
            PathBuf::from(first_line(&rustc, &["--print", "sysroot"])?).join("lib/rustlib");
        Some(Self {
            has_target: library.join(TARGET).join("lib").is_dir(),
            has_sources: library.join("src/rust/library/Cargo.lock").is_file(),
            linker: linker(&rustc, &library)?,
            version,
            rustc,
            cargo,
        })
    }

    /// The Rust that runs this program.
    pub fn active() -> Option<Self> {
        Self::at("rustc".into(), "cargo".into())
    }

    /// The Rust of the Linux distribution.
    pub fn system() -> Option<Self> {
        Self::at("/usr/bin/rustc".into(), "/usr/bin/cargo".into())
    }

    /// How this toolchain can build, if at all.
    pub fn way(&self, oldest: &str) -> Option<Way> {
        if number(&self.version)? < number(oldest)? {
            None
        } else if self.has_sources {
            Some(Way::Sources)
        } else {
            self.has_target.then_some(Way::Compiled)
        }
    }

    /// A `cargo rustc` for the target, to which package and profile are still to be added.
    ///
    /// It builds the `cdylib` alone: with the `rlib` along, link-time optimisation keeps what only
    /// another crate could call, which is a tenth of the package.
    pub fn build(&self, way: Way, workspace: &Workspace) -> Command {
        let mut command = Command::new(&self.cargo);
        for variable in INHERITED {
            command.env_remove(variable);
        }
        command.current_dir(&workspace.root).args([
            "rustc",
            "--lib",
            "--crate-type",
            "cdylib",
            "--target",
            TARGET,
        ]);
        command
            .env("CARGO_TARGET_DIR", workspace.wasm_target())
            .env("RUSTC", &self.rustc);
        let mut flags = Vec::new();
        if let Linker::System(linker) = &self.linker {
            flags.push(format!("-Clinker={}", linker.display()));
        }
        if way == Way::Sources {
            // Building the library along is not yet part of stable cargo, in any distribution.
            command.env("RUSTC_BOOTSTRAP", "1");
            command.args(["-Zbuild-std=std", "-Zbuild-std-features=optimize_for_size"]);
            flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(str::to_owned));
            // Partial redundancy elimination copies code to save time.
            flags.push("-Cllvm-args=-enable-pre=false".to_owned());
        }
        command.env("RUSTFLAGS", flags.join(" "));
        command
    }
}

/// The toolchain to build with: the first that builds smallest, else the first that builds.
pub fn choose(candidates: Vec<Toolchain>, oldest: &str) -> Option<(Toolchain, Way)> {
    let usable: Vec<_> = candidates
        .into_iter()
        .filter_map(|toolchain| toolchain.way(oldest).map(|way| (toolchain, way)))
        .collect();
    let smallest = usable
        .iter()
        .position(|(_, way)| *way == Way::Sources)
        .unwrap_or(0);
    usable.into_iter().nth(smallest)
}

/// Major and minor number in `rustc 1.95.0 (…)` or `1.95`.
fn number(version: &str) -> Option<(u32, u32)> {
    let digits = version.trim_start_matches("rustc ");
    let mut parts = digits.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

/// The linker to use with a compiler whose libraries are in `library`; none if there is none.
fn linker(rustc: &Path, library: &Path) -> Option<Linker> {
    let host = output(Command::new(rustc).arg("-vV")).ok()?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: "))?;
    if library
        .join(host)
        .join("bin")
        .join(format!("rust-lld{EXE_SUFFIX}"))
        .is_file()
    {
        return Some(Linker::Own);
    }
    newest_linker(Path::new("/usr/bin")).map(Linker::System)
}

/// `wasm-ld-22` rather than `wasm-ld-19`; plain `wasm-ld` if there is no numbered one.
fn newest_linker(folder: &Path) -> Option<PathBuf> {
    let names = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let rank = |name: &str| match name.strip_prefix("wasm-ld")? {
        "" => Some(0),
        suffix => suffix.strip_prefix('-')?.parse::<u32>().ok(),
    };
    let (_, newest) = names.filter_map(|name| Some((rank(&name)?, name))).max()?;
    Some(folder.join(newest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toolchain(version: &str, has_target: bool, has_sources: bool) -> Toolchain {
        let rustc = PathBuf::from(version);
        Toolchain {
            cargo: rustc.clone(),
            rustc,
            version: version.to_owned(),
            has_target,
            has_sources,
            linker: Linker::Own,
        }
    }

    #[test]
    fn sources_win_over_a_compiled_library() {
        let candidates = vec![
            toolchain("rustc 1.95.0", true, false),
            toolchain("rustc 1.96.0", false, true),
        ];
        let (chosen, way) = choose(candidates, "1.95").unwrap();
        assert_eq!(
            (chosen.version.as_str(), way),
            ("rustc 1.96.0", Way::Sources)
        );
    }

    #[test]
    fn the_active_toolchain_comes_first_among_equals() {
        for (target, sources) in [(true, false), (false, true)] {
            let candidates = vec![
                toolchain("rustc 1.95.0", target, sources),
                toolchain("rustc 1.99.0", target, sources),
            ];
            assert_eq!(
                choose(candidates, "1.95").unwrap().0.version,
                "rustc 1.95.0"
            );
        }
    }

    #[test]
    fn a_toolchain_that_is_too_old_or_has_neither_is_no_choice() {
        assert_eq!(
            choose(vec![toolchain("rustc 1.63.0", true, true)], "1.95"),
            None
        );
        assert_eq!(
            choose(vec![toolchain("rustc 1.95.0", false, false)], "1.95"),
            None
        );
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(
            number("rustc 1.101.0-nightly (92b5b8c87 2026-10-29)"),
            Some((1, 101))
        );
        assert!(number("1.101") > number("1.95"));
    }

    #[test]
    fn the_command_names_linker_and_abort_only_where_they_apply() {
        let workspace = Workspace::here().unwrap();
        let flags = |toolchain: &Toolchain, way| {
            let command = toolchain.build(way, &workspace);
            let found = command.get_envs().find(|(name, _)| *name == "RUSTFLAGS");
            found
                .and_then(|(_, value)| value)
                .unwrap()
                .to_string_lossy()
                .into_owned()
        };
        let mut system = toolchain("rustc 1.96.0", false, true);
        system.linker = Linker::System("/usr/bin/wasm-ld-22".into());
        assert_eq!(
            flags(&system, Way::Sources),
            "-Clinker=/usr/bin/wasm-ld-22 -Zunstable-options -Cpanic=immediate-abort \
             -Cllvm-args=-enable-pre=false"
        );
        assert_eq!(
            flags(&toolchain("rustc 1.95.0", true, false), Way::Compiled),
            ""
        );
    }
}
