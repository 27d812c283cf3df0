//! What can go wrong with the files, and what is to be done about it.

use rusqlite::Connection;
use serde_json::json;

use crate::harness::{Harness, NOW, PRODUCT, track};
use crate::users;

fn database(harness: &Harness) -> Connection {
    Connection::open(harness.stores.folder(PRODUCT).join("firstvalue.db")).unwrap()
}

#[tokio::test]
async fn readiness_says_which_part_is_not_ready_and_recovers() {
    let harness = Harness::start();
    // It has read what was there when it answers.
    harness.ask("/api/overview").await;
    let answer = harness.get("/readyz", &[]).await;
    assert_eq!(answer.status, 200);
    let mut readiness = answer.json();
    let free = readiness["products"][0]["disk_free_bytes"].take();
    assert!(cfg!(not(unix)) || free.as_u64().unwrap() > 0);
    // The playbook was published at the start.
    let commit = readiness["products"][0]["last_commit_ms"].take();
    assert!(commit.is_u64());
    let product = json!({
        "ingest": "ok", "queries": "ok", "read": null, "last_commit_ms": null,
        "disk_free_bytes": null,
    });
    assert_eq!(readiness, json!({ "ready": true, "products": [product] }));

    let database = database(&harness);
    database
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .unwrap();
    // Another writer holds the file, so that trying out fails too.
    database.busy_timeout(std::time::Duration::ZERO).unwrap();
    let event = track("m1", "u1", "report.created", NOW);
    assert_eq!(
        harness.batch(std::slice::from_ref(&event)).await.status,
        503
    );
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = harness.get("/readyz", &[]).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["products"][0]["ingest"], "failing");
    assert_eq!(answer.json()["products"][0]["queries"], "ok");
    assert_eq!(harness.get("/healthz", &[]).await.status, 200);

    database
        .execute_batch("ROLLBACK; DROP TRIGGER full")
        .unwrap();
    let answer = harness.get("/readyz", &[]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.json()["products"][0]["last_commit_ms"].is_u64());
    assert_eq!(harness.batch(&[event]).await.statuses(), ["ok"]);
}

#[tokio::test]
async fn nothing_is_acknowledged_that_could_not_be_written() {
    let harness = Harness::start();
    let event = track("m1", "u1", "report.created", NOW);
    let database = database(&harness);
    database
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .unwrap();
    let answer = harness.batch(std::slice::from_ref(&event)).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(answer.json()["error"]["code"], "not_stored");
    assert_eq!(harness.events().await.len(), 0);

    // It recovers without a restart.
    database.execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(harness.batch(&[event]).await.statuses(), ["ok"]);
}

#[tokio::test]
async fn however_a_snapshot_is_damaged_it_is_thrown_away_and_nothing_else_changes() {
    let harness = users::with_ann().await;
    let paths = ["/api/overview", "/api/users/ann@acme.com", "/api/guides"];
    let mut before = Vec::new();
    for path in paths {
        before.push(harness.ask(path).await.json());
    }
    let mut harness = harness.restart();
    let snapshot = harness.stores.folder(PRODUCT).join("projection.snapshot");
    let kept = std::fs::read(&snapshot).unwrap();
    for place in [0, 20, kept.len() - 1] {
        harness = harness.restart_after(|| {
            let mut damaged = kept.clone();
            damaged[place] ^= 1;
            std::fs::write(&snapshot, damaged).unwrap();
        });
        for (path, before) in paths.iter().zip(&before) {
            assert_eq!(harness.ask(path).await.json(), *before, "{path} {place}");
        }
    }
}
