//! Short names for what passes between a WebAssembly module and its glue.
//!
//! wasm-bindgen names imports after what they do, with a hash. Nobody but the two files reads
//! these names, they stand in both, and hashes do not compress: on a small package they are some
//! five per cent of what a page loads.

use std::collections::BTreeMap;

/// A name, and what it is called from now on.
pub type Names = BTreeMap<String, String>;

/// Alphabet of the short names; the digits of a number in base 52.
const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Gives each name its short one, in the order in which they come.
pub fn shorten<'a>(names: impl Iterator<Item = &'a mut String>) -> Names {
    let mut given = Names::new();
    for (index, name) in names.enumerate() {
        let old = std::mem::replace(name, short(index));
        given.insert(old, name.clone());
    }
    given
}

/// The glue with the new names: of imports wherever they stand, of exports after `wasm.`.
pub fn rename(glue: &str, imports: &Names, exports: &Names) -> String {
    let mut text = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(start) = rest.find(is_of_name) {
        let (between, names_on) = rest.split_at(start);
        let (name, after) =
            names_on.split_at(names_on.find(|c| !is_of_name(c)).unwrap_or(names_on.len()));
        text.push_str(between);
        let new = if text.ends_with("wasm.") {
            exports.get(name)
        } else {
            imports.get(name)
        };
        text.push_str(new.map_or(name, String::as_str));
        rest = after;
    }
    text + rest
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn short(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = LETTERS.get(index % LETTERS.len());
        name.extend(letter.map(|letter| char::from(*letter)));
        index /= LETTERS.len();
        if index == 0 {
            return name;
        }
        index -= 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(pairs: &[(&str, &str)]) -> Names {
        pairs
            .iter()
            .map(|(old, new)| ((*old).to_owned(), (*new).to_owned()))
            .collect()
    }

    #[test]
    fn short_names_differ() {
        let all: BTreeSet<String> = (0..3000).map(short).collect();
        assert_eq!(all.len(), 3000);
        assert_eq!(
            (short(0), short(51), short(52)),
            ("a".to_owned(), "Z".to_owned(), "aa".to_owned())
        );
    }

    #[test]
    fn whole_names_are_replaced_each_in_its_place() {
        let glue = "const o = {__wbg_x_1: f, __wbg_x_12: g}; wasm.open(wasm.memory); open(memory)";
        let renamed = rename(
            glue,
            &names(&[("__wbg_x_1", "a")]),
            &names(&[("open", "b"), ("memory", "c")]),
        );
        assert_eq!(
            renamed,
            "const o = {a: f, __wbg_x_12: g}; wasm.b(wasm.c); open(memory)"
        );
    }
}
