//! The time, for what says how long ago something was.

use gloo_timers::callback::Interval;
use yew::prelude::*;

/// This computer's clock in milliseconds, a second old at most.
#[hook]
pub fn use_clock() -> f64 {
    let now = use_state(js_sys::Date::now);
    {
        let now = now.setter();
        use_effect_with((), move |()| {
            let ticking = Interval::new(1_000, move || now.set(js_sys::Date::now()));
            move || drop(ticking)
        });
    }
    // A render for another reason should not show an older time than the clock's.
    now.max(js_sys::Date::now())
}
