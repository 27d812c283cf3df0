//! Whether anybody can see the page.

use gloo_events::EventListener;
use yew::prelude::*;

/// False while the tab is in the background.
#[hook]
pub fn use_visible() -> bool {
    let visible = use_state(is_visible);
    {
        let visible = visible.setter();
        use_effect_with((), move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            let listening = document.map(|document| {
                EventListener::new(&document, "visibilitychange", move |_| {
                    visible.set(is_visible());
                })
            });
            move || drop(listening)
        });
    }
    *visible
}

fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| !document.hidden())
}
