//! Events that are kept for so many days only.

use serde_json::json;

use crate::harness::{DAY, Harness, NOW, track};

#[tokio::test]
async fn old_events_are_taken_out_with_what_follows_from_them() {
    let harness = Harness::with(|config| config.products[0].keep_days = Some(30));
    let mut events: Vec<_> = (0..2_500)
        .map(|n| track(&format!("old-{n}"), "u1", "report.created", NOW - 31 * DAY))
        .collect();
    events.push(track("new", "u2", "report.created", NOW - 29 * DAY));
    for events in events.chunks(1_000) {
        harness.batch(events).await;
    }
    let reached = async || {
        let overview = harness.ask("/api/overview").await.json();
        let milestone = &overview["milestones"][0];
        (
            overview["events"]["total"].as_u64(),
            milestone["reached"].as_u64(),
        )
    };
    assert_eq!(reached().await, (Some(2_501), Some(2)));

    harness.forget_old().await;
    while !harness.ask("/api/playbooks").await.json()["recomputing"].is_null() {
        tokio::task::yield_now().await;
    }
    assert_eq!(reached().await, (Some(1), Some(1)));
    assert_eq!(harness.ask("/api/users/u1").await.status, 404);
    let audit = harness.ask("/api/audit").await.json();
    let deed = &audit["deeds"][0];
    assert_eq!(
        (&deed["actor"], &deed["subject"], &deed["detail"]),
        (
            &json!("retention"),
            &json!("events older than 30 days"),
            &json!("2500 events")
        )
    );

    // Nothing more is to be done.
    harness.forget_old().await;
    let again = harness.ask("/api/audit").await.json();
    assert_eq!(again, audit);
}

#[tokio::test]
async fn without_a_limit_everything_is_kept() {
    let harness = Harness::start();
    harness.batch(&[track("1", "u1", "a", 0)]).await;
    harness.forget_old().await;
    assert_eq!(harness.events().await.len(), 1);
}
