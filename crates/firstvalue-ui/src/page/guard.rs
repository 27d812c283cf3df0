//! Whether the target of a step is used.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use super::script;

/// Hears of each use of an element of the page until it is dropped.
#[derive(Debug)]
pub struct Guard {
    end: Function,
    _told: Closure<dyn FnMut()>,
}

impl Guard {
    /// Calls back for each use; one that `blocks` prevents it.
    pub fn new(element: &Element, blocks: bool, told: impl FnMut() + 'static) -> Self {
        let told = Closure::<dyn FnMut()>::new(told);
        Self {
            end: script::guard(element, blocks, told.as_ref()),
            _told: told,
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.end.call0(&JsValue::NULL);
    }
}
