//! One user: what is known of them, all that they sent, and taking it out.

use std::future::poll_fn;
use std::task::Poll;

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, Harness, NOW, track};

const ADMIN: [(&str, &str); 1] = [("authorization", "Bearer at_test")];

pub async fn with_ann() -> Harness {
    let harness = Harness::start();
    let start = NOW - 2 * DAY;
    let mut before = track("1", "", "page.looked", start);
    before["anonymousId"] = json!("anon-1");
    let identified = json!({
        "type": "identify", "messageId": "2", "userId": "ann@acme.com", "anonymousId": "anon-1",
        "timestamp": start + 1, "traits": { "role": "admin" },
    });
    let grouped = json!({
        "type": "group", "messageId": "3", "userId": "ann@acme.com", "groupId": "acme",
        "timestamp": start + 2,
    });
    let sent = harness
        .batch(&[
            before,
            identified,
            grouped,
            track("4", "ann@acme.com", "report.created", start + HOUR),
            json!({ "messageId": "5", "userId": "ann@acme.com" }),
            track("6", "bob", "report.created", start),
        ])
        .await;
    assert_eq!(sent.statuses(), ["ok", "ok", "ok", "ok", "rejected", "ok"]);
    harness
}

#[tokio::test]
async fn everything_known_of_a_user_is_shown() {
    let harness = with_ann().await;
    let start = NOW - 2 * DAY;
    let mut ann = harness.ask("/api/users/ann@acme.com").await.json();
    let events = ann["events"].take();
    let expected = json!({
        "user": "ann@acme.com", "anonymous_ids": ["anon-1"], "account": "acme",
        "traits": { "role": "admin" }, "signup_at": start, "last_seen_at": start + HOUR,
        "stage": null, "health": null, "audiences": [], "eligible": [], "guides": [],
        "events": null,
        "milestones": [
            { "id": "first-report", "reached_at": start + HOUR, "ttv_ms": HOUR },
        ],
    });
    assert_eq!(ann, expected);
    let events = events.as_array().unwrap();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["track", "group", "identify", "track"]);
    let nobody = harness.ask("/api/users/nobody").await;
    assert_eq!(nobody.status, 404);
    let by_device = harness.ask("/api/users/anon-1").await.json();
    assert_eq!(by_device["user"], "ann@acme.com");
}

#[tokio::test]
async fn what_was_done_on_two_devices_before_signing_in_counts_for_one_user() {
    let harness = Harness::start();
    let start = NOW - 2 * DAY;
    let device = |id: &str, device: &str, event: &str, at: i64| json!({ "messageId": id, "anonymousId": device, "event": event, "timestamp": at });
    let signs_in = |id: &str, device: &str, at: i64| {
        json!({ "type": "identify", "messageId": id, "userId": "ann", "anonymousId": device,
                "timestamp": at })
    };
    for event in [
        device("1", "laptop", "page.looked", start),
        device("2", "phone", "page.looked", start + HOUR),
        device("3", "phone", "report.created", start + 2 * HOUR),
        signs_in("4", "laptop", start + 3 * HOUR),
        signs_in("5", "phone", start + 4 * HOUR),
        device("6", "phone", "page.looked", start + 5 * HOUR),
    ] {
        assert_eq!(harness.batch(&[event]).await.statuses(), ["ok"]);
    }
    let ann = harness.ask("/api/users/phone").await.json();
    assert_eq!(
        (&ann["user"], &ann["signup_at"], &ann["last_seen_at"]),
        (&json!("ann"), &json!(start), &json!(start + 5 * HOUR))
    );
    let milestone = &ann["milestones"][0];
    assert_eq!(milestone["reached_at"], start + 2 * HOUR);
    assert_eq!(milestone["ttv_ms"], 2 * HOUR);
    assert_eq!(ann["events"].as_array().unwrap().len(), 6);
    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(overview["users"]["total"], 1);
    assert_eq!(overview["events"]["total"], 6);
}

