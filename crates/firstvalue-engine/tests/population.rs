//! Many users and their accounts.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use firstvalue_engine::{Call, Change, Decision, Population, Rules, compile};
use firstvalue_model::message::Message;
use firstvalue_model::source;
use serde_json::json;

fn rules(sections: &str) -> Rules {
    let read = source::read(&format!("version: 1\nproduct: Test\n{sections}"));
    compile(&read.playbook.expect("a playbook without mistakes")).rules
}

/// A milestone for users whose account pays.
fn for_payers() -> Rules {
    rules("milestones: { pays: { title: Pays, when: { account: { plan: pro } } } }")
}

fn message(json: serde_json::Value) -> Message {
    serde_json::from_value(json).expect("a message")
}

fn group(user: &str, account: &str, traits: serde_json::Value) -> Message {
    message(json!({ "type": "group", "userId": user, "groupId": account, "traits": traits }))
}

fn track(user: &str, event: &str) -> Message {
    message(json!({ "type": "track", "userId": user, "event": event }))
}

/// What comes of a log: who reached a milestone, or became eligible (`+`) or ceased to be (`-`)
/// for a guide, when.
fn replay(rules: &Rules, log: &[(i64, Message)], until: i64) -> Vec<String> {
    let (mut population, mut decisions) = (Population::new(), Vec::new());
    for (at, message) in log {
        let call = Call::of(message, *at).expect("somebody");
        population.apply(rules, &call, &mut decisions);
    }
    population.advance(rules, until, &mut decisions);
    let said = |Decision { subject, change }: &Decision| {
        let who = population.name(*subject);
        match *change {
            Change::Milestone { milestone, at, .. } => {
                format!("{at} {who} {}", rules.milestones[milestone].id)
            }
            Change::Guide {
                guide,
                at,
                eligible,
            } => {
                let sign = if eligible { '+' } else { '-' };
                format!("{at} {who} {sign}{}", rules.guides[guide].id)
            }
        }
    };
    decisions.iter().map(said).collect()
}

#[test]
fn a_change_of_an_accounts_traits_touches_all_its_users() {
    let log = [
        (1, group("ann", "acme", json!({ "plan": "trial" }))),
        (2, group("bob", "acme", json!({}))),
        (3, group("eve", "other", json!({ "plan": "trial" }))),
        (4, group("bob", "acme", json!({ "plan": "pro" }))),
        (5, group("eve", "acme", json!(null))),
    ];
    let expected = ["4 ann pays", "4 bob pays", "5 eve pays"];
    assert_eq!(replay(&for_payers(), &log, 5), expected);
}

#[test]
fn who_has_left_an_account_is_not_touched_by_it() {
    let log = [
        (1, group("ann", "acme", json!({}))),
        (2, group("ann", "other", json!({}))),
        (3, group("bob", "acme", json!({ "plan": "pro" }))),
    ];
    assert_eq!(replay(&for_payers(), &log, 3), ["3 bob pays"]);
}

#[test]
fn late_is_what_comes_after_time_has_passed_beyond_it_for_somebody_touched() {
    let (rules, mut population) = (for_payers(), Population::new());
    for (at, user) in [(10, "ann"), (20, "bob")] {
        let message = group(user, "acme", json!({}));
        let call = Call::of(&message, at).expect("somebody");
        population.apply(&rules, &call, &mut Vec::new());
    }
    let is_late = |message: &Message, at| {
        population.is_late(&rules, &Call::of(message, at).expect("somebody"))
    };
    assert!(is_late(&track("ann", "x"), 9));
    assert!(!is_late(&track("ann", "x"), 10));
    assert!(is_late(&group("ann", "acme", json!({ "plan": "pro" })), 15));
    assert_eq!(population.users_at(&rules, 1_000).len(), 2);
    assert!(
        !is_late(&track("ann", "x"), 10),
        "looking lets no time pass"
    );
}

#[test]
fn the_health_of_an_account_may_measure_what_no_condition_looks_at() {
    let rules = rules(
        "health: { account-weights: [ { name: Fresh, weight: 1, \
        score: { number: { did: report.created }, from: 0, to: 2 } } ] }",
    );
    let log = [
        (0, group("ann", "acme", json!({}))),
        (1, track("ann", "report.created")),
        (51, track("ann", "other")),
    ];
    let mut population = Population::new();
    for (at, message) in &log {
        let call = Call::of(message, *at).expect("somebody");
        population.apply(&rules, &call, &mut Vec::new());
    }
    let (_, acme) = population.accounts().next().expect("an account");
    assert_eq!(acme.health(&rules).expect("a score").score, 50.0);
}
