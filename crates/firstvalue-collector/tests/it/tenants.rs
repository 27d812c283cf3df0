//! Several products in one collector, which know nothing of each other.

use axum::http::Method;
use firstvalue_collector::{ProductConfig, Secret, WriteKey};
use serde_json::{Value, json};

use crate::harness::{Harness, NOW, track};

const OTHER: [(&str, &str); 1] = [("authorization", "Bearer at_other")];

fn two() -> Harness {
    Harness::with_stores(|config, stores| {
        config.products.push(ProductConfig {
            store: stores.open("other"),
            playbook: Some("version: 1\nproduct: Other\n".to_owned()),
            write_keys: vec![
                WriteKey::new(Secret::new("wk_other")),
                WriteKey::new(Secret::new("wk_third")),
            ],
            admin_tokens: vec![Secret::new("at_other")],
            identity_secret: None,
            keep_days: None,
        });
    })
}

#[tokio::test]
async fn each_product_has_its_own_events_playbook_and_people() {
    let harness = two();
    let event = |id: &str| track(id, "u1", "report.created", NOW);
    let sent = async |key: &str, id: &str| {
        let body = json!({ "writeKey": key, "batch": [event(id)] });
        harness.post("/v1/batch", body).await.statuses()
    };
    assert_eq!(sent("wk_test", "1").await, ["ok"]);
    // An id is known to one product only; all keys of a product are alike.
    assert_eq!(sent("wk_other", "1").await, ["ok"]);
    assert_eq!(sent("wk_third", "1").await, ["duplicate"]);
    assert_eq!(sent("wk_third", "2").await, ["ok"]);

    let total = |overview: Value| {
        (
            overview["product"].clone(),
            overview["events"]["total"].clone(),
        )
    };
    let first = harness.ask("/api/overview").await.json();
    assert_eq!(total(first), (json!("Ledgerly"), json!(1)));
    let second = harness.get("/api/overview", &OTHER).await.json();
    assert_eq!(total(second), (json!("Other"), json!(2)));
    let playbook = async |key: &str| {
        harness
            .get(&format!("/v1/playbook?key={key}"), &[])
            .await
            .body
    };
    assert_ne!(playbook("wk_test").await, playbook("wk_other").await);

    // To erase somebody here leaves them there.
    let erased = harness
        .send(Method::DELETE, "/api/users/u1", &OTHER, "")
        .await;
    assert_eq!(erased.json()["events"], 2);
    assert_eq!(harness.events().await.len(), 1);
    assert_eq!(harness.get("/api/users/u1", &OTHER).await.status, 404);
    for (path, mine, theirs) in [("/api/audit", 1, 2), ("/api/quarantine", 0, 0)] {
        let count = |answer: Value| {
            let lists = answer.as_object().unwrap().values();
            lists
                .map(|list| list.as_array().unwrap().len())
                .sum::<usize>()
        };
        assert_eq!(count(harness.ask(path).await.json()), mine, "{path}");
        assert_eq!(
            count(harness.get(path, &OTHER).await.json()),
            theirs,
            "{path}"
        );
    }
    let metrics = async |headers: &[(&str, &str)]| {
        let body = harness.get("/metrics", headers).await.body;
        let text = String::from_utf8(body.to_vec()).unwrap();
        let line = text
            .lines()
            .find(|line| line.contains(r#"events_total{fate="ok"}"#));
        line.unwrap().to_owned()
    };
    assert_eq!(
        metrics(&[("authorization", "Bearer at_test")]).await,
        r#"firstvalue_events_total{fate="ok"} 1"#
    );
    assert_eq!(
        metrics(&OTHER).await,
        r#"firstvalue_events_total{fate="ok"} 2"#
    );
    let ready = harness.get("/readyz", &[]).await.json();
    assert_eq!(ready["products"].as_array().unwrap().len(), 2);
}