#[tokio::test]
async fn the_time_line_of_a_user_is_read_part_by_part() {
    let harness = with_ann().await;
    let start = NOW - 2 * DAY;
    // At one moment, so that the time alone does not say where to go on.
    for id in ["7", "8", "9"] {
        let sent = harness.batch(&[track(id, "ann@acme.com", id, start)]).await;
        assert_eq!(sent.statuses(), ["ok"]);
    }
    let mut read = Vec::new();
    let mut next = String::new();
    for length in [3, 3, 1] {
        let path = format!("/api/users/anon-1/events?limit=3{next}");
        let part = harness.ask(&path).await.json();
        let events = part["events"].as_array().unwrap();
        assert_eq!(events.len(), length);
        let name = |event: &Value| event["event"].as_str().map(str::to_owned);
        read.extend(events.iter().map(|event| name(event).unwrap_or_default()));
        next = format!("&before={}", part["next"].as_str().unwrap_or("-"));
    }
    assert_eq!(next, "&before=-", "that is all");
    assert_eq!(
        read,
        ["report.created", "", "", "9", "8", "7", "page.looked"]
    );
    let bob = harness.ask("/api/users/bob/events").await.json();
    assert_eq!(bob["events"].as_array().unwrap().len(), 1);
    for (path, status) in [
        ("nobody/events", 404),
        ("bob/events?before=x", 400),
        ("bob/events?limit=x", 400),
    ] {
        let answer = harness.ask(&format!("/api/users/{path}")).await;
        assert_eq!(answer.status, status, "{path}");
    }
}

