use std::io::Write;

use axum::http::Method;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::harness::{Harness, NOW, WRITE_KEY, track};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn each_event_has_its_own_fate_in_the_order_sent() {
    let harness = Harness::start();
    harness
        .batch(&[track("m0", "u1", "report.created", NOW)])
        .await;
    let answer = harness
        .batch(&[
            track("m1", "u1", "report.created", NOW),
            json!({ "type": "track", "messageId": "m2", "userId": "u1" }),
            track("m0", "u1", "report.created", NOW),
            json!(["no", "event"]),
            track("m1", "u1", "report.shared", NOW),
            track("m3", "u2", "report.created", NOW),
        ])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({ "success": true, "events": [
            { "messageId": "m1", "status": "ok" },
            { "messageId": "m2", "status": "rejected", "reason": "a track call needs `event`" },
            { "messageId": "m0", "status": "duplicate" },
            { "status": "rejected", "reason": "an event must be a JSON object" },
            { "messageId": "m1", "status": "duplicate" },
            { "messageId": "m3", "status": "ok" },
        ] })
    );
    assert_eq!(harness.events().await.len(), 3);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart() {
    let harness = Harness::start();
    let events: Vec<Value> = (0..50)
        .map(|n| track(&format!("m{n}"), "u1", "report.created", NOW - n))
        .collect();
    assert!(
        harness
            .batch(&events)
            .await
            .statuses()
            .iter()
            .all(|status| status == "ok")
    );
    let harness = harness.restart();
    assert_eq!(harness.events().await.len(), 50);
    assert!(
        harness
            .batch(&events)
            .await
            .statuses()
            .iter()
            .all(|status| status == "duplicate")
    );
    assert_eq!(
        harness.ask("/api/overview").await.json()["events"]["total"],
        50
    );
}

#[tokio::test]
async fn bodies_are_read_as_json_whatever_they_are_called() {
    let harness = Harness::start();
    let send = async |n: u32, headers: &[(&str, &str)], zipped: bool| {
        let event = track(&format!("m{n}"), "u1", "report.created", NOW);
        let body = json!({ "writeKey": WRITE_KEY, "batch": [event] }).to_string();
        let body = if zipped {
            gzip(body.as_bytes())
        } else {
            body.into_bytes()
        };
        harness
            .send(Method::POST, "/v1/batch", headers, body)
            .await
            .statuses()
    };
    let form = ("content-type", "application/x-www-form-urlencoded");
    let json = ("content-type", "application/json");
    let text = ("content-type", "text/plain;charset=UTF-8");
    let labelled = ("content-encoding", "gzip");
    for (n, (headers, zipped)) in [
        (&[][..], false),
        (&[json], false),
        (&[text], false),
        (&[json, labelled], true),
        (&[form, labelled], true),
        (&[text], true),
        // A proxy has decompressed it and left the header.
        (&[json, labelled], false),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(
            send(n as u32, headers, zipped).await,
            ["ok"],
            "{headers:?} {zipped}"
        );
    }
}

