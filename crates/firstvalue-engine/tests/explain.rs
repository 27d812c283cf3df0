//! Why: explanations hold what a condition looks at, what it found, and when that changes.
#![allow(clippy::expect_used, reason = "a test may fail")]

use firstvalue_engine::{
    Asked, Call, Explanation, Input, Population, Rules, Said, State, What, compile,
};
use firstvalue_model::message::Object;
use firstvalue_model::source;
use firstvalue_model::time::DAY;
use serde_json::{Value, json};

const PLAYBOOK: &str = "
version: 1
product: Test
audiences:
  admins: { user: { role: { $in: [admin, owner] } } }
milestones:
  first-report: { title: First report, when: { did: report.created } }
guides:
  share:
    kind: modal
    audience: admins
    when:
      all:
        - { milestone: first-report, ago: { gte: 1d } }
        - { did: report.created, times: { gte: 2 }, within: 7d }
        - { did: report.created, sum: rows, is: { gt: 10 } }
        - { not: { last: report.shared, ago: { lt: 36h } } }
    steps: [ { body: Share it } ]
stages:
  new: { title: New, when: { all: [] } }
  active: { title: Active, when: { milestone: first-report } }
health:
  weights:
    - { name: Reports, weight: 30, score: { number: { did: report.created, within: 7d }, from: 0, to: 4 } }
    - { name: Shares, weight: 10, score: { did: report.shared } }
    - { name: Satisfaction, weight: 60, score: { number: { user: nps }, from: 0, to: 10 } }
";

fn rules() -> Rules {
    rules_of(PLAYBOOK)
}

fn rules_of(playbook: &str) -> Rules {
    compile(&source::read(playbook).playbook.expect("a playbook")).rules
}

fn object(json: Value) -> Object {
    json.as_object().expect("an object").clone()
}

/// An admin who has made two reports of 6 and 7.5 rows, at the start and two days later.
fn admin(rules: &Rules) -> State {
    let (mut state, mut changes) = (State::user(rules), Vec::new());
    let traits = object(json!({ "role": "admin", "name": "Ann" }));
    let reports = [6.0, 7.5].map(|rows| object(json!({ "rows": rows })));
    let [first, second] = reports.each_ref().map(|properties| What::Event {
        name: "report.created",
        properties: Some(properties),
    });
    for (at, what) in [(0, What::Identify(&traits)), (0, first), (2 * DAY, second)] {
        let input = Input {
            at,
            utc_offset: 0,
            what,
        };
        state.apply(rules, &input, &mut changes);
    }
    state
}

/// An explanation as lines, indented by depth.
fn lines(explanation: &Explanation, depth: usize) -> Vec<String> {
    let mark = if explanation.holds { "yes" } else { "no" };
    let mut line = format!("{}{mark} {}", "  ".repeat(depth), explanation.condition);
    if !explanation.compared_with.is_empty() {
        line += &format!(" | {} | {}", explanation.value, explanation.compared_with);
    }
    if let Some(at) = explanation.changes_at {
        line += &format!(" | until {at}");
    }
    let parts = explanation.parts.iter();
    [line]
        .into_iter()
        .chain(parts.flat_map(|part| lines(part, depth + 1)))
        .collect()
}

#[test]
fn a_guide_is_explained_down_to_counts_and_traits() {
    let rules = rules();
    let state = admin(&rules);
    let explanation = state
        .explain(&rules, Asked::Guide(0), None)
        .expect("a guide");
    let expected = [
        "yes all | until 604800001",
        "  yes user | {\"role\":\"admin\"} | {\"role\":{\"$in\":[\"admin\",\"owner\"]}}",
        "  yes all | until 604800001",
        "    yes milestone: first-report, ago | 172800000 | gte: 1d",
        "    yes did: report.created, times, within: 1w | 2 | gte: 2 | until 604800001",
        "    yes did: report.created, sum: rows | 13.5 | gt: 10",
        "    yes not",
        "      no last: report.shared, ago | null | lt: 36h",
    ];
    assert_eq!(lines(&explanation, 0), expected);
}

