//! `firstvalue compile`: the form of a playbook that browsers load.

use crate::command::{Ran, firstvalue};
use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::source;
use serde_json::Value;

/// The form that is expected of a good playbook.
fn expected() -> CompiledPlaybook {
    let text = include_str!("../playbooks/good/first-report.yaml");
    firstvalue_engine::compile(&source::read(text).playbook.expect("it is good"))
}

#[test]
fn to_standard_output() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["compile", "good/first-report.yaml"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let compiled: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(compiled["product"], "Ledgerly");
    let content = compiled["content"].as_object().expect("guides");
    assert_eq!(content.keys().collect::<Vec<_>>(), ["welcome"]);
    assert_eq!(
        stdout.trim_end(),
        serde_json::to_string(&expected()).expect("JSON")
    );
}

#[test]
fn to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("playbook.json");
    let output = path.to_str().expect("UTF-8");
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["compile", "good/first-report.yaml", "-o", output]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    let written = std::fs::read_to_string(&path).expect("it is written");
    assert_eq!(written, serde_json::to_string(&expected()).expect("JSON"));
}

#[test]
fn a_bad_playbook_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("playbook.json");
    let output = path.to_str().expect("UTF-8");
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["compile", "bad/unknown-event.yaml", "--output", output]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(!path.exists());
    let checked = firstvalue(&["check", "bad/unknown-event.yaml"]);
    assert_eq!(
        stderr, checked.stderr,
        "every command says the same of a playbook"
    );
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let Ran { code, stderr, .. } = firstvalue(&[
        "compile",
        "good/first-report.yaml",
        "-o",
        "no/such/folder/x.json",
    ]);
    assert_eq!(code, 2);
    assert!(
        stderr.starts_with("error: cannot write `no/such/folder/x.json`: "),
        "{stderr}"
    );
}
