//! The Escape key, the only one that means something outside our own element while a step is shown.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::listener::{Listener, Phase};
use super::script::is_typing;
use super::window;

/// Calls back for Escape until it is dropped.
///
/// In the capture phase and before anybody else: in a host's modal dialog the browser would close that
/// dialog, and a dialog made by hand would close itself. The key stays the host's while the user types
/// in one of its fields or composes a character, where Escape means something else.
pub fn on_escape(
    ours: &Element,
    anywhere: bool,
    callback: impl Fn() + 'static,
) -> Option<Listener> {
    let ours = ours.clone();
    let window = window()?;
    Some(Listener::new(
        &window,
        "keydown",
        Phase::Capture,
        move |event: Event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if key.key() != "Escape" || key.is_composing() || event.default_prevented() {
                return;
            }
            if !is_ours(&event, &ours) && (!anywhere || is_typing(&event)) {
                return;
            }
            event.prevent_default();
            event.stop_immediate_propagation();
            callback();
        },
    ))
}

/// Whether an event happened within our own element.
pub fn is_ours(event: &Event, ours: &Element) -> bool {
    event.composed_path().includes(ours, 0)
}
