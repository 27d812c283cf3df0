//! A disk that takes nothing more, and then does again.

#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod serving;

use std::process::Command;

use rusqlite::Connection;
use serde_json::{Value, json};
use serving::{Server, agent};

/// Lets a process write files only so far.
fn limit(server: &Server, bytes: &str) {
    let mut limit = Command::new("prlimit");
    limit.args(["--pid", &server.process.id().to_string()]);
    limit.arg(format!("--fsize={bytes}:"));
    assert!(limit.status().unwrap().success());
}

fn send(server: &Server, ids: &[&str]) -> (u16, Option<String>, Value) {
    let events: Vec<_> = ids
        .iter()
        .map(|id| json!({ "messageId": id, "userId": "u1", "event": "report.created" }))
        .collect();
    let mut answer = agent()
        .post(format!("{}/v1/batch", server.origin))
        .send_json(json!({ "writeKey": "wk", "batch": events }))
        .unwrap();
    let retry = answer.headers().get("retry-after");
    let retry = retry.map(|retry| retry.to_str().unwrap().to_owned());
    let body = answer.body_mut().read_json().unwrap();
    (answer.status().as_u16(), retry, body)
}

fn ready(server: &Server) -> (u16, Value) {
    let mut answer = agent()
        .get(format!("{}/readyz", server.origin))
        .call()
        .unwrap();
    let body = answer.body_mut().read_json().unwrap();
    (answer.status().as_u16(), body)
}

#[test]
fn a_full_disk_acknowledges_nothing_and_is_over_without_a_restart() {
    if Command::new("prlimit").arg("--version").output().is_err() {
        println!("skipped: there is no `prlimit` here (package util-linux)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // The signal that says so would end the process; on a disk that is full there is none.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    command.arg(env!("CARGO_BIN_EXE_firstvalue"));
    let server = Server::run(&mut command, &data);
    assert_eq!(send(&server, &["a", "b"]).0, 200);

    limit(&server, "1");
    for _ in 0..3 {
        let (status, retry, body) = send(&server, &["c", "d"]);
        assert_eq!((status, retry.as_deref()), (503, Some("2")), "{body}");
        assert_eq!(body["error"]["code"], "not_stored");
        let (status, body) = ready(&server);
        assert_eq!(
            (status, &body["products"][0]["ingest"]),
            (503, &json!("failing"))
        );
    }
    let alive = agent()
        .get(format!("{}/healthz", server.origin))
        .call()
        .unwrap();
    assert_eq!(alive.status(), 200);

    limit(&server, "unlimited");
    assert_eq!(ready(&server).0, 200);
    let (status, _, body) = send(&server, &["c", "b"]);
    assert_eq!(status, 200);
    assert_eq!(
        (&body["events"][0]["status"], &body["events"][1]["status"]),
        (&json!("ok"), &json!("duplicate"))
    );
    server.kill();

    let database = Connection::open(data.join("firstvalue.db")).unwrap();
    let sql = "SELECT group_concat(message_id, '' ORDER BY id) FROM events";
    let stored: String = database.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(stored, "abc");
}
