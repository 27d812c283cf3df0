use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, Harness, NOW, track};

/// Four users, ten days ago until now; see the comments for who does what.
fn log() -> Vec<Value> {
    let guide = |id: &str, user: &str, event: &str, at: i64, step: u32| {
        let mut event = track(id, user, event, at);
        event["properties"] = json!({ "guide": "welcome", "step": step });
        event
    };
    let start = NOW - 10 * DAY;
    vec![
        // u1 signed up ten days ago and made a report an hour later.
        json!({ "type": "identify", "messageId": "1", "userId": "u1", "timestamp": start + HOUR / 2,
                "traits": { "createdAt": "2026-01-22T00:00:00Z" } }),
        track("2", "u1", "report.created", start + HOUR),
        // u2 was first seen a day later and took three hours, then made another.
        json!({ "type": "page", "messageId": "3", "anonymousId": "u2", "timestamp": start + DAY,
                "properties": { "path": "/" } }),
        track("4", "u2", "report.created", start + DAY + 3 * HOUR),
        track("5", "u2", "report.created", start + DAY + 4 * HOUR),
        // u3 came on the second day and only looked; saw the welcome to its second step.
        track("6", "u3", "session.started", start + 2 * DAY),
        guide("7", "u3", "guide.shown", start + 2 * DAY + 1, 0),
        guide("8", "u3", "guide.step_shown", start + 2 * DAY + 2, 0),
        guide("9", "u3", "guide.step_shown", start + 2 * DAY + 3, 1),
        guide("10", "u3", "guide.dismissed", start + 2 * DAY + 4, 1),
        // u4 came two hours ago, saw the welcome twice and followed it.
        track("11", "u4", "session.started", NOW - 2 * HOUR),
        guide("12", "u4", "guide.shown", NOW - 2 * HOUR + 1, 0),
        guide("13", "u4", "guide.shown", NOW - 2 * HOUR + 2, 0),
        guide("14", "u4", "guide.completed", NOW - 2 * HOUR + 3, 1),
        guide("15", "u4", "guide.failed", NOW - 2 * HOUR + 4, 1),
    ]
}

/// Bins of one width, each empty or with one user.
fn bins(count: i64, width: i64, filled: &[i64]) -> Vec<Value> {
    let users = |n| i32::from(filled.contains(&n));
    (0..count)
        .map(|n| json!({ "from_ms": n * width, "to_ms": (n + 1) * width, "users": users(n) }))
        .collect()
}

/// What follows from the log, by hand.
fn expected() -> Value {
    json!({
        "product": "Ledgerly",
        "now": NOW,
        "recomputing": null,
        "users": { "total": 4, "active_7d": 1, "new_7d": 1 },
        "events": { "total": 15, "last_at": NOW - 2 * HOUR + 4 },
        "milestones": [
            // At one hour one of four has got there. u4 is known for two hours only, so that at
            // three hours one of the two who are left does: 1 − ¾ · ½.
            { "id": "first-report", "title": "First report", "per": "user", "target_ms": DAY, "in_target": 0.625,
              "reached": 2, "users": 4, "share": 0.5,
              "ttv": { "p25_ms": HOUR, "median_ms": 3 * HOUR, "p75_ms": null, "p90_ms": null },
              "curve": [
                  { "ttv_ms": HOUR, "share": 0.25 },
                  { "ttv_ms": 3 * HOUR, "share": 0.625 } ],
              // Of a quarter of an hour each.
              "histogram": bins(13, HOUR / 4, &[4, 12]) },
            // u3 got there by waiting; the three who were watched so long are u1, u2 and u3.
            { "id": "quiet", "title": "Three days without a report", "per": "user", "target_ms": null, "in_target": null,
              "reached": 1, "users": 4, "share": 0.25,
              "ttv": { "p25_ms": 3 * DAY, "median_ms": null, "p75_ms": null, "p90_ms": null },
              "curve": [{ "ttv_ms": 3 * DAY, "share": 0.333333 }],
              "histogram": bins(13, 6 * HOUR, &[12]) },
        ],
        "stages": [],
        "health": { "of_users": false, "of_accounts": false },
        "guides": [
            { "id": "welcome", "title": "Welcome", "kind": "modal", "eligible": 2, "shown": 2,
              "completed": 1, "dismissed": 1, "snoozed": 0, "failed": 1, "withheld": 0,
              "steps": [
                  { "title": "Welcome", "shown": 2, "ended": [] },
                  { "title": "Reports", "shown": 1, "ended": [
                      { "reason": "dismissed", "users": 1 }, { "reason": "unknown", "users": 1 }] },
              ] },
        ],
    })
}

#[tokio::test]
async fn the_overview_says_what_the_log_says() {
    let harness = Harness::start();
    assert!(
        harness
            .batch(&log())
            .await
            .statuses()
            .iter()
            .all(|status| status == "ok")
    );
    assert_eq!(harness.ask("/api/overview").await.json(), expected());
    let harness = harness.restart();
    assert_eq!(harness.ask("/api/overview").await.json(), expected());
}

#[tokio::test]
async fn the_order_of_arrival_does_not_matter() {
    let log = log();
    let backwards: Vec<_> = log.iter().rev().cloned().collect();
    // 7 and 15 have no common divisor: every event once, far from its neighbours.
    let scattered: Vec<_> = (0..log.len())
        .map(|n| log[n * 7 % log.len()].clone())
        .collect();
    for order in [backwards, scattered] {
        let harness = Harness::start();
        for (n, event) in order.into_iter().enumerate() {
            assert_eq!(harness.batch(&[event]).await.statuses(), ["ok"]);
            // Whoever asks now knows what was answered before.
            let overview = harness.ask("/api/overview").await.json();
            assert_eq!(overview["events"]["total"], n + 1);
        }
        assert_eq!(harness.ask("/api/overview").await.json(), expected());
    }
}

#[tokio::test]
async fn nothing_yet_is_an_answer_too() {
    let harness = Harness::start();
    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(
        overview["users"],
        json!({ "total": 0, "active_7d": 0, "new_7d": 0 })
    );
    assert_eq!(overview["events"], json!({ "total": 0, "last_at": null }));
    assert_eq!(overview["milestones"][0]["share"], 0.0);
    assert_eq!(overview["milestones"][0]["histogram"], json!([]));
}
