//! What whoever runs a collector looks at.

use serde_json::json;

use crate::harness::{Harness, NOW, track};

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
