//! Requests of real clients, recorded on the wire.

use std::path::PathBuf;

use axum::body::Body;
use axum::http::{Method, Request};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use firstvalue_collector::{Secret, WriteKey};
use serde_json::{Value, json};

use crate::harness::Harness;

/// Clients whose key is `wk_test`, and those of PostHog, whose key is `phc_test`.
const CLIENTS: [&str; 12] = [
    "posthog-node",
    "posthog-python.gzip",
    "browser.posthog-js",
    "segment-analytics-node",
    "segment-analytics-node.flushAt3",
    "segment-analytics-python",
    "segment-analytics-python.gzip",
    "rudder-sdk-node",
    "rudder-sdk-python",
    "browser.rudder-analytics-js",
    "browser.segment-analytics-next",
    "browser.segment-analytics-next.batching",
];

#[tokio::test]
async fn what_real_clients_send_is_stored_and_known_again() {
    let Some(suites) = std::env::var_os("FIRSTVALUE_SUITES").map(PathBuf::from) else {
        println!("skipped: FIRSTVALUE_SUITES does not say where the recordings are");
        return;
    };
    for client in CLIENTS {
        let path = suites.join(format!("clients/{client}.jsonl"));
        let recording = std::fs::read_to_string(path).unwrap();
        let requests: Vec<Value> = recording
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let harness = Harness::with(|config| {
            let key = WriteKey::new(Secret::new("phc_test"));
            config.products[0].write_keys.push(key);
        });
        let mut events = 0;
        for expected in ["ok", "duplicate"] {
            for request in requests.iter().filter(|request| is_ingest(request)) {
                let statuses = harness.call(as_sent(request)).await.statuses();
                assert!(!statuses.is_empty(), "{client}");
                for status in statuses {
                    assert_eq!(status, expected, "{client}: {}", request["body"]);
                    events += 1;
                }
            }
        }
        assert!(events > 0, "{client} sends nothing to these routes");
        assert_eq!(harness.events().await.len(), events / 2, "{client}");
    }
}

fn is_ingest(request: &Value) -> bool {
    let path = request["path"].as_str().unwrap();
    let known = ["/v1/", "/batch/", "/e/"];
    request["method"] == "POST" && known.iter().any(|known| path.starts_with(known))
}

/// The request byte for byte where the recording has the bytes, else written anew.
fn as_sent(recorded: &Value) -> Request<Body> {
    let body = match recorded["raw_b64"].as_str() {
        Some(bytes) => STANDARD.decode(bytes).unwrap(),
        None => recorded["body"].to_string().into_bytes(),
    };
    let mut request = Request::post(recorded["path"].as_str().unwrap());
    for (name, value) in recorded["headers"].as_object().unwrap() {
        if !name.eq_ignore_ascii_case("content-length") {
            request = request.header(name, value.as_str().unwrap());
        }
    }
    request.body(Body::from(body)).unwrap()
}

/// What came in, with what matters of it.
async fn stored(harness: &Harness) -> Vec<Value> {
    let export = harness.ask("/api/export").await;
    let text = String::from_utf8(export.body.to_vec()).unwrap();
    text.lines()
        .map(|line| {
            let event: Value = serde_json::from_str(line).unwrap();
            json!([
                event["type"],
                event["userId"],
                event["event"],
                event["traits"],
                event["groupId"]
            ])
        })
        .collect()
}

