//! The border to `js/page.js`. None of these functions throws.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement};

#[wasm_bindgen(module = "/js/page.js")]
extern "C" {
    /// Whether the path now shown matches a glob.
    #[wasm_bindgen(js_name = isOn)]
    pub fn is_on(glob: &str) -> bool;

    /// What an object has of its own under a key; undefined if there is nothing.
    #[wasm_bindgen]
    pub fn member(of: &JsValue, key: &str) -> JsValue;

    /// The keys of an object, by letter.
    #[wasm_bindgen]
    pub fn keys(of: &JsValue) -> Vec<String>;

    /// What is entered in the field in which an event happened.
    #[wasm_bindgen]
    pub fn entered(event: &Event) -> String;

    /// Lets the keyboard reach a text that is longer than there is room for.
    #[wasm_bindgen(js_name = letScroll)]
    pub fn let_scroll(surface: &Element);

    /// An element of ours before or after one of the page.
    #[wasm_bindgen]
    pub fn beside(target: &Element, before: bool) -> HtmlElement;

    /// Whether it is still there.
    #[wasm_bindgen(js_name = isBeside)]
    pub fn is_beside(ours: &Element, target: &Element, before: bool) -> bool;
}
