//! Lists of users and accounts, one account, and how guides have gone.

use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, Harness, NOW, track};

const PLAYBOOK: &str = "
version: 1
product: Ledgerly
milestones:
  first-report: { title: First report, when: { did: report.created } }
  team: { per: account, title: Team, when: { users: { did: report.created }, count: { gte: 2 } } }
  quiet-team:
    per: account
    title: A day after
    when: { milestone: team, ago: { gte: 1d } }
stages:
  reporting: { title: Makes reports, when: { milestone: first-report } }
health:
  weights:
    - { name: Reports, weight: 3, score: { did: report.created, within: 7d } }
    - { name: Lately here, weight: 1, score: { number: { last: report.created }, from: 10d, to: 0d } }
    - { name: Satisfaction, weight: 4, score: { number: { user: nps }, from: 0, to: 10 } }
  account-weights:
    - { name: Reports, weight: 1, score: { users: { did: report.created }, count: { gte: 2 } } }
    - { name: Seats, weight: 1, score: { number: { account: seats }, from: 0, to: 8 } }
guides:
  welcome:
    kind: tour
    when: { not: { milestone: first-report } }
    steps: [ { title: Welcome, body: Hello }, { title: Reports, body: Make one } ]
";

fn group(id: &str, user: &str, account: &str, at: i64, traits: Value) -> Value {
    json!({ "type": "group", "messageId": id, "userId": user, "groupId": account, "timestamp": at,
            "traits": traits })
}

async fn with_accounts() -> Harness {
    let harness = Harness::with(|config| {
        config.products[0].playbook = Some(PLAYBOOK.to_owned());
    });
    let start = NOW - 3 * DAY;
    let sent = harness
        .batch(&[
            group("1", "ann", "acme", start, json!({ "plan": "trial" })),
            group("2", "bob", "acme", start + 1, json!({ "plan": "pro" })),
            group("3", "cid", "other", start + 2, json!({})),
            track("4", "ann", "report.created", start + HOUR),
            track("5", "bob", "report.created", start + 2 * HOUR),
        ])
        .await;
    assert_eq!(sent.statuses(), ["ok"; 5]);
    harness
}

#[tokio::test]
async fn an_account_is_shown_with_its_users_and_what_they_did() {
    let harness = with_accounts().await;
    let start = NOW - 3 * DAY;
    let mut acme = harness.ask("/api/accounts/acme").await.json();
    let (users, events) = (acme["users"].take(), acme["events"].take());
    assert_eq!(acme["achieved"]["outcomes"], json!([]));
    for apart in ["achieved", "health"] {
        acme.as_object_mut().unwrap().remove(apart);
    }
    let team =
        |id: &str, after: i64| json!({ "id": id, "reached_at": start + after, "ttv_ms": after });
    let reached = json!([team("quiet-team", 2 * HOUR + DAY), team("team", 2 * HOUR)]);
    assert_eq!(
        acme,
        json!({ "account": "acme", "traits": { "plan": "pro" }, "signup_at": start,
                "milestones": reached, "users": null, "events": null })
    );
    assert_eq!(
        users[0],
        json!({ "user": "ann", "account": "acme", "signup_at": start, "last_seen_at": start + HOUR,
                "stage": "reporting", "milestones": ["first-report"] })
    );
    assert_eq!(
        (users[1]["user"].as_str(), users.as_array().unwrap().len()),
        (Some("bob"), 2)
    );
    assert_eq!(events[0]["event"], "report.created");
    assert_eq!(events.as_array().unwrap().len(), 4);
    assert_eq!(harness.ask("/api/accounts/nobody").await.status, 404);

    let accounts = harness.ask("/api/accounts").await.json();
    assert_eq!(accounts["accounts"][0]["users"], 2);
    assert_eq!(accounts["accounts"][0]["milestones"], reached);
    assert_eq!(accounts["accounts"][1]["account"], "other");
    assert_eq!(accounts["next"], Value::Null);
}

#[tokio::test]
async fn a_milestone_of_accounts_says_which_have_reached_it_and_how_soon() {
    let harness = with_accounts().await;
    let overview = harness.ask("/api/overview").await.json();
    let figures = |id: &str| {
        let mut milestones = overview["milestones"].as_array().unwrap().iter();
        let one = milestones.find(|one| one["id"] == id).unwrap();
        json!([
            one["per"],
            one["reached"],
            one["users"],
            one["ttv"]["median_ms"]
        ])
    };
    let order = overview["milestones"].as_array().unwrap().iter();
    let order: Vec<_> = order.map(|one| one["id"].as_str().unwrap()).collect();
    // Both of accounts were reached by one, and a team has to be there before it can be quiet.
    assert_eq!(order, ["first-report", "team", "quiet-team"]);
    let reporting = json!([{ "id": "reporting", "title": "Makes reports" }]);
    assert_eq!(overview["stages"], reporting);
    assert_eq!(figures("team"), json!(["account", 1, 2, 2 * HOUR]));
    // By waiting, without an event.
    let quiet = json!(["account", 1, 2, 2 * HOUR + DAY]);
    assert_eq!(figures("quiet-team"), quiet);
    // Bob came a millisecond after Ann.
    let first = json!(["user", 2, 3, 2 * HOUR - 1]);
    assert_eq!(figures("first-report"), first);

    let reached = harness.ask("/api/milestones/team/accounts").await.json();
    let acme =
        json!({ "account": "acme", "reached_at": NOW - 3 * DAY + 2 * HOUR, "ttv_ms": 2 * HOUR });
    assert_eq!(reached, json!({ "accounts": [acme], "next": null }));
    harness
        .batch(&[
            group("6", "dot", "third", NOW - DAY, json!({})),
            group("7", "eve", "third", NOW - DAY, json!({})),
            track("8", "dot", "report.created", NOW - DAY),
            track("9", "eve", "report.created", NOW - DAY + HOUR),
        ])
        .await;
    let first = "/api/milestones/team/accounts?limit=1";
    let first_part = harness.ask(first).await.json();
    assert_eq!(first_part, json!({ "accounts": [acme], "next": "acme" }));
    let rest = harness.ask(&format!("{first}&after=acme")).await.json();
    assert_eq!(
        rest,
        json!({ "accounts": [
            { "account": "third", "reached_at": NOW - DAY + HOUR, "ttv_ms": HOUR }], "next": null })
    );

    for path in ["team/users", "first-report/accounts", "no-such/accounts"] {
        let missing = harness.ask(&format!("/api/milestones/{path}")).await;
        assert_eq!(missing.status, 404, "{path}");
    }
}

