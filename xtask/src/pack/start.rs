//! How a package starts in a host page, and ends: the loader hands over a compiled module, once, and frees
//! what it has made.
//!
//! What wasm-bindgen writes for that also fetches, tells kinds of answers and of arguments apart, warns
//! about the old ones, and frees what nobody has freed, even in a package that has broken down: half a kilobyte
//! on the wire that no host page ever needs.

use anyhow::{Context, Result, ensure};

/// Where that begins; it goes on to the end.
const BEGIN: &str = "async function __wbg_load(";
/// And how it ends: exports of the package itself stand where they are defined.
const END: &str = "export { initSync, __wbg_init as default };";
/// What is left out besides, from its first words to its last: what is for browsers before 2019, or for a module
/// that cannot make an allocation longer, and what frees objects.
const UNUSED: &[(&str, &str)] = &[
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n"),
    ("    if (realloc === undefined) {", "\n    }\n"),
    ("const CoreFinalization = ", ");\n"),
    ("        CoreFinalization.unregister(this);", "\n"),
    ("        CoreFinalization.register(", "\n"),
    ("if (Symbol.dispose) ", "\n"),
];

/// Two pages of one package never share an instance: of two starts the first to end is the one.
const START: &str = "\
async function __wbg_init({ module_or_path }) {
    const instance = await WebAssembly.instantiate(module_or_path, __wbg_get_imports());
    if (wasm === undefined) __wbg_finalize_init(instance);
}

export { __wbg_init as default };
";

/// The glue with a start from a compiled module and no other.
pub fn from_module(glue: &str) -> Result<String> {
    let (before, rest) = glue
        .split_once(BEGIN)
        .context("wasm-bindgen writes its start in another way; see `xtask/src/pack/start.rs`")?;
    ensure!(
        rest.trim_end().ends_with(END),
        "wasm-bindgen ends its glue in another way; see `xtask/src/pack/start.rs`"
    );
    let unused = UNUSED.iter();
    Ok(unused.fold(before.to_owned(), |text, part| without(text, *part)) + START)
}

/// A text without what begins and ends like this, if it has that.
fn without(text: String, (begin, end): (&str, &str)) -> String {
    let cut = || {
        let (before, rest) = text.split_once(begin)?;
        let (_, after) = rest.split_once(end)?;
        Some([before, after].concat())
    };
    cut().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_page_never_runs_is_left_out() {
        let glue = format!(
            "let wasm;\nif (!('encodeInto' in cachedTextEncoder)) {{\n  old();\n}}\n\
             if (Symbol.dispose) Core.prototype[Symbol.dispose] = Core.prototype.free;\n\
             let more;\n{BEGIN}module) {{}}\n{END}\n"
        );
        assert_eq!(
            from_module(&glue).unwrap(),
            format!("let wasm;\nlet more;\n{START}")
        );
    }

    #[test]
    fn glue_of_another_kind_is_an_error() {
        assert!(from_module("let wasm;").is_err());
        assert!(from_module(&format!("{BEGIN}) {{}}\nexport {{ other }};")).is_err());
    }
}
