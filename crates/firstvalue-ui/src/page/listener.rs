//! A listener that is removed when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// In which phase a listener is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the page's own listeners further in.
    Capture,
    /// After them.
    Bubble,
}

/// A listener on an event target.
#[derive(Debug)]
pub struct Listener {
    on: EventTarget,
    event: &'static str,
    phase: Phase,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls back for each event of this name.
    pub fn new(
        on: &EventTarget,
        event: &'static str,
        phase: Phase,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn FnMut(Event)>::new(callback);
        // A flag, not an object of options: the page may have put `once` on `Object.prototype`.
        let added = on.add_event_listener_with_callback_and_bool(
            event,
            callback.as_ref().unchecked_ref(),
            phase == Phase::Capture,
        );
        debug_assert!(added.is_ok(), "adding a listener does not throw");
        Self {
            on: on.clone(),
            event,
            phase,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.on.remove_event_listener_with_callback_and_bool(
            self.event,
            self.callback.as_ref().unchecked_ref(),
            self.phase == Phase::Capture,
        );
    }
}
