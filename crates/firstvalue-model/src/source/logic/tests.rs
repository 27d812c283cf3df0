//! What is said of single conditions, and what is left open. That it is so is tested against the
//! engine, beside it.

use super::Logic;
use crate::playbook::Per;
use crate::source::tests::decoded;
use crate::{Condition, Playbook};

const DECLARED: &str = "
audiences:
  admins: { user: { role: admin } }
milestones:
  first-report: { when: { did: report.created } }
  busy: { when: { did: report.created, times: { gte: 3 }, within: 7d } }
  team: { per: account, when: { did: report.created, times: { gte: 9 } } }
";

/// Reads conditions on users, and whatever else is declared, without checking any of it.
fn playbook(conditions: &[&str]) -> (Playbook, Vec<Condition>) {
    let mut text = format!("version: 1\nproduct: x{DECLARED}stages:\n");
    for (place, condition) in conditions.iter().enumerate() {
        text += &format!("  s{place}: {{ when: {condition} }}\n");
    }
    let (playbook, diagnostics) = decoded(&text);
    assert_eq!(diagnostics, [], "{text}");
    let playbook = playbook.expect("a playbook");
    let conditions = playbook.stages.iter().map(|stage| stage.when.clone());
    let conditions = conditions.collect();
    (playbook, conditions)
}

#[track_caller]
fn check(condition: &str, never: bool, always: bool) {
    let (playbook, conditions) = playbook(&[condition]);
    let logic = Logic::of(&playbook);
    let said = (
        logic.never(&conditions[0], Per::User),
        logic.always(&conditions[0], Per::User),
    );
    assert_eq!(said, (never, always), "{condition}");
}

#[test]
fn single_conditions() {
    for never in [
        "{ any: [] }",
        "{ did: a.b, times: { gte: 5, lt: 3 } }",
        "{ did: a.b, times: { gt: 2, lt: 3 } }",
        "{ did: a.b, days: { gt: 10 }, within: 7d }",
        "{ did: a.b, weeks: { gt: 3 }, within: 7d }",
        "{ milestone: first-report, ago: { lt: 0s } }",
        "{ sequence: [a.b, { event: c.d, where: { n: 1 } }], without: [c.d] }",
        "{ did: { event: a.b, where: { n: { $gt: 3, $lt: 3 } } } }",
        "{ user: { plan: { $in: [trial, pro], $nin: [trial, pro] } } }",
        "{ user: { plan: trial, $or: [ { plan: pro }, { plan: starter } ] } }",
        "{ user: { seats: { $gte: 3, $type: string } } }",
    ] {
        check(never, true, false);
    }
    for always in [
        "{ all: [] }",
        "{ did: a.b, times: { gte: 0 } }",
        "{ did: a.b, days: { lte: 10 }, within: 7d }",
        "{ not: { did: a.b, times: { lt: 0 } } }",
        "{ never: { event: a.b, where: { n: { $in: [] } } } }",
        "{ user: { $or: [ { seats: { $exists: true } }, { seats: null } ] } }",
    ] {
        check(always, false, true);
    }
    for open in [
        "{ did: a.b, times: { gt: 2, lt: 4 } }",
        "{ did: a.b, days: { gte: 10 }, within: 7d }",
        "{ did: a.b, sum: n, is: { lt: 0 } }",
        "{ since: signup, is: { lt: 0s } }",
        "{ sequence: [a.b, c.d], without: [{ event: c.d, where: { n: 1 } }] }",
        // Both are so of an array that holds both.
        "{ user: { $and: [ { tags: { $in: [a] } }, { tags: { $in: [b] } } ] } }",
        "{ user: { plan: { $regex: '^t', $not: { $regex: '^tr' } } } }",
        "{ user: { a.b: 1, a.c: 2 } }",
    ] {
        check(open, false, false);
    }
}

/// Whether conditions never hold together, and whether the second follows from the first.
#[track_caller]
fn pair(first: &str, second: &str, exclude: bool, follows: bool) {
    let (playbook, conditions) = playbook(&[first, second]);
    let logic = Logic::of(&playbook);
    let [first_read, second_read] = [&conditions[0], &conditions[1]];
    let said = (
        logic.exclude(&[first_read, second_read], Per::User),
        logic.follows(&[first_read], second_read, Per::User),
    );
    assert_eq!(said, (exclude, follows), "{first} {second}");
}

