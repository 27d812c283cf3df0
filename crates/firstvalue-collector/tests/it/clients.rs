//! Requests of real clients, recorded on the wire.

use std::path::PathBuf;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::harness::Harness;

const CLIENTS: [&str; 9] = [
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
        let harness = Harness::start();
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
    request["method"] == "POST" && request["path"].as_str().unwrap().starts_with("/v1/")
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
