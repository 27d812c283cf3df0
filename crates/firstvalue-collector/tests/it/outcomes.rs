//! What accounts and users have achieved, by calendar month.

use std::collections::{BTreeMap, HashMap};

use firstvalue_model::time;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, Harness, NOW};

const PLAYBOOK: &str = "
version: 1
product: Ledgerly
outcomes:
  hours: { title: { en: Hours saved, de: Gesparte Stunden }, unit: h, value-of-one: { amount: 40, currency: EUR } }
  deals: {}
guides:
  saved: { kind: value-report, title: Saved }
";

/// HMAC-SHA256 of `acme` with `is_test:account`, and of `ann` with `is_test`.
const ACME: &str = "e726f19536df7ad5450dd2dbf6b7262322add740b7ac5379a588f5947db7b24b";
const ANN: &str = "25579878b3b6203f93682ecfc3a9332ac094d21988d348f95c063fc7796eb962";

fn start() -> Harness {
    Harness::with(|config| config.products[0].playbook = Some(PLAYBOOK.to_owned()))
}

/// What an id says of itself: of devices it is no user's.
fn by(id: &str) -> &'static str {
    if id.starts_with("device") {
        "anonymousId"
    } else {
        "userId"
    }
}

fn recorded(id: &str, user: &str, outcome: &str, value: Value, at: i64) -> Value {
    json!({ "type": "track", "messageId": id, by(user): user, "event": "outcome.recorded", "timestamp": at,
            "properties": { "outcome": outcome, "value": value } })
}

fn group(id: &str, user: &str, account: &str, at: i64) -> Value {
    json!({ "type": "group", "messageId": id, by(user): user, "groupId": account, "timestamp": at })
}

#[tokio::test]
async fn an_account_is_told_what_it_has_achieved() {
    let harness = start();
    harness
        .batch(&[
            group("1", "ann", "acme", NOW - 100 * DAY),
            // It is still January.
            recorded("2", "ann", "hours", json!(2.5), NOW - HOUR),
            recorded("3", "ann", "hours", json!(1), NOW - 32 * DAY),
            recorded("4", "ann", "deals", json!(-1), NOW - 32 * DAY),
            recorded("5", "ann", "nothing", json!(1), NOW - HOUR),
            recorded("6", "ann", "hours", json!("3"), NOW - HOUR),
            recorded("7", "bob", "hours", json!(4), NOW - HOUR),
        ])
        .await;
    let path = format!("/v1/outcomes?key=wk_test&account=acme&hash={ACME}");
    let answer = harness
        .get(&path, &[("origin", "https://app.example")])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let told = answer.json();
    let months = told["months"].as_array().unwrap();
    assert_eq!(
        (months.len(), &months[0], &months[11]),
        (12, &json!("2025-03"), &json!("2026-02"))
    );
    let sums = |december: f64, january: f64| {
        json!([
            0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, december, january, 0.0
        ])
    };
    let expected = json!([
        { "id": "deals", "title": { "": "deals" }, "unit": null, "value_of_one": null, "sums": sums(-1.0, 0.0) },
        { "id": "hours", "title": { "en": "Hours saved", "de": "Gesparte Stunden" }, "unit": { "": "h" },
          "value_of_one": { "amount": 40.0, "currency": "EUR" }, "sums": sums(1.0, 2.5) },
    ]);
    assert_eq!(told["outcomes"], expected);
    // Where it is February already.
    let told = harness
        .get(&format!("{path}&utcOffset=60"), &[])
        .await
        .json();
    assert_eq!(told["outcomes"][1]["sums"][11], 2.5);
    assert_eq!(
        harness.ask("/api/accounts/acme").await.json()["achieved"]["outcomes"],
        expected
    );

    // One person, of a product without accounts.
    let path = format!("/v1/outcomes?key=wk_test&user=ann&hash={ANN}");
    assert_eq!(harness.get(&path, &[]).await.json()["outcomes"], expected);
}

#[tokio::test]
async fn nobody_is_told_of_others() {
    let harness = start();
    for (query, status) in [
        (format!("key=wk_test&account=other&hash={ACME}"), 403),
        ("key=wk_test&account=acme".to_owned(), 403),
        (format!("key=wk_test&account=ann&hash={ANN}"), 403),
        (format!("key=wk_test&user=acme&hash={ACME}"), 403),
        // It is the account that is asked for.
        (format!("key=wk_test&account=acme&user=ann&hash={ANN}"), 403),
        (format!("key=wk_other&account=acme&hash={ACME}"), 401),
        (
            format!("key=wk_test&account=acme&hash={ACME}&utcOffset=x"),
            400,
        ),
        (
            format!("key=wk_test&account=acme&hash={ACME}&utcOffset=-1441"),
            400,
        ),
        (
            format!("key=wk_test&account=acme&hash={ACME}&utcOffset=-720"),
            200,
        ),
        ("key=wk_test".to_owned(), 403),
        (String::new(), 401),
    ] {
        let answer = harness.get(&format!("/v1/outcomes?{query}"), &[]).await;
        assert_eq!(answer.status, status, "{query}");
    }
    let harness = Harness::with(|config| config.products[0].identity_secret = None);
    let path = format!("/v1/outcomes?key=wk_test&account=acme&hash={ACME}");
    assert_eq!(harness.get(&path, &[]).await.status, 403);
}