#[test]
fn pairs_that_exclude_each_other() {
    for (first, second) in [
        ("{ did: a.b }", "{ never: a.b }"),
        ("{ did: { event: a.b, where: { n: 1 } } }", "{ never: a.b }"),
        (
            "{ did: a.b, times: { gte: 3 }, within: 7d }",
            "{ did: a.b, times: { lt: 2 }, within: 30d }",
        ),
        (
            "{ last: a.b, ago: { gte: 30d } }",
            "{ did: a.b, within: 7d }",
        ),
        (
            "{ did: a.b, days: { gte: 3 } }",
            "{ did: a.b, times: { lt: 3 } }",
        ),
        ("{ sequence: [a.b, a.b] }", "{ did: a.b, times: { lt: 2 } }"),
        ("{ milestone: first-report }", "{ never: report.created }"),
        (
            "{ not: { milestone: first-report } }",
            "{ did: report.created }",
        ),
        (
            "{ not: { milestone: busy } }",
            "{ did: report.created, times: { gte: 4 }, within: 1d }",
        ),
        ("{ audience: admins }", "{ user: { role: guest } }"),
        ("{ page: /people }", "{ page: /reports/* }"),
        (
            "{ users: { did: a.b }, count: { gte: 3 } }",
            "{ users: { did: a.b }, count: { lt: 2 } }",
        ),
        (
            "{ did: a.b, distinct: n, is: { gte: 2 } }",
            "{ did: a.b, times: { lte: 1 } }",
        ),
    ] {
        pair(first, second, true, false);
    }
}

#[test]
fn pairs_of_which_one_follows() {
    for (first, second) in [
        (
            "{ did: a.b, times: { gte: 3 }, within: 7d }",
            "{ did: a.b, within: 30d }",
        ),
        (
            "{ did: { event: a.b, where: { n: { $gt: 5 } } } }",
            "{ did: { event: a.b, where: { n: { $gt: 3 } } } }",
        ),
        (
            "{ last: a.b, ago: { lte: 7d } }",
            "{ did: a.b, within: 7d }",
        ),
        (
            "{ first: a.b, ago: { lte: 7d } }",
            "{ last: a.b, ago: { lte: 7d } }",
        ),
        (
            "{ sequence: [a.b, c.d], within: 1d }",
            "{ sequence: [a.b, c.d], within: 7d }",
        ),
        ("{ sequence: [a.b, c.d] }", "{ did: c.d }"),
        (
            "{ did: report.created, times: { gte: 3 }, within: 7d }",
            "{ milestone: busy }",
        ),
        ("{ page: /reports/new }", "{ page: /reports/* }"),
        (
            "{ users: { did: a.b, times: { gte: 2 } }, count: { gte: 3 } }",
            "{ users: { did: a.b }, count: { gte: 3 } }",
        ),
    ] {
        pair(first, second, false, true);
    }
}

#[test]
fn pairs_of_which_nothing_is_said() {
    for (first, second) in [
        ("{ did: a.b }", "{ did: c.d }"),
        ("{ did: a.b, within: 30d }", "{ did: a.b, within: 7d }"),
        // It was reached within some other seven days.
        ("{ milestone: busy }", "{ never: a.b }"),
        ("{ milestone: busy }", "{ did: report.created, within: 7d }"),
        // It may be a past account that reached it, or none.
        (
            "{ not: { milestone: team } }",
            "{ did: report.created, times: { gte: 9 } }",
        ),
        (
            "{ since: signup, is: { lte: 1d } }",
            "{ first: a.b, ago: { gte: 2d } }",
        ),
        (
            "{ did: a.b, sum: n, is: { gte: 3 }, within: 7d }",
            "{ did: a.b, sum: n, is: { lt: 2 }, within: 30d }",
        ),
    ] {
        pair(first, second, false, false);
    }
}

#[test]
fn what_takes_too_long_is_left_open() {
    let part = |n: usize| {
        format!("{{ any: [ {{ did: e.a{n} }}, {{ did: e.b{n} }}, {{ did: e.c{n} }} ] }}")
    };
    let parts: Vec<String> = (0..40).map(part).collect();
    check(
        &format!("{{ all: [ {} ] }}", parts.join(", ")),
        false,
        false,
    );
}
