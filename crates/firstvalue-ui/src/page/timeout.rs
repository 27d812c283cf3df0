//! A call after a while, unless it is dropped before.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// A pending call.
#[derive(Debug)]
pub struct Timeout {
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls back once after this many milliseconds; after the current event if zero.
    pub fn new(milliseconds: i32, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let id = window().and_then(|window| {
            let function = callback.as_ref().unchecked_ref();
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(function, milliseconds)
                .ok()
        });
        Self {
            id,
            _callback: callback,
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id, window()) {
            window.clear_timeout_with_handle(id);
        }
    }
}
