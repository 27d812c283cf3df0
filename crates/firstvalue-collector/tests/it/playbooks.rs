//! Versions of the playbook: publishing, going back, and deciding anew while everything goes on.

use serde_json::{Value, json};

use crate::harness::{DAY, Harness, NOW, PLAYBOOK, track};

const NEW: &str = "
version: 1
product: Ledgerly
milestones:
  shared: { title: Shared, when: { did: report.shared } }
";

/// The versions, and the one in force, once nothing is being decided anew any more.
async fn settled(harness: &Harness) -> Value {
    loop {
        let playbooks = harness.ask("/api/playbooks").await.json();
        if playbooks["recomputing"].is_null() {
            return playbooks;
        }
        tokio::task::yield_now().await;
    }
}

async fn milestones(harness: &Harness) -> Vec<(String, i64)> {
    let overview = harness.ask("/api/overview").await.json();
    let milestones = overview["milestones"].as_array().unwrap().iter();
    milestones
        .map(|one| {
            let id = one["id"].as_str().unwrap().to_owned();
            (id, one["reached"].as_i64().unwrap())
        })
        .collect()
}

fn named(milestones: &[(&str, i64)]) -> Vec<(String, i64)> {
    let milestones = milestones.iter();
    milestones.map(|(id, n)| ((*id).to_owned(), *n)).collect()
}

#[tokio::test]
async fn a_playbook_is_published_taken_up_and_taken_back() {
    let harness = Harness::start();
    let events = [
        track("1", "u1", "report.created", NOW - 9 * DAY),
        track("2", "u2", "report.shared", NOW - 9 * DAY),
    ];
    harness.batch(&events).await;
    let old = named(&[("first-report", 1), ("quiet", 1)]);
    assert_eq!(milestones(&harness).await, old);
    let loaded = harness.get("/v1/playbook?key=wk_test", &[]).await;

    let answer = harness
        .command("/api/playbooks?note=shorter%20now", NEW)
        .await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["version"]),
        (201, &json!(2))
    );
    let reloaded = harness.get("/v1/playbook?key=wk_test", &[]).await;
    assert_ne!(loaded.header("etag"), reloaded.header("etag"));
    let playbooks = settled(&harness).await;
    assert_eq!(playbooks["in_force"], 2);
    assert_eq!(milestones(&harness).await, named(&[("shared", 1)]));

    // Events that come then count under the new one, late ones too.
    harness
        .batch(&[track("3", "u1", "report.shared", NOW - 10 * DAY)])
        .await;
    assert_eq!(milestones(&harness).await, named(&[("shared", 2)]));

    let restored = harness.command("/api/playbooks/1/restore", "").await;
    assert_eq!(
        (restored.status.as_u16(), &restored.json()["version"]),
        (201, &json!(3))
    );
    let playbooks = settled(&harness).await;
    assert_eq!(milestones(&harness).await, old);
    let kept: Vec<_> = playbooks["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kept| {
            (
                &kept["version"],
                kept["actor"].as_str().unwrap(),
                &kept["note"],
            )
        })
        .collect();
    let token = kept[0].1;
    assert!(token.starts_with("token "), "{token}");
    assert_eq!(
        kept,
        [
            (&json!(3), token, &json!("version 1 again")),
            (&json!(2), token, &json!("shorter now")),
            (&json!(1), "file", &json!("")),
        ]
    );
    let audit = harness.ask("/api/audit").await.json();
    assert_eq!(
        (&audit["deeds"][1]["action"], &audit["deeds"][1]["subject"]),
        (&json!("publish"), &json!("playbook version 2"))
    );
    let shown = harness.ask("/api/playbooks/2").await.json();
    assert_eq!(shown["text"], NEW);
}

#[tokio::test]
async fn what_was_published_stays_in_force_until_the_file_is_another_one() {
    let harness = Harness::start();
    harness.command("/api/playbooks", NEW).await;
    // The file is what it was at the first start.
    let harness = harness.restart();
    assert_eq!(harness.ask("/api/playbooks").await.json()["in_force"], 2);
    assert_eq!(milestones(&harness).await, named(&[("shared", 0)]));

    let harness = harness.restart_with(|config| {
        config.products[0].playbook = Some(format!("{PLAYBOOK}\n# changed\n"));
    });
    assert_eq!(harness.ask("/api/playbooks").await.json()["in_force"], 3);
    assert_eq!(
        milestones(&harness).await,
        named(&[("first-report", 0), ("quiet", 0)])
    );
    let harness = harness.restart_with(|config| config.products[0].playbook = None);
    assert_eq!(harness.ask("/api/playbooks").await.json()["in_force"], 3);
}

#[tokio::test]
async fn a_playbook_with_errors_is_refused_with_their_places() {
    let harness = Harness::start();
    let broken = "version: 1\nproduct: X\nmilestone: {}\n";
    let checked = harness.command("/api/playbooks/check", broken).await.json();
    assert_eq!(checked["ok"], false);
    let problem = &checked["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["column"], &problem["severity"]),
        (&json!(3), &json!(1), &json!("error"))
    );
    let answer = harness.command("/api/playbooks", broken).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (422, checked));
    assert_eq!(harness.ask("/api/playbooks").await.json()["in_force"], 1);

    let fine = harness
        .command("/api/playbooks/check", PLAYBOOK)
        .await
        .json();
    assert_eq!(fine["ok"], true);
    let long = format!("/api/playbooks?note={}", "x".repeat(501));
    assert_eq!(harness.command(&long, NEW).await.status, 400);
    let huge = " ".repeat(3 << 20);
    assert_eq!(harness.command("/api/playbooks", &huge).await.status, 413);
}

#[tokio::test]
async fn who_was_erased_meanwhile_is_not_in_the_new_numbers() {
    let harness = Harness::start();
    for user in 0..40 {
        let event = track(
            &user.to_string(),
            &format!("u{user}"),
            "report.shared",
            NOW - DAY,
        );
        harness.batch(&[event]).await;
    }
    harness.command("/api/playbooks", NEW).await;
    let headers = [("authorization", "Bearer at_test")];
    let erased = harness
        .send(axum::http::Method::DELETE, "/api/users/u7", &headers, "")
        .await;
    assert_eq!(erased.status, 200);
    settled(&harness).await;
    assert_eq!(milestones(&harness).await, named(&[("shared", 39)]));
}

#[tokio::test]
async fn events_are_taken_while_everything_is_decided_anew() {
    let harness = Harness::start();
    let users = |from: i64| {
        (from..from + 500)
            .map(|n| track(&n.to_string(), &format!("u{n}"), "report.shared", NOW - DAY))
    };
    harness.batch(&users(0).collect::<Vec<_>>()).await;
    // One replaces the other before it is done, perhaps.
    for from in 1..4 {
        harness.command("/api/playbooks", NEW).await;
        harness.command("/api/playbooks", PLAYBOOK).await;
        let answer = harness.batch(&users(from * 500).collect::<Vec<_>>()).await;
        assert!(answer.statuses().iter().all(|status| status == "ok"));
    }
    harness.command("/api/playbooks", NEW).await;
    settled(&harness).await;
    assert_eq!(milestones(&harness).await, named(&[("shared", 2_000)]));
    let ready = harness.get("/readyz", &[]).await.json();
    assert_eq!(
        (
            &ready["products"][0]["queries"],
            &ready["products"][0]["read"]
        ),
        (&json!("ok"), &json!(null))
    );
}