/// Something that a client says, by whom, when, and with what.
#[derive(Debug, Clone)]
enum Said {
    Group(&'static str, i64, &'static str),
    Identify(&'static str, i64, &'static str),
    Recorded(&'static str, i64, &'static str, f64),
}

fn said() -> impl Strategy<Value = Said> {
    let devices = || select(vec!["device-1", "device-2", "device-3"]);
    let users = || select(vec!["ann", "bob", "cid"]);
    let who = || prop_oneof![devices(), users()];
    // Seldom at one moment, and some of it longer ago than is told.
    let at = || {
        prop_oneof![
            (0..14_i64).prop_map(|month| NOW - month * 30 * DAY),
            (0..400 * 24_i64).prop_map(|hour| NOW - hour * HOUR)
        ]
    };
    let accounts = select(vec!["acme", "other"]);
    let outcomes = select(vec!["hours", "deals", "none"]);
    prop_oneof![
        1 => (who(), at(), accounts).prop_map(|(who, at, account)| Said::Group(who, at, account)),
        1 => (users(), at(), devices()).prop_map(|(who, at, device)| Said::Identify(who, at, device)),
        3 => (who(), at(), outcomes, -20..80_i32).prop_map(|(who, at, outcome, quarters)| {
            Said::Recorded(who, at, outcome, f64::from(quarters) / 4.0)
        }),
    ]
}

fn message(number: usize, said: &Said) -> Value {
    let id = number.to_string();
    match *said {
        Said::Group(who, at, account) => group(&id, who, account, at),
        Said::Identify(who, at, device) => {
            json!({ "type": "identify", "messageId": id, "userId": who,
                                                   "anonymousId": device, "timestamp": at })
        }
        Said::Recorded(who, at, outcome, value) => recorded(&id, who, outcome, json!(value), at),
    }
}

/// The sums of `acme` by outcome and month, by going through everything.
fn naive(said: &[Said], offset: i64) -> BTreeMap<(String, String), f64> {
    let mut said: Vec<_> = said.iter().collect();
    said.sort_by_key(|said| match said {
        Said::Group(_, at, _) | Said::Identify(_, at, _) | Said::Recorded(_, at, ..) => *at,
    });
    let mut owners = HashMap::new();
    for said in &said {
        if let Said::Identify(user, _, device) = said {
            owners.entry(*device).or_insert(*user);
        }
    }
    let mut sums = BTreeMap::new();
    let mut accounts = HashMap::new();
    for said in said {
        match said {
            Said::Group(who, _, account) => {
                accounts.insert(owners.get(who).unwrap_or(who), account);
            }
            Said::Recorded(who, at, outcome, value) => {
                let account = accounts.get(owners.get(who).unwrap_or(who));
                if account == Some(&&"acme") {
                    let month = time::to_iso(at + offset * 60_000)[..7].to_owned();
                    *sums.entry(((*outcome).to_owned(), month)).or_insert(0.0) += value;
                }
            }
            Said::Identify(..) => {}
        }
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sums_are_those_that_one_gets_by_going_through_everything(
        said in vec(said(), 0..60),
        offset in select(vec![0_i64, 600, -720]),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let told = runtime.block_on(async {
            let harness = start();
            let messages: Vec<_> = said.iter().enumerate().map(|(number, said)| message(number, said)).collect();
            harness.batch(&messages).await;
            let path = format!("/v1/outcomes?key=wk_test&account=acme&hash={ACME}&utcOffset={offset}");
            harness.get(&path, &[]).await.json()
        });
        let naive = naive(&said, offset);
        for outcome in told["outcomes"].as_array().unwrap() {
            for (month, sum) in told["months"].as_array().unwrap().iter().zip(outcome["sums"].as_array().unwrap()) {
                let key = (outcome["id"].as_str().unwrap().to_owned(), month.as_str().unwrap().to_owned());
                prop_assert_eq!(sum.as_f64(), Some(naive.get(&key).copied().unwrap_or(0.0)), "{:?}", key);
            }
        }
    }
}
