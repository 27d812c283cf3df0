//! Rules as browsers read them.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

use firstvalue_engine::{Rules, compile};
use firstvalue_model::{json, source};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The rules of a playbook with every form, as they are sent.
fn every_form() -> Value {
    let read = source::read(include_str!("read/every-form.yaml"));
    assert!(read.playbook.is_some(), "{:?}", read.diagnostics);
    let compiled = compile(&read.playbook.unwrap());
    let text = serde_json::to_string(&compiled).expect("it can be written");
    json::read(&text).unwrap()["rules"].take()
}

#[test]
fn what_was_written_is_read() {
    let mut written = every_form();
    let read = Rules::read(&mut written.clone()).expect("they can be read");
    assert_eq!(read.write(), written.take());
}

#[test]
fn rules_that_end_early_or_go_on_are_refused() {
    let whole = every_form();
    let tokens = whole.as_array().unwrap();
    for length in 0..tokens.len() {
        let mut cut = json!(tokens[..length]);
        assert!(Rules::read(&mut cut).is_none(), "the first {length}");
    }
    let mut longer = whole.clone();
    longer.as_array_mut().unwrap().push(json!(0));
    assert!(Rules::read(&mut longer).is_none());
    assert!(Rules::read(&mut json!({})).is_none());
}

proptest! {
    /// Neither a panic, nor more memory than there are tokens, nor conditions that are told of each
    /// other in circles.
    #[test]
    fn damaged_rules_are_refused_or_decide_something_else(
        place: prop::sample::Index,
        token in prop_oneof![
            Just(json!(null)), Just(json!("")), Just(json!({})), Just(json!(-1)), Just(json!(1e300)),
            (0..20).prop_map(|number| json!(number)),
        ],
    ) {
        let mut rules = every_form();
        let tokens = rules.as_array_mut().unwrap();
        let place = place.index(tokens.len());
        tokens[place] = token;
        if let Some(rules) = Rules::read(&mut rules) {
            let mut user = firstvalue_engine::State::user(&rules);
            let input = firstvalue_engine::Input {
                at: 0,
                utc_offset: 0,
                what: firstvalue_engine::What::Event { name: "a.done", properties: None },
            };
            user.apply(&rules, &input, &mut Vec::new());
            user.advance(&rules, 1 << 40, &mut Vec::new());
            user.health_score(&rules);
            user.stage(&rules);
            user.audiences(&rules).for_each(drop);
        }
    }
}
