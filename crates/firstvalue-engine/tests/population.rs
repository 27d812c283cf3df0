//! Many users and their accounts.
#![allow(clippy::expect_used, reason = "a test may fail")]

use firstvalue_engine::{Change, Population, Rules, compile};
use firstvalue_model::message::Message;
use firstvalue_model::playbook::{Milestone, Per};
use firstvalue_model::{Condition, Playbook};
use serde_json::json;

/// A milestone for users whose account pays.
fn rules() -> Rules {
    let query = json!({ "plan": "pro" })
        .as_object()
        .cloned()
        .expect("an object");
    let when = Condition::Account(query);
    let milestone = Milestone {
        per: Per::User,
        title: "Pays".to_owned(),
        when,
        target: None,
    };
    let milestones = [("pays".to_owned(), milestone)].into();
    compile(&Playbook {
        milestones,
        ..Playbook::default()
    })
    .rules
}

fn message(json: serde_json::Value) -> Message {
    serde_json::from_value(json).expect("a message")
}

fn group(user: &str, account: &str, traits: serde_json::Value) -> Message {
    message(json!({ "type": "group", "userId": user, "groupId": account, "traits": traits }))
}

fn reached(changes: &[(String, Change)]) -> Vec<(&str, i64)> {
    let at = |change: &Change| match *change {
        Change::Milestone { at, .. } | Change::Guide { at, .. } => at,
    };
    changes
        .iter()
        .map(|(user, change)| (user.as_str(), at(change)))
        .collect()
}

#[test]
fn a_change_of_an_accounts_traits_touches_all_its_users() {
    let (rules, mut population, mut changes) = (rules(), Population::new(), Vec::new());
    let log = [
        (1, group("ann", "acme", json!({ "plan": "trial" }))),
        (2, group("bob", "acme", json!({}))),
        (3, group("eve", "other", json!({ "plan": "trial" }))),
        (4, group("bob", "acme", json!({ "plan": "pro" }))),
        (5, group("eve", "acme", json!(null))),
    ];
    for (at, message) in &log {
        population.apply(&rules, message, *at, &mut changes);
    }
    assert_eq!(reached(&changes), [("ann", 4), ("bob", 4), ("eve", 5)]);
}

#[test]
fn who_has_left_an_account_is_not_touched_by_it() {
    let (rules, mut population, mut changes) = (rules(), Population::new(), Vec::new());
    population.apply(&rules, &group("ann", "acme", json!({})), 1, &mut changes);
    population.apply(&rules, &group("ann", "other", json!({})), 2, &mut changes);
    population.apply(
        &rules,
        &group("bob", "acme", json!({ "plan": "pro" })),
        3,
        &mut changes,
    );
    assert_eq!(reached(&changes), [("bob", 3)]);
}

#[test]
fn late_is_what_comes_after_time_has_passed_beyond_it_for_somebody_touched() {
    let (rules, mut population) = (rules(), Population::new());
    population.apply(
        &rules,
        &group("ann", "acme", json!({})),
        10,
        &mut Vec::new(),
    );
    population.apply(
        &rules,
        &group("bob", "acme", json!({})),
        20,
        &mut Vec::new(),
    );
    let track = message(json!({ "type": "track", "userId": "ann", "event": "x" }));
    assert!(population.is_late(&track, 9));
    assert!(!population.is_late(&track, 10));
    assert!(population.is_late(&group("ann", "acme", json!({ "plan": "pro" })), 15));
    assert_eq!(population.users_at(&rules, 1_000).count(), 2);
    assert!(!population.is_late(&track, 10), "looking lets no time pass");
}