#[tokio::test]
async fn one_call_has_its_kind_from_the_route() {
    let harness = Harness::start();
    for (path, kind, event) in [
        ("/v1/track", "track", json!("report.created")),
        ("/v1/t", "track", json!("report.created")),
        ("/v1/identify", "identify", json!(null)),
        ("/v1/group", "group", json!(null)),
        ("/v1/page", "page", json!("page.viewed")),
        ("/v1/screen", "screen", json!(null)),
        ("/v1/alias", "alias", json!(null)),
    ] {
        let mut call = json!({ "writeKey": WRITE_KEY, "userId": "u1", "properties": { "a": 1 } });
        if kind == "track" {
            call["event"] = json!("report.created");
        }
        assert_eq!(harness.post(path, call).await.statuses(), ["ok"]);
        let stored = &harness.events().await[0];
        let expected = json!({
            "at": NOW, "received_at": NOW, "user": "u1", "type": kind, "event": event,
            "properties": { "a": 1 },
        });
        assert_eq!(*stored, expected, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_a_whole() {
    let harness = Harness::start();
    let post = async |path: &str, body: &[u8]| {
        let answer = harness.send(Method::POST, path, &[], body.to_vec()).await;
        (
            answer.status.as_u16(),
            answer.json()["error"]["code"].as_str().unwrap().to_owned(),
        )
    };
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for (path, body, expected) in [
        ("/v1/batch", &b"{"[..], (400, "invalid_json")),
        ("/v1/batch", b"", (400, "invalid_json")),
        ("/v1/batch", b"\xff\xfe", (400, "invalid_json")),
        ("/v1/batch", &deep, (400, "invalid_body")),
        ("/v1/batch", b"\x1f\x8b\x08broken", (400, "invalid_gzip")),
        ("/v1/batch", b"[]", (400, "invalid_body")),
        ("/v1/batch", br#"{"batch":{}}"#, (400, "invalid_body")),
        ("/v1/batch", br#"{"batch":[]"#, (400, "invalid_json")),
        ("/v1/track", b"17", (400, "invalid_body")),
    ] {
        assert_eq!(post(path, body).await, (expected.0, expected.1.to_owned()));
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let harness = Harness::start();
    let answer = |body: Vec<u8>| harness.send(Method::POST, "/v1/batch", &[], body);
    let code = |answer: &crate::harness::Answer| answer.json()["error"]["code"].clone();

    let sent = answer(vec![b' '; 500 * 1_024 + 1]).await;
    assert_eq!(
        (sent.status.as_u16(), code(&sent)),
        (413, json!("too_large"))
    );

    // 64 MB of blanks that are 64 KB as sent.
    let bomb = gzip(&vec![b' '; 64 * 1_024 * 1_024]);
    assert!(bomb.len() < 100_000);
    let unpacked = answer(bomb).await;
    assert_eq!(
        (unpacked.status.as_u16(), code(&unpacked)),
        (413, json!("too_large"))
    );

    // The same in many small pieces, which together are too large.
    let pieces = gzip(&vec![b' '; 1_024 * 1_024]).repeat(64);
    let unpacked = answer(pieces).await;
    assert_eq!(
        (unpacked.status.as_u16(), code(&unpacked)),
        (413, json!("too_large"))
    );
    // Gzip in gzip is unpacked once, and is no JSON then.
    let twice = gzip(&gzip(&vec![b' '; 64 * 1_024 * 1_024]));
    assert_eq!(answer(twice).await.status, 400);
    // What gzip holds beside the content is not kept either.
    let named = [
        &[0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255][..],
        &vec![b'x'; 400_000],
    ]
    .concat();
    assert_eq!(answer(named).await.status, 400);

    let many = json!({ "writeKey": WRITE_KEY, "batch": vec![1; 10_001] });
    let many = answer(many.to_string().into_bytes()).await;
    assert_eq!(
        (many.status.as_u16(), code(&many)),
        (413, json!("too_large"))
    );

    // Whatever is below these limits is looked at.
    let padded = format!(
        "{}{}",
        " ".repeat(499 * 1_024),
        json!({ "writeKey": WRITE_KEY, "batch": [] })
    );
    assert_eq!(answer(padded.into_bytes()).await.status, 200);
}

#[tokio::test]
async fn methods_other_than_post_are_refused() {
    let harness = Harness::start();
    for path in ["/v1/batch", "/v1/t", "/capture/"] {
        let answer = harness.get(path, &[]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("allow")),
            (405, Some("POST")),
            "{path}"
        );
        assert_eq!(answer.json()["error"]["code"], "method_not_allowed");
    }
}

#[tokio::test]
async fn what_cannot_be_read_of_an_address_is_answered_like_any_other_mistake() {
    let harness = Harness::start();
    for (path, code) in [
        ("/v1/%ff", "invalid_path"),
        ("/v1/projects/%ff/settings", "invalid_path"),
        ("/api/users/%ff", "invalid_path"),
        ("/api/accounts/%ff", "invalid_path"),
        ("/api/milestones/%ff/users", "invalid_path"),
        ("/v1/playbook?key=a&key=b", "invalid_query"),
        ("/v1/state?key=a&key=b", "invalid_query"),
    ] {
        let answer = harness.ask(path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert_eq!(answer.json()["error"]["code"], code, "{path}");
    }
}
