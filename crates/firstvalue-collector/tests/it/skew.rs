use serde_json::json;

use crate::harness::{HOUR, Harness, NOW, track};

fn iso(at: i64) -> String {
    firstvalue_model::time::to_iso(at)
}

#[tokio::test]
async fn a_batch_from_a_clock_that_is_evidently_wrong_is_set_right() {
    let harness = Harness::start();
    // Two hours behind: signed up 90 minutes ago by its own clock, a report after an hour.
    let batch = |sent_at: i64, events: &[serde_json::Value]| json!({ "writeKey": "wk_test", "sentAt": iso(sent_at), "batch": events });
    let there = NOW - 2 * HOUR;
    let events = [
        track("1", "late", "session.started", there - 3 * HOUR / 2),
        track("2", "late", "report.created", there - HOUR / 2),
    ];
    harness.post("/v1/batch", batch(there, &events)).await;
    // Only a little off.
    let events = [track("3", "right", "session.started", NOW - HOUR)];
    harness
        .post("/v1/batch", batch(NOW - 4 * 60_000, &events))
        .await;

    let stored = harness.events().await;
    let ats: Vec<_> = stored
        .iter()
        .map(|event| NOW - event["at"].as_i64().unwrap())
        .collect();
    assert_eq!(ats, [HOUR, HOUR / 2, 3 * HOUR / 2]);
    let users = harness
        .ask("/api/milestones/first-report/users")
        .await
        .json();
    let expected = json!({ "user": "late", "reached_at": NOW - HOUR / 2, "ttv_ms": HOUR });
    assert_eq!(users, json!({ "users": [expected], "next": null }));
}
