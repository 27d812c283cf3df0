//! What whoever runs a collector looks at.

use rusqlite::Connection;
use serde_json::json;

use crate::harness::{Harness, NOW, track};

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

    let database = Connection::open(harness.data.path().join("firstvalue.db")).unwrap();
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
async fn metrics_count_requests_and_fates_and_name_nobody() {
    let harness = Harness::start();
    let event = track("m1", "canary-user", "canary.event", NOW);
    harness.batch(&[event.clone(), event, json!({})]).await;
    harness.ask("/api/users/canary-user").await;
    harness.get("/canary-file", &[]).await;
    let answer = harness.ask("/metrics").await;
    let kind = answer.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"));
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    for line in [
        r#"firstvalue_requests_total{route="/v1/batch",status="200"} 1"#,
        r#"firstvalue_requests_total{route="/api/users/{id}",status="200"} 1"#,
        r#"firstvalue_requests_total{route="files",status="404"} 1"#,
        r#"firstvalue_request_seconds_count{route="/v1/batch"} 1"#,
        r#"firstvalue_events_total{fate="ok"} 1"#,
        r#"firstvalue_events_total{fate="duplicate"} 1"#,
        r#"firstvalue_events_total{fate="rejected"} 1"#,
        "firstvalue_commits_total 2",
        "firstvalue_read_ratio 1.0",
        "firstvalue_commits_failed_total 0",
        "firstvalue_failing 0.0",
        "firstvalue_users 1.0",
        "firstvalue_events_kept 1.0",
        "# EOF",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} is not in\n{text}"
        );
    }
    for name in ["last_commit_age_seconds ", "database_bytes "] {
        assert!(text.contains(name), "{name}");
    }
    assert!(!text.contains("canary"), "{text}");
}
