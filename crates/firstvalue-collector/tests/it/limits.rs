//! How much is taken, of whom, and how fast.

use std::io::Write;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use firstvalue_collector::{Limits, Rate, Secret, WriteKey, serve};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::harness::{Harness, NOW, WRITE_KEY, track};

#[tokio::test]
async fn limits_can_be_set() {
    let harness = Harness::with(|config| {
        config.limits = Limits {
            body: 1_000,
            events: 2,
            event: 100,
            depth: 2,
            keys: 4,
            ..Limits::default()
        };
    });
    let small = json!({ "userId": "u1", "event": "a" });
    let deep = json!({ "userId": "u1", "event": "a", "properties": { "x": [] } });
    let wide = json!({ "userId": "u1", "event": "a", "properties": { "x": 1, "y": 2 } });
    let large = json!({ "userId": "u1", "event": "a".repeat(100) });
    for (event, reason) in [
        (&small, Value::Null),
        (
            &deep,
            "an event has objects and arrays at most 2 deep".into(),
        ),
        (&wide, "an event has at most 4 keys".into()),
        (&large, "an event has at most 100 bytes".into()),
    ] {
        let answer = harness.batch(std::slice::from_ref(event)).await.json();
        assert_eq!(answer["events"][0]["reason"], reason);
    }
    let three = harness.batch(&[small.clone(), small.clone(), small]).await;
    assert_eq!(three.status, 413);
    let padded = format!("{}{{}}", " ".repeat(1_000));
    let answer = harness.send(Method::POST, "/v1/batch", &[], padded).await;
    assert_eq!(answer.status, 413);
}

/// Two million of them fit into a body that is unpacked.
#[tokio::test]
async fn more_events_than_a_batch_may_have_are_refused_before_anybody_is_asked_who_they_are() {
    let harness = Harness::start();
    for (path, before, after) in [
        ("/v1/batch", r#"{"batch":["#, "]}"),
        ("/batch/", r#"{"batch":["#, "]}"),
        ("/e/", "[", "]"),
    ] {
        let many = format!("{before}{}0{after}", "0,".repeat(2_000_000));
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(many.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let answer = harness.send(Method::POST, path, &[], packed).await;
        assert_eq!(answer.status, 413, "{path}");
        let error = answer.json()["error"]["message"].clone();
        assert_eq!(error, "a batch has at most 10000 events", "{path}");
    }
}

#[tokio::test]
async fn who_sends_too_much_is_told_when_to_come_again() {
    let rate = Rate {
        per_second: 0.001,
        burst: 3.0,
    };
    let harness = Harness::with(|config| {
        config.products[0].write_keys = vec![
            WriteKey::new(Secret::new(WRITE_KEY)).at_rate(rate),
            WriteKey::new(Secret::new("wk_calm")),
        ];
    });
    let event = |id: &str| track(id, "u1", "report.created", NOW);
    // One more than there is room for, which is let in once.
    let first = harness.batch(&["1", "2", "3", "4"].map(event)).await;
    assert_eq!(first.statuses(), ["ok"; 4]);
    let refused = harness.batch(&[event("5")]).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["error"]["code"], "too_many_events");
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1_900..=2_000).contains(&seconds), "{seconds}");
    assert_eq!(harness.events().await.len(), 4);
    // Others have their own.
    let calm = json!({ "writeKey": "wk_calm", "batch": [event("5")] });
    assert_eq!(harness.post("/v1/batch", calm).await.statuses(), ["ok"]);
}

#[tokio::test]
async fn a_key_can_be_for_pages_of_some_origins() {
    let harness = Harness::with(|config| {
        let origins = vec!["https://app.example.com".to_owned()];
        config.products[0].write_keys =
            vec![WriteKey::new(Secret::new(WRITE_KEY)).for_origins(origins)];
    });
    let body = json!({ "writeKey": WRITE_KEY, "batch": [] }).to_string();
    for (origin, status) in [
        (None, 200),
        (Some("https://app.example.com"), 200),
        (Some("https://other.example"), 403),
        (Some("https://app.example.com.evil.example"), 403),
        (Some("http://app.example.com"), 403),
        (Some("null"), 403),
        (Some("\u{e9}"), 403),
    ] {
        let headers: Vec<_> = origin
            .map(|origin| ("origin", origin))
            .into_iter()
            .collect();
        let sent = harness
            .send(Method::POST, "/v1/batch", &headers, body.clone())
            .await;
        assert_eq!(sent.status, status, "{origin:?}");
        let path = format!("/v1/playbook?key={WRITE_KEY}");
        let playbook = harness.get(&path, &headers).await;
        assert_eq!(playbook.status, status, "{origin:?}");
    }
}

/// What a client gets that sends some bytes and then waits.
async fn answer_to(bytes: &str) -> String {
    let harness = Harness::with(|config| {
        config.limits.body_time = Duration::from_millis(200);
        config.limits.header_time = Duration::from_millis(200);
    });
    let limits = Limits {
        header_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = harness.router();
    let server =
        tokio::spawn(async move { serve(listener, router, &limits, std::future::pending()).await });
    let mut client = TcpStream::connect(address).await.unwrap();
    // A large header may be refused before it is all sent.
    drop(client.write_all(bytes.as_bytes()).await);
    let mut answer = Vec::new();
    drop(client.read_to_end(&mut answer).await);
    server.abort();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn nobody_holds_a_connection_by_being_slow() {
    let body = "POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{";
    let answer = answer_to(body).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("too_slow"), "{answer}");
    // The connection ends.
    answer_to("POST /v1/batch HTTP/1.1\r\nhost").await;
    answer_to("").await;
}

/// While somebody reads the database, its log cannot be begun anew.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_keeps_the_log_from_being_cleared_by_taking_nothing_of_an_export() {
    let harness = Harness::with(|config| config.limits.answer_time = Duration::from_millis(200));
    let large = "x".repeat(20_000);
    let events = (0..60).map(|n| {
        let mut event = track(&format!("m{n}"), "u1", "a", NOW);
        event["properties"] = json!({ "x": large });
        event
    });
    let events: Vec<_> = events.collect();
    for batch in events.chunks(20) {
        assert_eq!(harness.batch(batch).await.statuses(), ["ok"; 20]);
    }
    let export = Request::get("/api/export").header("authorization", "Bearer at_test");
    let export = export.body(Body::empty()).unwrap();
    let export = harness.router().oneshot(export).await.unwrap();
    assert_eq!(export.status(), 200);
    let begun = Instant::now();
    loop {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "it is still read"
        );
        harness.batch(&[track("m", "u2", "a", NOW)]).await;
        let erased = harness
            .send(
                Method::DELETE,
                "/api/users/u2",
                &[("authorization", "Bearer at_test")],
                "",
            )
            .await;
        if erased.json()["overwritten"] == true {
            break;
        }
    }
    // Whoever looks after all is told that it is not everything.
    to_bytes(export.into_body(), usize::MAX).await.unwrap_err();
}

#[tokio::test]
async fn a_header_has_a_limit() {
    let header = format!(
        "GET /healthz HTTP/1.1\r\nx: {}\r\n\r\n",
        "x".repeat(100_000)
    );
    let answer = answer_to(&header).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431 "),
        "{answer}"
    );
    let lines: String = (0..200).map(|n| format!("x-{n}: x\r\n")).collect();
    let answer = answer_to(&format!("GET /healthz HTTP/1.1\r\n{lines}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let usual = answer_to("GET /healthz HTTP/1.1\r\nconnection: close\r\nhost: x\r\n\r\n").await;
    assert!(usual.starts_with("HTTP/1.1 200 "), "{usual}");
}
