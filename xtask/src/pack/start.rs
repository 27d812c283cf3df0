//! How a package starts in a host page: the loader hands over a compiled module, once.
//!
//! What wasm-bindgen writes for that also fetches, tells kinds of answers and of arguments apart, and
//! warns about the old ones: half a kilobyte on the wire that no host page ever runs.

use anyhow::{Context, Result, ensure};

/// Where that begins; it goes on to the end.
const BEGIN: &str = "async function __wbg_load(";
/// And how it ends: exports of the package itself stand where they are defined.
const END: &str = "export { initSync, __wbg_init as default };";
/// For browsers before 2019.
const OLD_ENCODER: &str = "if (!('encodeInto' in cachedTextEncoder)) {";

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
    Ok(without_block(before, OLD_ENCODER) + START)
}

/// A text without the block at the outermost level that begins like this, if it has one.
fn without_block(text: &str, begin: &str) -> String {
    let cut = || {
        let (before, rest) = text.split_once(begin)?;
        let (_, after) = rest.split_once("\n}\n")?;
        Some([before, after].concat())
    };
    cut().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_page_never_runs_is_left_out() {
        let glue = format!(
            "let wasm;\n{OLD_ENCODER}\n  old();\n}}\nlet more;\n{BEGIN}module) {{}}\n{END}\n"
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