fn lines(body: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(body).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn all_that_a_user_sent_can_be_had() {
    let harness = with_ann().await;
    let answer = harness.ask("/api/users/ann@acme.com/export").await;
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    let ids: Vec<_> = lines(&answer.body)
        .iter()
        .map(|line| line["messageId"].clone())
        .collect();
    assert_eq!(ids, ["1", "2", "3", "4"]);
    assert_eq!(harness.ask("/api/users/nobody/export").await.status, 404);
    let audit = harness.ask("/api/audit").await.json();
    let actions = audit["deeds"].as_array().unwrap().iter();
    let actions: Vec<_> = actions.map(|deed| &deed["action"]).collect();
    // The playbook was published at the start.
    assert_eq!(actions, ["export", "publish"]);
    assert!(!audit.to_string().contains("ann"), "{audit}");
}

#[tokio::test]
async fn a_short_export_is_whole_however_soon_it_ends() {
    let harness = with_ann().await;
    for round in 0..200 {
        let answer = harness.ask("/api/users/ann@acme.com/export").await;
        assert_eq!(lines(&answer.body).len(), 4, "round {round}");
    }
}

#[tokio::test]
async fn an_erased_user_is_in_no_answer() {
    let harness = with_ann().await;
    assert_eq!(
        harness.ask("/api/overview").await.json()["users"]["total"],
        2
    );
    let path = "/api/users/ann@acme.com";
    let erased = harness.send(Method::DELETE, path, &ADMIN, "").await;
    let expected = json!({
        "user": "ann@acme.com", "left": [], "events": 4, "refused": 1, "overwritten": true,
    });
    assert_eq!(erased.json(), expected);

    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(overview["users"]["total"], 1);
    assert_eq!(overview["milestones"][0]["reached"], 1);
    for path in [
        "/api/events",
        "/api/quarantine",
        "/api/audit",
        "/api/export",
        "/api/overview",
    ] {
        let answer = harness.ask(path).await;
        assert_eq!(answer.status, 200);
        let text = String::from_utf8(answer.body.to_vec()).unwrap();
        assert!(
            !text.contains("ann@acme.com") && !text.contains("anon-1"),
            "{path}: {text}"
        );
    }
    assert_eq!(harness.ask(path).await.status, 404);
    let again = harness.send(Method::DELETE, path, &ADMIN, "").await;
    assert_eq!(again.status, 404);
    let audit = harness.ask("/api/audit").await.json();
    let details: Vec<_> = audit["deeds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["detail"].clone())
        .collect();
    assert_eq!(
        details,
        ["0 events, 0 refused", "ndjson", "4 events, 1 refused", ""]
    );
}

/// Eve says that Ann is she.
async fn with_eve() -> Harness {
    let harness = with_ann().await;
    let alias = json!({
        "type": "alias", "messageId": "7", "userId": "eve", "previousId": "ann@acme.com",
        "timestamp": NOW - HOUR,
    });
    assert_eq!(harness.batch(&[alias]).await.statuses(), ["ok"]);
    harness
}

#[tokio::test]
async fn whoever_claims_to_be_somebody_gets_nothing_of_theirs() {
    let harness = with_eve().await;
    // What counts is what is said, as of events.
    let ann = harness.ask("/api/users/ann@acme.com").await.json();
    assert_eq!(ann["user"], "eve");
    let export = |path: &'static str| async {
        let answer = harness.ask(path).await;
        lines(&answer.body).len()
    };
    assert_eq!(export("/api/users/eve/export").await, 1);
    assert_eq!(export("/api/users/ann@acme.com/export").await, 4);
    assert_eq!(export("/api/users/eve/export?joined=true").await, 5);
    let odd = harness.ask("/api/users/eve/export?joined=perhaps").await;
    assert_eq!(odd.json()["error"]["code"], "invalid_query");

    let erased = harness
        .send(Method::DELETE, "/api/users/eve", &ADMIN, "")
        .await;
    let expected = json!({
        "user": "eve", "left": ["ann@acme.com", "anon-1"], "events": 1, "refused": 0,
        "overwritten": true,
    });
    assert_eq!(erased.json(), expected);
    let ann = harness.ask("/api/users/anon-1").await.json();
    assert_eq!(ann["user"], "ann@acme.com");
    assert_eq!(ann["milestones"][0]["ttv_ms"], HOUR);
}

#[tokio::test]
async fn an_operator_who_knows_erases_all_ids_of_a_person() {
    let harness = with_eve().await;
    let path = "/api/users/eve?joined=true";
    let erased = harness.send(Method::DELETE, path, &ADMIN, "").await;
    assert_eq!(
        (&erased.json()["left"], &erased.json()["events"]),
        (&json!([]), &json!(5))
    );
    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(overview["users"]["total"], 1);
    assert_eq!(overview["events"]["total"], 1);
}

#[tokio::test]
async fn who_is_erased_is_forgotten_even_if_nobody_waits_for_the_answer() {
    let harness = with_ann().await;
    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(overview["users"]["total"], 2);
    let mut erasing = Box::pin(harness.send(Method::DELETE, "/api/users/ann@acme.com", &ADMIN, ""));
    let begun = poll_fn(|context| Poll::Ready(erasing.as_mut().poll(context)));
    assert!(begun.await.is_pending());
    drop(erasing);
    while !harness
        .ask("/api/audit")
        .await
        .json()
        .to_string()
        .contains("erase")
    {
        tokio::task::yield_now().await;
    }
    // Whoever asks is told as soon as the collector knows, which is not later than a while.
    loop {
        let overview = harness.ask("/api/overview").await.json();
        if overview["users"]["total"] == 1 {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_start_goes_on_from_where_the_collector_stopped() {
    let harness = with_ann().await;
    let paths = [
        "/api/overview",
        "/api/users/ann@acme.com",
        "/api/guides",
        "/api/users",
        "/api/accounts",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(harness.ask(path).await.json());
    }
    let harness = harness.restart();
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(harness.ask(path).await.json(), *before, "{path}");
    }
}

#[tokio::test]
async fn all_events_can_be_had_in_every_form() {
    let harness = with_ann().await;
    let all = harness.ask("/api/export").await;
    assert_eq!(lines(&all.body).len(), 5);
    let name = all.header("content-disposition");
    assert_eq!(name, Some("attachment; filename=\"events.ndjson\""));
    let until = firstvalue_model::time::to_iso(NOW - 2 * DAY + 2);
    let some = harness.ask(&format!("/api/export?until={until}")).await;
    let ids: Vec<_> = lines(&some.body)
        .iter()
        .map(|line| line["messageId"].clone())
        .collect();
    assert_eq!(ids, ["1", "2", "6"]);
    let csv = harness.ask("/api/export?format=csv").await;
    assert!(csv.body.starts_with(b"message_id,user_id,type,"));
    let parquet = harness.ask("/api/export?format=parquet").await;
    assert!(parquet.body.starts_with(b"PAR1") && parquet.body.ends_with(b"PAR1"));
    for query in ["format=xls", "from=yesterday"] {
        let odd = harness.ask(&format!("/api/export?{query}")).await;
        assert_eq!(odd.json()["error"]["code"], "invalid_query", "{query}");
    }
}

#[tokio::test]
async fn a_sign_up_at_any_time_breaks_no_number() {
    let harness = Harness::start();
    for (n, at) in [
        json!(-1e300),
        json!(1e300),
        json!(i64::MIN),
        json!("0000-01-01"),
    ]
    .iter()
    .enumerate()
    {
        let user = format!("u{n}");
        let events = [
            json!({ "type": "identify", "userId": user, "traits": { "createdAt": at } }),
            json!({ "type": "group", "userId": user, "groupId": user, "traits": { "createdAt": at } }),
        ];
        harness.batch(&events).await;
        harness
            .batch(&[track(&user, &user, "report.created", NOW)])
            .await;
    }
    for path in [
        "/api/overview",
        "/api/users",
        "/api/accounts",
        "/api/users/u0",
        "/api/accounts/u2",
    ] {
        assert_eq!(harness.ask(path).await.status, 200, "{path}");
    }
    assert_eq!(harness.get("/healthz", &[]).await.status, 200);
}