/// An excerpt of what PostHog's clients for Node.js and browsers were recorded to send.
#[tokio::test]
async fn calls_of_posthog_are_understood_in_each_form() {
    let events = json!([
        { "event": "$identify", "properties": { "$set": { "email": "a@example.com" } },
          "timestamp": "2026-01-22T01:17:33.988Z", "uuid": "1", "distinct_id": "u1" },
        { "event": "$groupidentify", "distinct_id": "u1", "uuid": "2",
          "timestamp": "2026-01-22T01:17:33.989Z",
          "properties": { "$group_type": "company", "$group_key": "acct_1",
                          "$group_set": { "name": "Initech" } } },
        { "event": "Project Created", "properties": { "n": 1, "token": "wk_test" }, "uuid": "3",
          "timestamp": "2026-01-22T01:17:33.989Z", "distinct_id": "u1" },
    ]);
    let expected = [
        json!(["identify", "u1", null, { "email": "a@example.com" }, null]),
        json!(["group", "u1", null, { "name": "Initech" }, "acct_1"]),
        json!(["track", "u1", "Project Created", null, null]),
    ];
    let harness = Harness::start();
    let batch = json!({ "api_key": "wk_test", "batch": events, "sent_at": "2026-01-22T01:17:34Z" });
    for path in [
        "/batch/", "/batch", "/i/v0/e/", "/i/v0/e", "/e/", "/capture",
    ] {
        assert_eq!(
            harness.post(path, batch.clone()).await.statuses().len(),
            3,
            "{path}"
        );
    }
    assert_eq!(stored(&harness).await, expected);

    // One event, and events with nothing around them.
    let mut one = events[2].clone();
    one["api_key"] = json!("wk_test");
    one["uuid"] = json!("4");
    assert_eq!(harness.post("/i/v0/e/", one).await.statuses(), ["ok"]);
    let mut bare = events[2].clone();
    bare["uuid"] = json!("5");
    assert_eq!(harness.post("/e/", json!([bare])).await.statuses(), ["ok"]);
    // The newest first; the write key is not kept.
    let events = harness.events().await;
    assert_eq!(events[0]["properties"], json!({ "n": 1 }));
    let mut foreign = bare;
    foreign["properties"]["token"] = json!("wk_other");
    assert_eq!(harness.post("/e/", json!([foreign])).await.status, 401);
    assert_eq!(harness.post("/e/", json!([])).await.status, 401);
    // What holds no events must not look as if it had been stored.
    for batch in [json!({}), json!(null), json!("x")] {
        let call = json!({ "api_key": "wk_test", "batch": batch });
        assert_eq!(harness.post("/batch/", call).await.status, 400);
    }
}

/// `posthog-js` sends this with `sendBeacon` when a page is left, once it has found no settings: a form, with
/// the events in base64.
#[tokio::test]
async fn a_beacon_of_posthogs_browser_client_is_understood() {
    let harness = Harness::start();
    let call = json!({
        "api_key": "wk_test", "sent_at": "2026-02-01T00:00:00Z",
        "batch": [{ "event": "$pageleave", "uuid": "1", "distinct_id": "u1", "properties": { "é": "?>" } }],
    });
    let encoded = STANDARD.encode(call.to_string());
    let encoded = encoded
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let path = "/e/?ver=1.449.2&beacon=1&compression=base64";
    let answer = harness
        .send(Method::POST, path, &form, format!("data={encoded}"))
        .await;
    assert_eq!(answer.statuses(), ["ok"]);
    let events = harness.events().await;
    assert_eq!(events[0]["event"], "$pageleave");
    assert_eq!(events[0]["properties"], json!({ "é": "?>" }));
    let odd = harness.send(Method::POST, path, &form, "data=%").await;
    assert_eq!(odd.status, 400);
    assert_eq!(odd.json()["error"]["code"], "invalid_form");
}

#[tokio::test]
async fn segments_browser_client_is_told_to_send_here() {
    let harness = Harness::start();
    let host = [("host", "collector.example.com")];
    let answer = harness.get("/v1/projects/wk_test/settings", &host).await;
    let settings = answer.json();
    let integration = &settings["integrations"]["Segment.io"];
    assert_eq!(integration["apiKey"], "wk_test");
    assert_eq!(integration["apiHost"], "collector.example.com/v1");
    assert_eq!(
        harness
            .get("/v1/projects/wk_other/settings", &[])
            .await
            .status,
        401
    );
}
