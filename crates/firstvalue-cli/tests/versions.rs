//! `firstvalue playbook`: versions of the playbook of a collector, and what a running one makes of them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod serving;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use serving::{Server, agent};

/// The exit code, and what was printed on both outputs.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
        .args(["playbook", "--data", "data"])
        .args(arguments)
        .env_remove("FIRSTVALUE_DATA")
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn asked(server: &Server, path: &str) -> Value {
    let request = agent().get(format!("{}{path}", server.origin));
    let mut answer = request.header("authorization", "Bearer at").call().unwrap();
    assert_eq!(answer.status(), 200);
    answer.body_mut().read_json().unwrap()
}

#[test]
fn versions_are_published_listed_and_restored_on_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let first = "version: 1\nproduct: First\n";
    let second = "version: 1\nproduct: Second\n";
    std::fs::write(path.join("first.yaml"), first).unwrap();
    std::fs::write(path.join("second.yaml"), second).unwrap();
    std::fs::write(path.join("broken.yaml"), "version: 1\nproducts: X\n").unwrap();

    let (code, _, said) = run(path, &["publish", "first.yaml"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no folder `data`"), "{said}");
    // The folder of a collector that was never given a playbook.
    assert!(Server::start(&path.join("data")).terminate().success());

    let (_, said, _) = run(path, &["publish", "first.yaml"]);
    assert_eq!(said, "version 1 is in force\n");
    let (_, said, _) = run(path, &["publish", "second.yaml", "--note", "a new name"]);
    assert_eq!(said, "version 2 is in force\n");
    let (code, _, said) = run(path, &["publish", "broken.yaml"]);
    assert_eq!(code, 1, "{said}");
    let (_, said, _) = run(path, &["restore", "1"]);
    assert_eq!(said, "version 3 is in force, which is version 1 again\n");
    let (_, said, _) = run(path, &["show", "2"]);
    assert_eq!(said, second);
    let (code, _, said) = run(path, &["show", "9"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no version 9"), "{said}");

    let server = Server::start(&path.join("data"));
    assert_eq!(asked(&server, "/api/overview")["product"], "First");
    // Reading goes beside a running collector, writing does not.
    let (_, said, _) = run(path, &["list"]);
    let lines: Vec<_> = said.lines().collect();
    let ends = ["version 1 again", "a new name", "command line"];
    for (line, end) in lines.iter().zip(ends) {
        assert!(
            line.contains("  command line") && line.ends_with(end),
            "{line}"
        );
    }
    assert_eq!(lines.len(), 3);
    let (code, _, said) = run(path, &["restore", "2"]);
    assert_eq!(code, 2);
    assert!(said.contains("in use by another process"), "{said}");
    assert!(server.terminate().success());
}

#[test]
fn whoever_listens_to_events_does_not_keep_it_from_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"));
    let request = agent().get(format!("{}/api/events/live", server.origin));
    let mut stream = request.header("authorization", "Bearer at").call().unwrap();
    let body = stream.body_mut().as_reader();
    let mut lines = BufReader::new(body).lines();
    assert_eq!(lines.next().unwrap().unwrap(), ":");
    // It must end before its grace is over, which `terminate` waits for.
    assert!(server.terminate().success());
    assert!(lines.all(|line| line.is_ok_and(|line| line.is_empty())));
}
