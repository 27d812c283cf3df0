use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Harness, NOW, track};

async fn refused(harness: &Harness, query: &str) -> Vec<Value> {
    let answer = harness.ask(&format!("/api/quarantine{query}")).await.json();
    answer["refused"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_is_refused_takes_nothing_with_it_and_can_be_looked_at() {
    let harness = Harness::start();
    // Not even JSON can hold the second and the fourth.
    let body = format!(
        r#"{{"writeKey":"wk_test","batch":[{},{{"event":"\ud800"}},{{"messageId":"m3","userId":"u2"}},{}{},{}]}}"#,
        track("m1", "u1", "report.created", NOW),
        "[".repeat(500),
        "]".repeat(500),
        track("m5", "u1", "report.created", NOW),
    );
    let answer = harness.send(Method::POST, "/v1/batch", &[], body).await;
    let expected = ["ok", "rejected", "rejected", "rejected", "ok"];
    assert_eq!(answer.statuses(), expected);
    assert_eq!(harness.events().await.len(), 2);

    let found = refused(&harness, "").await;
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[1],
        json!({
            "id": 2, "received_at": NOW, "message_id": "m3", "user": "u2",
            "reason": "a track call needs `event`",
            "body": r#"{"messageId":"m3","userId":"u2"}"#,
        })
    );
    assert_eq!(found[2]["body"], r#"{"event":"\ud800"}"#);
    assert_eq!(refused(&harness, "?limit=1").await, found[..1]);
    assert_eq!(refused(&harness, "?before=3").await, found[1..]);
    let odd = harness.ask("/api/quarantine?limit=x").await;
    assert_eq!(odd.json()["error"]["code"], "invalid_query");
}

#[tokio::test]
async fn the_write_key_is_not_kept_with_it() {
    let harness = Harness::start();
    let call = json!({ "writeKey": "wk_test", "userId": "u1", "properties": [] });
    assert_eq!(
        harness.post("/v1/page", call).await.statuses(),
        ["rejected"]
    );
    let body = refused(&harness, "").await[0]["body"].clone();
    let body: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
    assert_eq!(body, json!({ "userId": "u1", "properties": [] }));

    for call in [
        json!({ "event": {}, "distinct_id": "u1", "api_key": "wk_test", "properties": {} }),
        json!([{ "event": {}, "distinct_id": "u1", "properties": { "token": "wk_test" } }]),
    ] {
        assert_eq!(harness.post("/e/", call).await.statuses(), ["rejected"]);
        let body = refused(&harness, "").await[0]["body"].clone();
        let body: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
        let expected = json!({ "event": {}, "distinct_id": "u1", "properties": {} });
        assert_eq!(body, expected);
    }
}

/// What is refused of somebody goes when they are erased, so it must be known whose it is, also of what is
/// too large or too odd to be read.
#[tokio::test]
async fn whose_it_is_is_known_of_whatever_is_refused() {
    let harness = Harness::start();
    let large = json!({
        "messageId": "m1", "event": "a", "userId": "ann", "properties": { "x": "x".repeat(40_000) },
    });
    assert_eq!(harness.batch(&[large]).await.statuses(), ["rejected"]);
    for event in [
        json!({ "uuid": "m2", "event": {}, "distinct_id": "ann" }),
        json!({ "uuid": "m3", "event": [], "properties": { "distinct_id": "ann" } }),
    ] {
        let call = json!({ "api_key": "wk_test", "batch": [event] });
        let answer = harness.post("/batch/", call).await.json();
        assert_eq!(answer["events"][0]["status"], "rejected");
        assert!(answer["events"][0]["messageId"].is_string(), "{answer}");
    }
    let found = refused(&harness, "").await;
    let names = |field: &str| {
        found
            .iter()
            .map(|row| row[field].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("user"), ["ann"; 3]);
    assert_eq!(names("message_id"), ["m3", "m2", "m1"]);
    let erased = harness
        .send(
            Method::DELETE,
            "/api/users/ann",
            &[("authorization", "Bearer at_test")],
            "",
        )
        .await;
    assert_eq!(erased.json()["refused"], 3);
    assert_eq!(refused(&harness, "").await, [] as [Value; 0]);
}
