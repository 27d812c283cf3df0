//! A saved state with bytes of it changed: it is refused or loaded without a panic, and what is
//! loaded saves and loads again to the same bytes, and can be gone on with.
#![no_main]

use firstvalue_engine::{Input, State, What};
use firstvalue_fuzz::rules;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let bytes = match data {
        [b'!', changes @ ..] => changed(saved(), changes),
        whole => whole.to_vec(),
    };
    let rules = rules();
    if let Ok(mut state) = State::load(rules, &bytes) {
        let saved = state.save(rules);
        let again = State::load(rules, &saved).expect("what was saved can be loaded");
        assert_eq!(again.save(rules), saved);
        state.advance(rules, i64::MAX / 2, &mut Vec::new());
        state.apply(rules, &event(0), &mut Vec::new());
        state.advance(rules, i64::MAX, &mut Vec::new());
    }
});

/// A place and what stands there instead, three bytes each.
fn changed(mut bytes: Vec<u8>, changes: &[u8]) -> Vec<u8> {
    for change in changes.chunks_exact(3) {
        let place = usize::from(change[0]) * 256 + usize::from(change[1]);
        if let Some(byte) = bytes.get_mut(place) {
            *byte = change[2];
        } else {
            bytes.push(change[2]);
        }
    }
    bytes
}

fn event(at: i64) -> Input<'static> {
    Input {
        at,
        utc_offset: 0,
        what: What::Event {
            name: "a.done",
            properties: None,
        },
    }
}

fn saved() -> Vec<u8> {
    let mut state = State::user(rules());
    for at in 0..20 {
        state.apply(rules(), &event(at * 40_000_000), &mut Vec::new());
    }
    state.save(rules())
}
