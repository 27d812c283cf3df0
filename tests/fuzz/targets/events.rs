//! A log, one message a line, as anybody may send it: it is taken in without a panic, and what is
//! remembered of everybody can be saved and loaded.
#![no_main]

use std::hint::black_box;

use firstvalue_engine::{Asked, Call, Population, State};
use firstvalue_fuzz::rules;
use firstvalue_model::message::Message;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let rules = rules();
        let (mut population, mut decisions) = (Population::new(), Vec::new());
        for line in text.lines() {
            let Ok(message) = serde_json::from_str::<Message>(line) else {
                continue;
            };
            let at = message.at();
            if let Some(call) = at.and_then(|at| Call::of(&message, at)) {
                black_box(population.is_late(rules, &call));
                population.apply(rules, &call, &mut decisions);
            }
        }
        for (_, state) in population.users().chain(population.accounts()) {
            for asked in [Asked::Milestone(0), Asked::Guide(0), Asked::Health] {
                black_box(state.explain(rules, asked, None));
            }
        }
        for (_, state) in population.users() {
            let saved = state.save(rules);
            let again = State::load(rules, &saved).expect("what was saved can be loaded");
            assert_eq!(again.save(rules), saved);
        }
        population.advance(rules, i64::MAX, &mut decisions);
    }
});
