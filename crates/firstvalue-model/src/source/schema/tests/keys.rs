//! The keys that the schema has are those that the decoders ask for: no more and no fewer.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::super::schema;
use crate::source::tests::{playbooks, written};

/// The keys of one kind of mapping.
type Keys = BTreeSet<String>;

/// No playbook has it, and nothing is near it.
const STRANGER: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// The keys of each mapping in the schema that has no others.
fn of_the_schema(schema: &Value, found: &mut BTreeSet<Keys>) {
    match schema {
        Value::Object(members) => {
            if let (Some(Value::Object(properties)), Some(Value::Bool(false))) = (
                members.get("properties"),
                members.get("additionalProperties"),
            ) {
                found.insert(properties.keys().cloned().collect());
            }
            members
                .values()
                .for_each(|member| of_the_schema(member, found));
        }
        Value::Array(elements) => elements
            .iter()
            .for_each(|element| of_the_schema(element, found)),
        _ => {}
    }
}

/// Puts a key that is not known into every mapping.
fn visited_by_strangers(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(visited_by_strangers);
            members.insert(STRANGER.to_owned(), json!(true));
        }
        Value::Array(elements) => elements.iter_mut().for_each(visited_by_strangers),
        _ => {}
    }
}

/// The keys that the decoders know, as they name them where one is not.
fn of_the_decoders() -> BTreeSet<Keys> {
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    for _ in 0..120 {
        let playbook = playbooks::playbook()
            .new_tree(&mut runner)
            .expect("a playbook")
            .current();
        let mut written = written::playbook(&playbook);
        visited_by_strangers(&mut written);
        for error in super::errors(&format!("{written:#}")) {
            let known = error
                .help
                .as_deref()
                .and_then(|help| help.strip_prefix("known here: "));
            if let Some(known) = known.filter(|_| error.message.starts_with("unknown key")) {
                let names = known
                    .split(", ")
                    .map(|name| name.trim_matches('`').to_owned());
                found.insert(names.collect());
            }
        }
    }
    found
}

#[test]
fn the_keys_of_the_schema_are_those_of_the_decoders() {
    let mut schema = schema();
    // Which operators there are, the schema takes from their list.
    schema["$defs"]["operators"].take();
    let mut ours = BTreeSet::new();
    of_the_schema(&schema, &mut ours);
    assert_eq!(ours, of_the_decoders());
}
