//! Many users and their accounts.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::collections::BTreeSet;

use firstvalue_engine::{Call, Change, Decision, Population, Rules, State, compile};
use firstvalue_model::message::Message;
use firstvalue_model::source;
use serde_json::json;

const DAY: i64 = 86_400_000;

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
fn what_is_known_of_an_account_already_touches_nobody_else() {
    for rules in [
        for_payers(),
        rules(
            "milestones: { two: { per: account, when: { users: { did: a }, count: { gte: 2 } } } }",
        ),
    ] {
        let mut population = Population::new();
        let mut say = |at, user: &str, traits| {
            let message = group(user, "acme", traits);
            let call = Call::of(&message, at).expect("somebody");
            population.apply(&rules, &call, &mut Vec::new());
            population.user("ann").expect("ann").clock()
        };
        assert_eq!(say(1, "ann", json!({ "plan": "trial", "seats": 3 })), 1);
        assert_eq!(say(2, "bob", json!({ "seats": 3, "plan": "trial" })), 1);
        assert_eq!(say(3, "bob", json!({})), 1);
        assert_eq!(say(4, "bob", json!({ "seats": 4 })), 4);
    }
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
        let message = group(user, "acme", json!({ "plan": "trial" }));
        let call = Call::of(&message, at).expect("somebody");
        population.apply(&rules, &call, &mut Vec::new());
    }
    let is_late = |message: &Message, at| {
        population.is_late(&rules, &Call::of(message, at).expect("somebody"))
    };
    assert!(is_late(&track("ann", "x"), 9));
    assert!(!is_late(&track("ann", "x"), 10));
    assert!(is_late(&group("ann", "acme", json!({ "plan": "pro" })), 15));
    assert!(is_late(&group("eve", "acme", json!({})), 15));
    assert_eq!(population.users_at(&rules, 1_000).len(), 2);
    assert!(
        !is_late(&track("ann", "x"), 10),
        "looking lets no time pass"
    );
    let call = (30, track("bob", "x"));
    let call = Call::of(&call.1, call.0).expect("somebody");
    population.apply(&rules, &call, &mut Vec::new());
    for (plan, late) in [("pro", true), ("trial", false)] {
        let message = group("ann", "acme", json!({ "plan": plan }));
        let call = Call::of(&message, 25).expect("somebody");
        assert_eq!(population.is_late(&rules, &call), late, "{plan}");
    }
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

#[test]
fn looking_at_one_shows_what_looking_at_all_does() {
    let accounts = "milestones: {
        quiet: { title: Quiet, when: { last: a.done, ago: { gte: 2d } } },
        team: { per: account, title: Team, when: { users: { milestone: quiet }, count: { gte: 2 } } },
        in-team: { title: In a team, when: { milestone: team, ago: { gte: 1d } } } }";
    let alone = "milestones: { quiet: { title: Quiet, when: { last: a.done, ago: { gte: 2d } } } }";
    let log = [
        (0, group("ann", "acme", json!({ "plan": "pro" }))),
        (1, group("bob", "acme", json!({}))),
        (2, group("eve", "other", json!({}))),
        (3, track("ann", "a.done")),
        (4, track("eve", "a.done")),
        (5, track("zoe", "a.done")),
        (DAY, track("bob", "a.done")),
    ];
    for (playbook, expected) in [(accounts, [0, 3, 4, 6, 6]), (alone, [0, 3, 4, 4, 4])] {
        let rules = rules(playbook);
        let mut population = Population::new();
        for (at, message) in &log {
            let call = Call::of(message, *at).expect("somebody");
            population.apply(&rules, &call, &mut Vec::new());
        }
        let reached = |state: &State| {
            (0..rules.milestones.len())
                .map(|milestone| state.milestone(milestone))
                .collect::<Vec<_>>()
        };
        for (days, expected) in (1..).zip(expected) {
            let now = days * DAY + 10;
            let mut all = 0;
            for (id, state) in population.users_at(&rules, now) {
                let one = population.user_at(&rules, id, now).expect("a user");
                assert_eq!(
                    (reached(&one), one.traits()),
                    (reached(&state), state.traits()),
                    "{id} after {days}"
                );
                assert_eq!(one.account_traits(), state.account_traits());
                all += reached(&one).iter().flatten().count();
            }
            for (id, state) in population.at(&rules, now).accounts() {
                let one = population.account_at(&rules, id, now).expect("an account");
                assert_eq!(
                    one.accounts()
                        .map(|(id, state)| (id, reached(state)))
                        .collect::<Vec<_>>(),
                    [(id, reached(state))]
                );
                let users =
                    |of: &Population| of.users_of(id).map(str::to_owned).collect::<BTreeSet<_>>();
                assert_eq!(users(&one), users(&population));
            }
            assert_eq!(all, expected, "after {days}");
        }
        assert!(population.user_at(&rules, "nobody", DAY).is_none());
        assert!(population.account_at(&rules, "nobody", DAY).is_none());
    }
}
