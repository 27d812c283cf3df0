//! The schema says what the decoders do.

mod keys;
mod mistakes;

use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::schema;
use crate::source::tests::{decoded, playbooks, written};
use crate::source::{Diagnostic, Severity, document, query, reader::Reader};

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("a schema"));

/// What the schema has to say against a playbook.
fn objections(playbook: &Value) -> Vec<String> {
    let errors = VALIDATOR.iter_errors(playbook);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The errors that decoding finds.
fn errors(text: &str) -> Vec<Diagnostic> {
    let (_, diagnostics) = decoded(text);
    diagnostics
        .into_iter()
        .filter(|found| found.severity == Severity::Error)
        .collect()
}

/// A playbook in YAML as an editor gives it to a schema; nothing for what is no YAML.
fn as_json(text: &str) -> Option<Value> {
    let mut reader = Reader::new(text);
    document::parse(text, &mut reader).map(|document| query::json(&document))
}

/// The playbooks of a folder, by their names.
fn playbooks_in(folder: &str) -> Vec<(String, String)> {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../firstvalue-cli/tests/playbooks/"
    );
    let files = std::fs::read_dir(format!("{root}{folder}")).expect("there are playbooks");
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("text");
        (name.into_owned(), text)
    };
    files.map(read).collect()
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let committed = include_str!("../../../playbook.schema.json");
    assert!(
        committed == format!("{:#}\n", schema()),
        "the playbook format has changed; update its schema by \
         `cargo run -p firstvalue-cli -- schema > crates/firstvalue-model/playbook.schema.json`"
    );
}

#[test]
fn good_playbooks_are_valid() {
    for (name, text) in playbooks_in("good") {
        let playbook = as_json(&text).expect("YAML");
        assert_eq!(objections(&playbook), Vec::<String>::new(), "{name}");
    }
}

proptest! {
    #[test]
    fn every_playbook_is_valid(playbook in playbooks::playbook()) {
        let written = written::playbook(&playbook);
        prop_assert_eq!(objections(&written), Vec::<String>::new(), "{:#}", written);
    }
}

#[test]
fn everything_is_described_and_nothing_defined_in_vain() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    let text = schema.to_string();
    for (name, definition) in definitions {
        let described = |schema: &Value| schema["description"].is_string();
        let any_of = definition["anyOf"].as_array();
        assert!(
            described(definition) || any_of.is_some_and(|schemas| schemas.iter().any(described)),
            "{name} is described"
        );
        let reference = format!("\"#/$defs/{name}\"");
        assert!(text.contains(&reference), "{name} is used");
    }
}
