//! What is about accounts and not about users, and the other way round.

use super::good;
use crate::playbook::Per;
use crate::source::{Severity, read};
use crate::time::DAY;
use crate::{Comparison, Condition, EventMatch, Measure};

fn event(name: &str) -> EventMatch {
    EventMatch {
        name: name.to_owned(),
        query: None,
    }
}

#[test]
fn a_milestone_of_accounts_counts_users() {
    let playbook = good(
        "version: 1\nproduct: Ledgerly\nmilestones:\n  team-active:\n    \
         when: { users: { did: report.created, within: 14d }, count: { gte: 3 } }\n    \
         target: 14d\n    per: account\n",
    );
    let team = &playbook.milestones["team-active"];
    assert_eq!((team.per, team.target), (Per::Account, Some(14 * DAY)));
    let created = Condition::Did {
        event: event("report.created"),
        measure: Measure::Times,
        is: Comparison::at_least(1.0),
        within: Some(14 * DAY),
    };
    let when = Condition::Users {
        of: Box::new(created),
        count: Comparison::at_least(3.0),
    };
    assert_eq!(team.when, when);
}

/// The errors about a condition on accounts and about the same condition on users.
fn errors(condition: &str) -> [usize; 2] {
    ["account", "user"].map(|per| {
        let text = format!(
            "version: 1\nproduct: Ledgerly\naudiences:\n  \
             admins: {{ user: {{ role: admin }} }}\n  \
             starters: {{ not: {{ milestone: of-users }} }}\n  \
             nested: {{ all: [ {{ audience: payers }}, {{ any: [ {{ audience: admins }} ] }} ] }}\n  \
             payers: {{ account: {{ plan: pro }} }}\n  \
             active: {{ all: [ {{ audience: payers }}, {{ milestone: of-accounts }} ] }}\n  \
             teams: {{ users: {{ user: {{ role: admin }} }}, count: {{ gte: 3 }} }}\n\
             milestones:\n  of-users: {{ when: {{ did: report.created }} }}\n  \
             of-accounts: {{ per: account, when: {{ did: report.created }} }}\n  \
             tested: {{ per: {per}, when: {condition} }}\n\
             guides:\n  welcome: {{ kind: modal, steps: [ {{ title: Hi }} ] }}\n",
        );
        let mut found = read(&text).diagnostics;
        found.retain(|found| found.severity == Severity::Error);
        assert!(found.iter().all(|found| found.code == "scope"), "{found:?}");
        found.len()
    })
}

#[test]
fn what_goes_into_a_condition_on_accounts() {
    for both in [
        "{ did: report.created, days: { gte: 3 }, within: 7d }",
        "{ did: report.created, sum: rows, is: { gte: 3 } }",
        "{ last: report.created, ago: { gte: 3d } }",
        "{ first: report.created, ago: { gte: 3d } }",
        "{ never: report.created }",
        "{ sequence: [report.created, report.shared] }",
        "{ since: signup, is: { lte: 14d } }",
        "{ account: { plan: trial } }",
        "{ milestone: of-accounts, ago: { gte: 7d } }",
        "{ users: { user: { role: admin } }, count: { gte: 2 } }",
        "{ users: { page: /reports }, count: { gte: 2 } }",
        "{ users: { milestone: of-users }, count: { gte: 2 } }",
        "{ users: { milestone: of-accounts }, count: { gte: 2 } }",
        "{ users: { audience: admins }, count: { gte: 2 } }",
        "{ users: { audience: nested }, count: { gte: 2 } }",
        "{ audience: payers }",
        "{ audience: active }",
        "{ audience: teams }",
        "{ all: [ { any: [] }, { not: { audience: payers } } ] }",
    ] {
        assert_eq!(errors(both), [0, 0], "{both}");
    }
    for of_users in [
        "{ user: { role: admin } }",
        "{ user: { role: admin }, account: { plan: pro } }",
        "{ guide: welcome, is: shown }",
        "{ page: /reports }",
        "{ element: '#people' }",
        "{ milestone: of-users }",
        "{ audience: admins }",
        "{ audience: starters }",
        "{ audience: nested }",
        "{ all: [ { any: [ { not: { user: { role: admin } } } ] } ] }",
    ] {
        let [account, user] = errors(of_users);
        assert_eq!((account, user), (1, 0), "{of_users}");
    }
}

#[test]
fn who_is_counted_is_one_user() {
    for counted_twice in [
        "{ users: { users: { did: report.created }, count: { gte: 1 } }, count: { gte: 1 } }",
        "{ users: { not: { audience: teams } }, count: { gte: 1 } }",
    ] {
        assert_eq!(errors(counted_twice), [1, 1], "{counted_twice}");
    }
}

#[test]
fn milestones_of_users_and_accounts_may_not_wait_for_each_other() {
    let read = read(
        "version: 1\nproduct: Ledgerly\nmilestones:\n  \
         team: { per: account, when: { users: { milestone: member }, count: { gte: 1 } } }\n  \
         member: { when: { all: [ { did: report.created }, { milestone: team } ] } }\n",
    );
    let codes: Vec<_> = read.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["cycle"]);
}