#[test]
fn what_waiting_changes_is_what_the_explanation_says() {
    let rules = rules();
    let mut state = admin(&rules);
    let until = |state: &State| {
        let explanation = state
            .explain(&rules, Asked::Guide(0), None)
            .expect("a guide");
        (explanation.holds, explanation.changes_at)
    };
    assert_eq!(until(&state), (true, Some(7 * DAY + 1)));
    state.advance(&rules, 7 * DAY, &mut Vec::new());
    assert_eq!(until(&state), (true, Some(7 * DAY + 1)));
    state.advance(&rules, 7 * DAY + 1, &mut Vec::new());
    assert_eq!(until(&state), (false, None));
}

#[test]
fn the_health_score_leaves_out_what_is_not_known() {
    let rules = rules();
    let mut state = admin(&rules);
    let score = |state: &State| state.health(&rules).expect("a score");
    let health = score(&state);
    // 30 of 40: half of the reports, none of the shares; nobody has asked for satisfaction.
    assert_eq!(health.score, 100.0 * 15.0 / 40.0);
    let parts: Vec<_> = health
        .parts
        .iter()
        .map(|part| (part.name.as_str(), part.value, part.score))
        .collect();
    let expected = [
        ("Reports", Some(2.0), Some(0.5)),
        ("Shares", Some(0.0), Some(0.0)),
        ("Satisfaction", None, None),
    ];
    assert_eq!(parts, expected);
    let traits = object(json!({ "nps": 9 }));
    let input = Input {
        at: 2 * DAY,
        utc_offset: 0,
        what: What::Identify(&traits),
    };
    state.apply(&rules, &input, &mut Vec::new());
    assert_eq!(score(&state).score, 15.0 + 54.0);
    let explained = state.explain(&rules, Asked::Health, None).expect("health");
    assert_eq!((explained.value, explained.parts.len()), (json!(69), 3));
}

#[test]
fn the_stage_is_the_last_that_holds() {
    let rules = rules();
    let state = admin(&rules);
    assert_eq!(
        state.stage(&rules).map(|stage| stage.id.as_str()),
        Some("active")
    );
    let nobody = State::user(&rules);
    assert!(nobody.stage(&rules).is_none(), "before anything is known");
}

#[test]
fn a_condition_on_the_account_is_explained_by_what_that_says() {
    let rules = rules_of(
        "
version: 1
product: Test
milestones:
  team: { title: Team, per: account, when: { users: { did: a.b }, count: { gte: 2 } } }
  late: { title: Late, per: account, when: { since: signup, is: { gte: 1d } } }
guides:
  invite:
    kind: modal
    when: { all: [ { users: { did: a.b }, count: { gte: 2 } }, { not: { milestone: team } }, { milestone: late } ] }
    steps: [ { body: Invite } ]
",
    );
    let mut population = Population::default();
    let joins = Said::Group {
        account: "acme",
        traits: None,
    };
    let did = Said::Event {
        name: "a.b",
        properties: None,
    };
    for what in [joins, did] {
        let call = Call {
            at: 0,
            utc_offset: 0,
            user: "ann",
            joins: None,
            what,
        };
        population.apply(&rules, &call, &mut Vec::new());
    }
    let ann = population.user("ann").expect("a user");
    let (_, acme) = population.accounts().next().expect("an account");
    let explain = |account| {
        let why = ann.explain(&rules, Asked::Guide(0), account);
        lines(&why.expect("a guide"), 0)
    };
    let expected = [
        "no all | until 86400000",
        "  no of the account: users: { did: a.b, times: { gte: 1 } }, count",
        "    no users: { did: a.b, times: { gte: 1 } }, count | 1 | gte: 2",
        "  yes not",
        "    no of the account: milestone: team",
        "      no milestone: team",
        "  no of the account: milestone: late | until 86400000",
        "    no milestone: late | until 86400000",
    ];
    assert_eq!(explain(Some(acme)), expected);
    assert_eq!(explain(None).len(), 5);
}

#[test]
fn what_the_rules_do_not_have_is_not_explained() {
    let rules = rules();
    let state = admin(&rules);
    assert!(state.explain(&rules, Asked::Guide(1), None).is_none());
    assert!(state.explain(&rules, Asked::Milestone(1), None).is_none());
}
