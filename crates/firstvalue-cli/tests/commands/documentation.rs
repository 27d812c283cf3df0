//! The examples of the documentation, each as a playbook that `check` has nothing against.
//!
//! The word after `yaml` says what an example is: nothing for a whole playbook, `sections` for some of one, and
//! `guides`, `steps` or `conditions` for what stands in these.

use std::fmt::Write as _;
use std::path::Path;

use crate::command::{Ran, firstvalue};

/// What examples refer to without declaring it, by section.
const DECLARED: [(&str, &str); 4] = [
    ("audiences", "{ admins: { user: { role: admin } } }"),
    (
        "milestones",
        "{ first-report: { when: { did: report.created } }, activated: { when: { did: report.shared } } }",
    ),
    ("outcomes", "{ hours-saved: { title: Hours saved } }"),
    (
        "guides",
        "{ welcome: { kind: modal, steps: [ { title: Welcome } ] } }",
    ),
];

/// The examples of a text: the line on which each begins, what it is, and what it says.
fn examples(text: &str) -> Vec<(usize, &str, String)> {
    let mut examples = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((place, line)) = lines.next() {
        if let Some(what) = line.strip_prefix("```yaml") {
            let said = lines.by_ref().map(|(_, line)| line);
            let said: Vec<&str> = said.take_while(|line| *line != "```").collect();
            examples.push((place + 2, what.trim(), said.join("\n") + "\n"));
        }
    }
    examples
}

/// An example as a whole playbook.
fn whole(what: &str, example: &str) -> String {
    match what {
        "sections" => with_declared(example),
        "guides" => with_declared(&format!("guides:\n{}", indented(example, 2))),
        "steps" => with_declared(&format!(
            "guides:\n  example:\n    kind: tour\n    steps:\n{}",
            indented(example, 6)
        )),
        "conditions" => {
            let mut guides = String::from(
                "guides:\n  welcome: { kind: modal, steps: [ { title: Welcome } ] }\n",
            );
            for (place, line) in example.lines().enumerate() {
                let condition = line.strip_prefix("- ").expect("a condition on each line");
                writeln!(
                    guides,
                    "  example-{place}:\n    kind: modal\n    steps: [ {{ title: Example }} ]\n    when: {condition}"
                )
                .expect("it fits");
            }
            with_declared(&guides)
        }
        _ => example.to_owned(),
    }
}

/// Sections as a playbook, in which what they refer to is declared.
fn with_declared(sections: &str) -> String {
    let mut playbook = format!("version: 1\nproduct: Ledgerly\n{sections}");
    for (name, declared) in DECLARED {
        let is_there = sections
            .lines()
            .any(|line| line.starts_with(&format!("{name}:")));
        // An audience to which nothing refers is a warning.
        let is_needed = name != "audiences" || sections.contains("audience: admins");
        if is_needed && !is_there {
            writeln!(playbook, "{name}: {declared}").expect("it fits");
        }
    }
    playbook
}

fn indented(text: &str, by: usize) -> String {
    text.lines()
        .map(|line| format!("{:by$}{line}\n", ""))
        .collect()
}

#[test]
fn examples_are_playbooks_without_a_warning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    let mut arguments = vec!["check".to_owned(), "--deny-warnings".to_owned()];
    for page in ["README.md", "docs/playbook.md"] {
        let text = std::fs::read_to_string(root.join(page)).expect("the page");
        let mut examples = examples(&text);
        if page == "README.md" {
            // It says of parts what is new in them, and no more.
            examples.retain(|(_, _, example)| example.starts_with("version:"));
        }
        assert!(!examples.is_empty(), "{page} has examples");
        for (line, what, example) in examples {
            let name = format!("{}-line-{line}.yaml", page.replace('/', "-"));
            let path = folder.path().join(name);
            std::fs::write(&path, whole(what, &example)).expect("it is written");
            arguments.push(path.to_string_lossy().into_owned());
        }
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Ran { code, stderr, .. } = firstvalue(&arguments);
    assert_eq!(code, 0, "{stderr}");
}
