//! `firstvalue check` for other programs: JSON and SARIF.

use serde_json::Value;
use serde_sarif::sarif::Sarif;

use crate::command::{Ran, firstvalue};

/// What is printed of playbooks of which one has errors.
fn printed(format: &str) -> String {
    let Ran { code, stdout, .. } = firstvalue(&[
        "check",
        "--format",
        format,
        "bad/never-due.yaml",
        "good/first-report.yaml",
        "suspicious/unused.yaml",
        "suspicious/translation.yaml",
    ]);
    assert_eq!(code, 1);
    stdout
}

#[test]
fn json() {
    insta::assert_snapshot!(printed("json"));
}

#[test]
fn sarif() {
    let printed = printed("sarif");
    let mut log: Value = serde_json::from_str(&printed).expect("JSON");
    // Types made from the official schema: what it lacks or does not know fails or is lost.
    let read: Sarif = serde_json::from_str(&printed).expect("SARIF 2.1.0");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), log);

    let driver = &mut log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["version"].take(), env!("CARGO_PKG_VERSION"));
    let rules = driver["rules"].take();
    let results = log["runs"][0]["results"].as_array_mut().expect("results");
    for result in results {
        // It changes with every code that there is.
        let index = result["ruleIndex"].take();
        let index = usize::try_from(index.as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let log = serde_json::to_string_pretty(&log).expect("JSON");
    insta::assert_snapshot!(log);
}

#[test]
fn nothing_found_is_an_empty_list() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["check", "--format", "json", "good/first-report.yaml"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "[]\n", ""));
}
