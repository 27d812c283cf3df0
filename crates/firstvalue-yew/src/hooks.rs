//! What is known of the user, for components that are rendered anew when it changes.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::calls::state_text;
use crate::happenings::Listener;
use crate::page::is_hidden;
use crate::state::State;

/// After which something else may be known.
const HAPPENINGS: [&str; 4] = ["event", "milestone", "guide", "step"];

/// Milliseconds between two looks besides: that somebody signs out is told to nobody, nor what other pages and devices
/// have done, nor that all is ready.
const PAUSE: u32 = 1_000;

/// What is known of the user, anew whenever it changes; nothing until Firstvalue is ready.
#[hook]
pub fn use_firstvalue() -> Option<Rc<State>> {
    // As text, of which it is soon said whether it has changed.
    let known = use_state_eq(state_text);
    {
        let known = known.clone();
        use_effect_with((), move |()| {
            // Before anybody listened.
            known.set(state_text());
            let listeners = HAPPENINGS.map(|happening| {
                let known = known.clone();
                Listener::new(happening, move |_| known.set(state_text()))
            });
            let timer = Interval::new(PAUSE, move || {
                if !is_hidden() {
                    known.set(state_text());
                }
            });
            move || drop((listeners, timer))
        });
    }
    let state = use_memo((*known).clone(), |known| {
        let state = serde_json::from_str(known.as_deref()?).ok()?;
        Some(Rc::new(state))
    });
    Option::clone(&state)
}

/// Whether the user has reached a milestone.
#[hook]
pub fn use_milestone(id: &str) -> bool {
    let state = use_firstvalue();
    let milestone = state.as_ref().and_then(|state| state.milestones.get(id));
    milestone.is_some_and(|milestone| milestone.reached_at.is_some())
}
