//! States outlive versions of the playbook.
#![allow(clippy::expect_used, reason = "a test may fail")]

use firstvalue_engine::{Input, Rules, State, What, compile};
use firstvalue_model::source;
use firstvalue_model::time::DAY;

fn rules(milestones: &str) -> Rules {
    let text = format!("version: 1\nproduct: Test\nmilestones:\n{milestones}");
    compile(&source::read(&text).playbook.expect("a playbook")).rules
}

/// A user who has done `a.done` on so many days, and `b.done` once on the first.
fn user(rules: &Rules, days: i64) -> State {
    let mut state = State::user(rules);
    let input = |at, name| Input {
        at,
        utc_offset: 0,
        what: What::Event {
            name,
            properties: None,
        },
    };
    state.apply(rules, &input(0, "b.done"), &mut Vec::new());
    for day in 0..days {
        state.apply(rules, &input(day * DAY, "a.done"), &mut Vec::new());
    }
    state
}

fn milestone(state: &State, rules: &Rules, id: &str) -> Option<i64> {
    state.milestone(rules.milestone(id).expect("a milestone"))
}

const OLD: &str = "
  third: { title: Third, when: { did: a.done, days: { gte: 3 } } }
  gone: { title: Gone, when: { did: b.done } }
";

/// The first condition is of another number, the second is gone, the others are new.
const NEW: &str = "
  third: { title: Third, when: { did: a.done, days: { gte: 2 } } }
  often: { title: Often, when: { did: a.done, times: { gte: 4 } } }
  other: { title: Other, when: { did: c.done } }
  late: { title: Late, when: { last: a.done, ago: { gte: 10d } } }
";

#[test]
fn what_both_versions_ask_about_is_kept_and_what_is_new_starts_empty() {
    let (old, new) = (rules(OLD), rules(NEW));
    let state = user(&old, 4);
    assert_eq!(milestone(&state, &old, "third"), Some(2 * DAY));
    let mut state = State::load(&new, &state.save(&old)).expect("it can be loaded");
    assert_eq!(
        milestone(&state, &new, "third"),
        Some(2 * DAY),
        "reached once"
    );
    assert_eq!(
        milestone(&state, &new, "often"),
        Some(3 * DAY),
        "known at loading"
    );
    assert_eq!(milestone(&state, &new, "other"), None);
    state.advance(&new, 20 * DAY, &mut Vec::new());
    assert_eq!(milestone(&state, &new, "late"), Some(13 * DAY));
}

#[test]
fn rebuilding_from_the_events_finds_when_a_new_milestone_was_reached() {
    let new = rules(NEW);
    let rebuilt = user(&new, 4);
    assert_eq!(milestone(&rebuilt, &new, "third"), Some(DAY));
    assert_eq!(milestone(&rebuilt, &new, "often"), Some(3 * DAY));
}

#[test]
fn going_back_to_the_old_version_loses_nothing_that_the_new_one_kept() {
    let (old, new) = (rules(OLD), rules(NEW));
    let there = State::load(&new, &user(&old, 4).save(&old)).expect("there");
    let back = State::load(&old, &there.save(&new)).expect("and back");
    assert_eq!(milestone(&back, &old, "third"), Some(2 * DAY));
    assert_eq!(milestone(&back, &old, "gone"), None, "nobody has kept it");
}

#[test]
fn bytes_of_another_format_are_refused() {
    let rules = rules(OLD);
    let mut bytes = user(&rules, 1).save(&rules);
    bytes.push(0);
    assert!(
        State::load(&rules, &bytes).is_err(),
        "more than was written"
    );
    bytes.truncate(bytes.len() - 2);
    assert!(
        State::load(&rules, &bytes).is_err(),
        "less than was written"
    );
    assert!(State::load(&rules, &[1]).is_err(), "an older format");
    assert!(State::load(&rules, &[]).is_err());
}
