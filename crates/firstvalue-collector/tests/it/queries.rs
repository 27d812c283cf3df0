use serde_json::json;

use crate::harness::{DAY, HOUR, Harness, NOW, track};

#[tokio::test]
async fn users_of_a_milestone_come_with_the_time_they_took() {
    let harness = Harness::start();
    let start = NOW - 5 * DAY;
    harness
        .batch(&[
            track("1", "b", "session.started", start),
            track("2", "b", "report.created", start + HOUR),
            track("3", "a", "session.started", start),
            track("4", "a", "report.created", start + 2 * HOUR),
            track("5", "a", "report.created", start + 3 * HOUR),
            track("6", "c", "session.started", start),
        ])
        .await;
    let users = harness
        .ask("/api/milestones/first-report/users")
        .await
        .json();
    assert_eq!(
        users,
        json!({ "users": [
            { "user": "a", "reached_at": start + 2 * HOUR, "ttv_ms": 2 * HOUR },
            { "user": "b", "reached_at": start + HOUR, "ttv_ms": HOUR },
        ], "next": null })
    );
    let path = "/api/milestones/first-report/users?limit=1";
    let first = harness.ask(path).await.json();
    assert_eq!(first, json!({ "users": [users["users"][0]], "next": "a" }));
    let rest = harness.ask(&format!("{path}&after=a")).await.json();
    assert_eq!(rest, json!({ "users": [users["users"][1]], "next": null }));
    // By waiting, without an event.
    let users = harness.ask("/api/milestones/quiet/users").await.json();
    let expected = json!({ "user": "c", "reached_at": start + 3 * DAY, "ttv_ms": 3 * DAY });
    assert_eq!(users, json!({ "users": [expected], "next": null }));
    let missing = harness.ask("/api/milestones/no-such/users").await;
    assert_eq!(
        (missing.status.as_u16(), &missing.json()["error"]["code"]),
        (404, &json!("not_found"))
    );
}

#[tokio::test]
async fn the_time_taken_is_since_sign_up_also_if_that_is_said_later() {
    let harness = Harness::start();
    harness
        .batch(&[
            track("1", "a", "session.started", NOW - 3 * HOUR),
            track("2", "a", "report.created", NOW - 2 * HOUR),
            json!({ "type": "identify", "messageId": "3", "userId": "a", "timestamp": NOW - HOUR,
                    "traits": { "createdAt": NOW - 90 * DAY } }),
        ])
        .await;
    let users = harness
        .ask("/api/milestones/first-report/users")
        .await
        .json();
    let taken = 90 * DAY - 2 * HOUR;
    assert_eq!(users["users"][0]["ttv_ms"], taken);
    let user = harness.ask("/api/users/a").await.json();
    assert_eq!(user["milestones"][0]["ttv_ms"], taken);
    let overview = harness.ask("/api/overview").await.json();
    let milestones = overview["milestones"].as_array().expect("milestones");
    let first = milestones
        .iter()
        .find(|milestone| milestone["id"] == "first-report");
    let curve = &first.expect("the milestone")["curve"];
    assert_eq!(curve, &json!([{ "ttv_ms": taken, "share": 1.0 }]));
}

#[tokio::test]
async fn the_latest_events_come_newest_first_by_arrival() {
    let harness = Harness::start();
    for (id, at) in [("1", NOW - 5), ("2", NOW - 9), ("3", NOW - 7)] {
        harness.batch(&[track(id, id, "report.created", at)]).await;
    }
    let ats = async |path: &str| {
        let body = harness.ask(path).await.json();
        let events = body["events"].as_array().unwrap();
        events
            .iter()
            .map(|event| NOW - event["at"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(ats("/api/events").await, [7, 9, 5]);
    assert_eq!(ats("/api/events?limit=2").await, [7, 9]);
    assert!(ats("/api/events?limit=0").await.is_empty());
    let odd = harness.ask("/api/events?limit=x").await;
    assert_eq!(odd.json()["error"]["code"], "invalid_query");
}
