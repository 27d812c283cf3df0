//! The engine against the naive reference, on random playbooks and logs.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod conditions;
mod logs;
mod playbooks;
mod replayed;
mod shown;

use firstvalue_engine::{Asked, Rules, State, compile};
use firstvalue_model::{Condition, Playbook, json};
use firstvalue_reference::{Subject, World};
use proptest::prelude::*;

use logs::{UNTIL, logs};
use playbooks::playbooks;
use shown::Shown;

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn decides_as_the_reference_does(playbook in playbooks(), log in logs(logs::THREE, false)) {
        let (playbook, log) = (playbook.0, log.0);
        let expected = firstvalue_reference::replay(&playbook, &log, UNTIL);
        let rules = replayed::rules(&playbook, &log);
        let (population, lines) = replayed::replay(&rules, &log);
        prop_assert_eq!(Shown(lines), Shown(expected.lines()));
        for (user, state) in population.users() {
            stands_as_expected(&rules, state, &expected, &Subject::User(user.to_owned()))?;
        }
        for (account, state) in population.accounts() {
            stands_as_expected(&rules, state, &expected, &Subject::Account(account.to_owned()))?;
        }
    }

    #[test]
    fn takes_late_events_as_the_reference_does(
        playbook in playbooks::with_accounts(),
        log in logs(logs::THREE, true),
    ) {
        let (playbook, log) = (playbook.0, log.0);
        let expected = firstvalue_reference::replay(&playbook, &log, UNTIL);
        let (_, lines) = replayed::replay(&replayed::rules(&playbook, &log), &log);
        prop_assert_eq!(Shown(lines), Shown(expected.lines()));
    }

    #[test]
    fn accounts_can_be_shared_out(playbook in playbooks(), log in logs(logs::THREE, false)) {
        let (playbook, log) = (playbook.0, log.0);
        let rules = replayed::rules(&playbook, &log);
        let (_, expected) = replayed::replay(&rules, &log);
        let found = replayed::replay_in_two(&rules, &replayed::joined(&log));
        prop_assert_eq!(Shown(found), Shown(expected));
    }

    #[test]
    fn saving_and_loading_changes_nothing(
        playbook in playbooks::of_one_user(),
        log in logs(logs::ONE, true),
        saved in any::<u16>(),
    ) {
        let (playbook, log) = (playbook.0, log.0);
        let expected = firstvalue_reference::replay(&playbook, &log, UNTIL);
        let rules = replayed::rules(&playbook, &log);
        let (state, lines) = replayed::replay_alone(&rules, &log, UNTIL, saved);
        prop_assert_eq!(Shown(lines), Shown(expected.lines()));
        if !log.is_empty() {
            stands_as_expected(&rules, &state, &expected, &Subject::User("u0".to_owned()))?;
        }
    }

    #[test]
    fn saving_and_loading_everybody_changes_nothing(
        playbook in playbooks(),
        log in logs(logs::THREE, true),
        saved in any::<u16>(),
    ) {
        let (playbook, log) = (playbook.0, log.0);
        let rules = replayed::rules(&playbook, &log);
        let log = replayed::joined(&log);
        let expected = replayed::replay_saved(&rules, &log, 0);
        let found = replayed::replay_saved(&rules, &log, saved);
        prop_assert_eq!(Shown(found), Shown(expected));
    }

    #[test]
    fn explains_what_holds_and_until_when(
        playbook in playbooks::of_one_user(),
        log in logs(logs::ONE, false),
    ) {
        let (playbook, log) = (playbook.0, log.0);
        let rules = replayed::rules(&playbook, &log);
        let last = log.last().map_or(UNTIL, |(_, at)| *at);
        let (state, _) = replayed::replay_alone(&rules, &log, last, 0);
        let user = Subject::User("u0".to_owned());
        for (asked, condition) in explained(&playbook) {
            let why = state.explain(&rules, asked, None).expect("it is there");
            let mut world = firstvalue_reference::replay(&playbook, &log, last);
            for now in last..why.changes_at.unwrap_or(UNTIL).min(UNTIL) {
                prop_assert_eq!(world.holds(condition, &user), why.holds, "{:?} at {}: {:#?}", asked, now, why);
                world.wait();
            }
        }
    }

    #[test]
    fn browsers_decide_as_servers_do(
        playbook in playbooks(),
        log in logs(logs::ONE, true),
        saved in any::<u16>(),
    ) {
        let (by_server, by_browser) = sent(&playbook.0);
        let (there, expected) = replayed::replay_alone(&by_server, &log.0, UNTIL, 0);
        let (here, found) = replayed::replay_alone(&by_browser, &log.0, UNTIL, saved);
        prop_assert_eq!(Shown(found), Shown(expected));
        prop_assert_eq!(here.save(&by_browser), there.save(&by_server));
        prop_assert_eq!(standing(&by_browser, &here), standing(&by_server, &there));
    }
}

/// What holds at the end beside milestones and guides.
fn standing(rules: &Rules, state: &State) -> (Vec<String>, Option<String>, Option<f64>) {
    let audiences = state.audiences(rules).map(str::to_owned);
    let stage = state.stage(rules).map(|stage| stage.id.clone());
    (audiences.collect(), stage, state.health_score(rules))
}

/// What can be explained, and the condition that it is about.
fn explained(playbook: &Playbook) -> impl Iterator<Item = (Asked, &Condition)> {
    let milestones = playbook
        .milestones
        .values()
        .map(|milestone| &milestone.when);
    let stages = playbook.stages.iter().map(|stage| &stage.when);
    let milestones = milestones.enumerate();
    let stages = stages.enumerate();
    milestones
        .map(|(place, when)| (Asked::Milestone(place), when))
        .chain(stages.map(|(place, when)| (Asked::Stage(place), when)))
}

/// Compares what holds at the end beside milestones and guides.
fn stands_as_expected(
    rules: &Rules,
    state: &State,
    expected: &World<'_>,
    subject: &Subject,
) -> Result<(), TestCaseError> {
    let mut state = state.clone();
    state.advance(rules, UNTIL, &mut Vec::new());
    if let Subject::User(user) = subject {
        let stage = state.stage(rules).map(|stage| stage.id.as_str());
        prop_assert_eq!(stage, expected.stage(user));
        let audiences: Vec<_> = state.audiences(rules).collect();
        prop_assert_eq!(audiences, expected.audiences(user));
    }
    let found = state.health(rules);
    let parts = |health: &firstvalue_engine::HealthScore| {
        health
            .parts
            .iter()
            .map(|part| part.score)
            .collect::<Vec<_>>()
    };
    let expected = expected.health(subject);
    prop_assert_eq!(
        found.as_ref().map(parts),
        expected.as_ref().map(|health| health.parts.clone())
    );
    let (found, expected) = (found.map(|it| it.score), expected.map(|it| it.score));
    let difference = found.unwrap_or_default() - expected.unwrap_or_default();
    // The parts are added in an order that nobody has promised.
    prop_assert!(difference.abs() < 1e-9, "{found:?} is not {expected:?}");
    Ok(())
}

/// The rules as a server has them, and as a browser reads them.
fn sent(playbook: &Playbook) -> (Rules, Rules) {
    let compiled = compile(playbook);
    let text = serde_json::to_string(&compiled).expect("it can be written");
    let mut value = json::read(&text).expect("it is JSON");
    let by_browser = Rules::read(&mut value["rules"]).expect("a browser can read it");
    assert_eq!(by_browser.write(), compiled.rules.write());
    (compiled.rules, by_browser)
}
