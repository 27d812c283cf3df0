//! A disk that says now and then that it could not keep what was written.

#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod serving;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use serde_json::json;
use serving::{Server, agent};

/// Every third time that a thread says that something must be on disk, that has failed; but not while
/// the database is being made, which takes four times for each step of its schema.
const FAULTS: &str = "inject=fdatasync,fsync:error=EIO:when=52+3";

fn can_trace() -> bool {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "true"]);
    let traced = traced.stderr(Stdio::null()).status();
    traced.is_ok_and(|status| status.success())
}

#[test]
fn what_the_disk_did_not_keep_is_not_acknowledged() {
    if !can_trace() {
        println!("skipped: there is no `strace` here, or it may not trace");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut command = Command::new("strace");
    // The tracer goes away from between, so that the process is the collector's.
    command.args(["-D", "-f", "-qq", "-o", "/dev/null"]);
    command.args(["-e", "trace=fdatasync,fsync", "-e", FAULTS]);
    command.arg(env!("CARGO_BIN_EXE_firstvalue"));
    let server = Server::run(&mut command, &data);

    let (agent, mut answers) = (agent(), BTreeMap::new());
    for n in 0..120 {
        let event =
            json!({ "messageId": n.to_string(), "userId": "u1", "event": "report.created" });
        // Whoever is told that it is not there sends it again until it is.
        for _ in 0..20 {
            let answer = agent
                .post(format!("{}/v1/batch", server.origin))
                .send_json(json!({ "writeKey": "wk", "batch": [event] }));
            let status = answer.unwrap().status().as_u16();
            *answers.entry(status).or_insert(0) += 1;
            if status == 200 {
                break;
            }
        }
    }
    server.kill();
    let count = |status: u16| answers.get(&status).copied().unwrap_or(0);
    assert!(count(200) == 120 && count(503) > 20, "{answers:?}");

    let database = Connection::open(data.join("firstvalue.db")).unwrap();
    let sql = "SELECT count(*), count(DISTINCT message_id) FROM events";
    let counts: (u32, u32) = database
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(counts, (120, 120));
}
