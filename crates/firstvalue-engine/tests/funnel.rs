//! Sequences are found where ClickHouse's `windowFunnel` finds them.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use firstvalue_engine::{Input, State, What, compile};
use firstvalue_model::playbook::Milestone;
use firstvalue_model::playbook::Per;
use firstvalue_model::{Condition, EventMatch, Playbook};
use serde::Deserialize;
use serde_json::json;

/// A log, and how many steps of a funnel were reached in it.
#[derive(Debug, Deserialize)]
struct Case {
    #[serde(default)]
    name: String,
    /// A moment, and what happened then.
    events: Vec<(i64, String)>,
    window: i64,
    /// By step: what counts as it.
    steps: Vec<Vec<String>>,
    expected: usize,
    /// Whether the case asks for what a `sequence` means; some are of other modes.
    #[serde(default = "yes")]
    applies_to_us: bool,
}

fn yes() -> bool {
    true
}

/// The number of the funnel's steps that a user has reached: one milestone for each beginning.
fn reached(case: &Case) -> usize {
    let step = |names: &Vec<String>| EventMatch {
        name: "step.taken".to_owned(),
        query: json!({ "name": { "$in": names } }).as_object().cloned(),
    };
    let milestones = (1..=case.steps.len()).map(|length| {
        let milestone = Milestone {
            per: Per::User,
            title: String::new(),
            target: None,
            when: Condition::Sequence {
                events: case.steps[..length].iter().map(step).collect(),
                within: Some(case.window),
                without: Vec::new(),
            },
        };
        (format!("m{length}"), milestone)
    });
    let playbook = Playbook {
        milestones: milestones.collect(),
        ..Playbook::default()
    };
    let rules = compile(&playbook).rules;
    let mut state = State::user(&rules);
    let mut changes = Vec::new();
    for (at, name) in &case.events {
        let properties = json!({ "name": name });
        let what = What::Event {
            name: "step.taken",
            properties: properties.as_object(),
        };
        let input = Input {
            at: *at,
            utc_offset: 0,
            what,
        };
        state.apply(&rules, &input, &mut changes);
    }
    changes.len()
}

fn check(cases: &[Case]) {
    for case in cases {
        assert_eq!(reached(case), case.expected, "{case:?}");
    }
}

#[test]
fn random_logs() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("funnel/window-funnel.json")).expect("cases");
    assert_eq!(cases.len(), 300);
    check(&cases);
}

/// The cases of ClickHouse's own tests are not ours to pass on: `FIRSTVALUE_SUITES` says where they
/// are, if somewhere.
#[test]
fn the_cases_of_clickhouse() {
    #[derive(Deserialize)]
    struct Suite {
        cases: Vec<Case>,
    }
    let Some(suites) = std::env::var_os("FIRSTVALUE_SUITES") else {
        eprintln!("not run: FIRSTVALUE_SUITES is not set");
        return;
    };
    let path = std::path::Path::new(&suites).join("funnel/clickhouse-windowfunnel-cases.json");
    let text = std::fs::read_to_string(&path).expect("the suite");
    let mut suite: Suite = serde_json::from_str(&text).expect("cases");
    suite.cases.retain(|case| case.applies_to_us);
    assert_eq!(suite.cases.len(), 23);
    assert!(suite.cases.iter().all(|case| !case.name.is_empty()));
    check(&suite.cases);
}
