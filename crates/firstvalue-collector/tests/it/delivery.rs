use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{DAY, Harness, NOW};

const FIREFOX: (&str, &str) = (
    "user-agent",
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
);

/// What a browser sends of one of its pages.
async fn send(harness: &Harness, page: u32, numbers: &[u32], mode: &str) {
    let events = numbers.iter().map(|number| {
        let sequence = page * 1_000_000 + number;
        json!({
            "type": "track", "messageId": format!("m{sequence}"), "anonymousId": "d1", "event": "report.created",
            "timestamp": "2026-02-01T00:00:00Z", "context": { "sequence": sequence },
        })
    });
    let body = json!({ "writeKey": "wk_test", "batch": events.collect::<Vec<_>>() }).to_string();
    let headers = [FIREFOX, ("sec-fetch-mode", mode)];
    let answer = harness
        .send(Method::POST, "/v1/batch", &headers, body)
        .await;
    assert_eq!(answer.statuses(), vec!["ok"; numbers.len()]);
}

async fn delivery(harness: &Harness) -> Value {
    harness.ask("/api/delivery?days=10").await.json()
}

fn messages(delivered: u32, awaited: u32, lost: u32, loss: Option<f64>) -> Value {
    json!({ "delivered": delivered, "awaited": awaited, "lost": lost, "loss": loss })
}

fn way(transport: &str, mut messages: Value) -> Value {
    messages["browser"] = "Firefox".into();
    messages["transport"] = transport.into();
    messages
}

#[tokio::test]
async fn what_never_comes_is_awaited_and_then_lost_by_browser_and_transport() {
    static CLOCK: AtomicI64 = AtomicI64::new(NOW);
    let harness = Harness::with(|config| config.clock = || CLOCK.load(Ordering::Relaxed));
    let nothing = json!({
        "days": 10, "kept_for_ms": 7 * DAY, "all": messages(0, 0, 0, None), "ways": [],
    });
    assert_eq!(delivery(&harness).await, nothing);

    // Of a device's first page nothing is told: what it sent before may have been erased.
    send(&harness, 1, &[5], "cors").await;
    for (numbers, mode) in [
        (&[1, 2][..], "cors"),
        (&[3, 4, 5], "cors"),
        // A request with 6 and 7 does not come.
        (&[8, 9, 10], "no-cors"),
        // Nor is it known whether this is the last.
        (&[11], "cors"),
    ] {
        CLOCK.fetch_add(1_000, Ordering::Relaxed);
        send(&harness, 2, numbers, mode).await;
    }
    let found = delivery(&harness).await;
    assert_eq!(found["all"], messages(10, 2, 0, None));
    assert_eq!(
        found["ways"],
        json!([
            way("fetch", messages(7, 0, 0, None)),
            way("beacon", messages(3, 2, 0, None))
        ])
    );

    CLOCK.fetch_add(8 * DAY, Ordering::Relaxed);
    let found = delivery(&harness).await;
    // Of 1 to 10 it would be known; two of the ten are lost.
    assert_eq!(found["all"], messages(10, 0, 2, Some(0.2)));
    assert_eq!(
        found["ways"],
        json!([
            way("fetch", messages(7, 0, 0, Some(0.0))),
            way("beacon", messages(3, 0, 2, Some(0.4)))
        ])
    );

    // It is what a collector knows that has just started, too.
    let harness = harness.restart_with(|config| config.clock = || CLOCK.load(Ordering::Relaxed));
    assert_eq!(delivery(&harness).await, found);

    CLOCK.fetch_add(8 * DAY, Ordering::Relaxed);
    assert_eq!(delivery(&harness).await, nothing);
}

#[tokio::test]
async fn whole_days_are_asked_for() {
    let harness = Harness::start();
    assert_eq!(harness.ask("/api/delivery").await.json()["days"], 30);
    for odd in ["0", "-1", "x", "100000"] {
        let answer = harness.ask(&format!("/api/delivery?days={odd}")).await;
        assert_eq!(answer.json()["error"]["code"], "invalid_query", "{odd}");
    }
}
