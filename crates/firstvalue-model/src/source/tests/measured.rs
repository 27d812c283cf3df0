//! What is measured: properties, stages, outcomes, health, and the hold-out.

use super::{decoded, good};
use crate::guide::Text;
use crate::playbook::*;
use crate::time::DAY;
use crate::{Comparison, Condition, EventMatch, Measure};

const MEASURED: &str = include_str!("measured.yaml");

fn event(name: &str) -> EventMatch {
    EventMatch {
        name: name.to_owned(),
        query: None,
    }
}

fn created(measure: Measure, is: Comparison, within: Option<i64>) -> Condition {
    Condition::Did {
        event: event("report.created"),
        measure,
        is,
        within,
    }
}

#[test]
fn sums_and_distinct_values() {
    let milestones = good(MEASURED).milestones;
    let is = Comparison {
        ne: Some(-1.5),
        ..Comparison::at_least(1000.5)
    };
    let sum = created(Measure::Sum("rows".to_owned()), is, Some(28 * DAY));
    assert_eq!(milestones["rows"].when, sum);
    let is = Comparison::at_least(3.0);
    let distinct = created(Measure::Distinct("template".to_owned()), is, None);
    assert_eq!(milestones["templates"].when, distinct);
    let seen = Condition::Element("#people".to_owned());
    assert_eq!(milestones["seen"].when, seen);
}

#[test]
fn stages_in_the_order_of_the_file() {
    let stage = |id: &str, title: &str, when| Stage {
        id: id.to_owned(),
        title: title.to_owned(),
        when,
    };
    let reached = Condition::Milestone {
        id: "rows".to_owned(),
        ago: None,
    };
    let expected = [
        stage("trial", "Trial", Condition::All(Vec::new())),
        stage("adopting", "Adopting", reached),
        stage("admin", "admin", Condition::Audience("admins".to_owned())),
    ];
    assert_eq!(good(MEASURED).stages, expected);
}

#[test]
fn outcomes() {
    let outcomes = good(MEASURED).outcomes;
    let worth = Money {
        amount: 40.5,
        currency: "EUR".to_owned(),
    };
    let saved = Outcome {
        title: Text::from("Hours saved"),
        unit: Some(Text::from("h")),
        value_of_one: Some(worth),
    };
    assert_eq!(outcomes["hours-saved"], saved);
    let deals = Outcome {
        title: Text::from("deals"),
        unit: None,
        value_of_one: None,
    };
    assert_eq!(outcomes["deals"], deals);
}

#[test]
fn health_scores() {
    let health = good(MEASURED).health;
    let names: Vec<_> = health.weights.iter().map(|part| part.weight).collect();
    assert_eq!(
        names,
        [40.0, 30.0, 1.5, 1.0, 1.0, 20.0, 20.0, 20.0, 10.0, 5.0]
    );
    let scaled = |number, from, to| Score::Scaled { number, from, to };
    let did = |name: &str, measure, within| Number::Did {
        event: event(name),
        measure,
        within,
    };
    let days = |days: i64| (days * DAY) as f64;
    let four_days = Comparison::at_least(4.0);
    let rows = Measure::Sum("rows".to_owned());
    let templates = Measure::Distinct("template".to_owned());
    let expected = [
        Score::Condition(created(Measure::Days, four_days, Some(28 * DAY))),
        scaled(
            did("session.started", Measure::Days, Some(28 * DAY)),
            0.0,
            12.0,
        ),
        scaled(did("report.created", rows, None), 1000.0, -0.5),
        scaled(did("report.created", templates, None), 0.0, 3.0),
        scaled(did("report.created", Measure::Times, None), 0.0, 3.0),
        scaled(Number::Last(event("session.started")), days(30), days(1)),
        scaled(Number::SinceSignup, 0.0, days(364)),
        scaled(Number::First(event("session.started")), 0.0, days(7)),
        scaled(Number::User("survey.nps".to_owned()), 0.0, 10.0),
        scaled(Number::Account("seats".to_owned()), 0.0, 10.0),
    ];
    let scores: Vec<_> = health.weights.into_iter().map(|part| part.score).collect();
    assert_eq!(scores, expected);
    let [people] = health.account_weights.as_slice() else {
        panic!("one part")
    };
    assert_eq!(
        (people.name.as_str(), people.weight),
        ("People active", 100.0)
    );
    assert!(matches!(
        people.score,
        Score::Condition(Condition::Users { .. })
    ));
}

#[test]
fn the_hold_out_is_a_share() {
    for (written, share) in [
        ("5%", 0.05),
        ("\"2.5 %\"", 0.025),
        ("0.125", 0.125),
        ("0", 0.0),
        ("1", 1.0),
        ("100%", 1.0),
    ] {
        let text = format!("version: 1\nproduct: Ledgerly\nholdout: {written}\n");
        let (playbook, diagnostics) = decoded(&text);
        assert_eq!(diagnostics, [], "{written}");
        assert_eq!(playbook.map(|it| it.holdout), Some(share), "{written}");
    }
    assert_eq!(good("version: 1\nproduct: Ledgerly\n").holdout, 0.0);
}