#[tokio::test]
async fn lists_are_read_part_by_part() {
    let harness = with_accounts().await;
    for (path, list, name, expected) in [
        ("/api/users", "users", "user", vec!["ann", "bob", "cid"]),
        (
            "/api/accounts",
            "accounts",
            "account",
            vec!["acme", "other"],
        ),
    ] {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let part = harness
                .ask(&format!("{path}?limit=1&after={after}"))
                .await
                .json();
            let one = part[list][0][name].as_str().unwrap();
            found.push(one.to_owned());
            match part["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(found, expected);
        assert_eq!(harness.ask(&format!("{path}?limit=x")).await.status, 400);
    }
}

#[tokio::test]
async fn guides_say_where_and_why_they_ended() {
    let harness = with_accounts().await;
    let report = |id: &str, user: &str, event: &str, properties: Value| {
        let mut event = track(id, user, event, NOW - HOUR);
        event["properties"] = properties;
        event["properties"]["guide"] = json!("welcome");
        event
    };
    harness
        .batch(&[
            report("11", "ann", "guide.shown", json!({ "step": 0 })),
            report("12", "ann", "guide.step_shown", json!({ "step": 1 })),
            report(
                "13",
                "ann",
                "guide.failed",
                json!({ "step": 1, "reason": "missing" }),
            ),
            report("14", "bob", "guide.shown", json!({ "step": 0 })),
            report("15", "bob", "guide.dismissed", json!({ "step": 0 })),
            report("16", "cid", "guide.withheld", json!({})),
        ])
        .await;
    let guides = harness.ask("/api/guides").await.json();
    assert_eq!(
        guides,
        json!({ "guides": [{
            "id": "welcome", "title": "Welcome", "kind": "tour", "eligible": 1, "shown": 2,
            "completed": 0, "dismissed": 1, "snoozed": 0, "failed": 1, "withheld": 1,
            "steps": [
                { "title": "Welcome", "shown": 2, "ended": [{ "reason": "dismissed", "users": 1 }] },
                { "title": "Reports", "shown": 1, "ended": [{ "reason": "missing", "users": 1 }] },
            ],
        }] })
    );
    let met = |shown: u16, withheld: u16, dismissed: bool| {
        json!([{ "id": "welcome", "title": "Welcome", "shown": shown, "withheld": withheld,
                 "completed": false, "dismissed": dismissed, "snoozed": false }])
    };
    for (user, expected) in [
        ("ann", met(1, 0, false)),
        ("bob", met(1, 0, true)),
        ("cid", met(0, 1, false)),
    ] {
        let known = harness.ask(&format!("/api/users/{user}")).await.json();
        assert_eq!(known["guides"], expected, "{user}");
    }
}

#[tokio::test]
async fn health_is_what_it_is_made_of() {
    let harness = with_accounts().await;
    let seats = group(
        "6",
        "cid",
        "other",
        NOW - DAY,
        json!({ "plan": "pro", "seats": 2 }),
    );
    assert_eq!(harness.batch(&[seats]).await.statuses(), ["ok"]);
    // Two days and 22 hours of ten days have gone by, though nothing has happened in them.
    let since = 3 * DAY - 2 * HOUR;
    let lately = 25.0 * (1.0 - since as f64 / (10 * DAY) as f64);
    let bob = harness.ask("/api/users/bob").await.json();
    let near = |of: &Value, expected: f64| {
        let of = of.as_f64().unwrap();
        assert!((of - expected).abs() < 1e-9, "{of} {expected}");
    };
    near(&bob["health"]["score"], 75.0 + lately);
    near(&bob["health"]["parts"][1]["points"], lately);
    let mut parts = bob["health"]["parts"].clone();
    parts[1]["points"] = json!(null);
    assert_eq!(
        parts,
        json!([
            { "name": "Reports", "points": 75.0, "of_points": 75.0, "value": 1.0, "unit": "condition" },
            { "name": "Lately here", "points": null, "of_points": 25.0, "value": since as f64, "unit": "milliseconds" },
            { "name": "Satisfaction", "points": null, "of_points": null, "value": null, "unit": "number" },
        ])
    );

    let accounts = harness.ask("/api/accounts").await.json();
    let scores = accounts["accounts"].as_array().unwrap().iter();
    let scores: Vec<_> = scores.map(|account| &account["health"]).collect();
    assert_eq!(scores, [&json!(100.0), &json!(12.5)]);
    let other = harness.ask("/api/accounts/other").await.json();
    assert_eq!(
        other["health"]["parts"][1],
        json!({ "name": "Seats", "points": 12.5, "of_points": 50.0, "value": 2.0, "unit": "number" })
    );
    let overview = harness.ask("/api/overview").await.json();
    assert_eq!(
        overview["health"],
        json!({ "of_users": true, "of_accounts": true })
    );
}
