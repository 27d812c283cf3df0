use firstvalue_engine::State;
use serde_json::json;

use crate::harness::{DAY, HOUR, Harness, NOW, PLAYBOOK, playbook, track};

/// HMAC-SHA256 of `ann` with the harness's identity secret.
const HASH: &str = "25579878b3b6203f93682ecfc3a9332ac094d21988d348f95c063fc7796eb962";

#[tokio::test]
async fn a_browser_loads_what_other_devices_know_of_a_user() {
    let harness = Harness::start();
    let start = NOW - 2 * DAY;
    harness
        .batch(&[
            json!({ "type": "identify", "messageId": "1", "userId": "ann", "timestamp": start,
                    "traits": { "plan": "pro" } }),
            track("2", "ann", "report.created", start + HOUR),
        ])
        .await;
    let path = format!("/v1/state?key=wk_test&user=ann&hash={HASH}");
    let answer = harness
        .get(&path, &[("origin", "https://app.example")])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let rules = playbook(PLAYBOOK).rules;
    let state = State::load(&rules, &answer.body).unwrap();
    assert_eq!(state.milestone(0), Some(start + HOUR));
    assert_eq!((state.signup(), state.clock()), (Some(start), start + HOUR));
    assert_eq!(state.traits()["plan"], "pro");
}

#[tokio::test]
async fn nobody_gets_the_state_of_somebody_else() {
    let harness = Harness::start();
    harness
        .batch(&[track("1", "bob", "report.created", NOW)])
        .await;
    for (query, status) in [
        (format!("key=wk_test&user=bob&hash={HASH}"), 403),
        ("key=wk_test&user=bob".to_owned(), 403),
        ("key=wk_test&user=bob&hash=".to_owned(), 403),
        (format!("key=wk_other&user=ann&hash={HASH}"), 401),
        (format!("key=wk_test&user=ann&hash={HASH}"), 404),
        (String::new(), 401),
    ] {
        let answer = harness.get(&format!("/v1/state?{query}"), &[]).await;
        assert_eq!(answer.status, status, "{query}");
    }
    // Without a secret nobody can sign anything, not even with an empty one.
    let harness = Harness::with(|config| config.products[0].identity_secret = None);
    let path = format!("/v1/state?key=wk_test&user=ann&hash={HASH}");
    assert_eq!(harness.get(&path, &[]).await.status, 403);
}

#[tokio::test]
async fn who_claims_the_id_of_somebody_signed_in_is_told_nothing() {
    let harness = Harness::start();
    let identify = |id: &str, anonymous: &str| {
        json!({ "type": "identify", "messageId": id, "userId": "ann", "anonymousId": anonymous,
                "timestamp": NOW })
    };
    let anonymous = json!({ "type": "track", "messageId": "1", "anonymousId": "a1",
                            "event": "report.created", "timestamp": NOW });
    harness
        .batch(&[anonymous, track("2", "bob", "report.created", NOW)])
        .await;
    let path = format!("/v1/state?key=wk_test&user=ann&hash={HASH}");
    harness.batch(&[identify("3", "a1")]).await;
    assert_eq!(harness.get(&path, &[]).await.status, 200);
    harness.batch(&[identify("4", "bob")]).await;
    assert_eq!(harness.get(&path, &[]).await.status, 404);
}
