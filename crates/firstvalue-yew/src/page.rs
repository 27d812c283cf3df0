//! The object `firstvalue` of the page, which is there once its script, or the stub of it, has run.

use js_sys::{Array, Function, JSON, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// Whether there is a page at all, and not a server that renders one.
pub(crate) const IS_PAGE: bool = cfg!(target_family = "wasm");

/// Calls one of its methods with what is a tuple here; nothing comes of it if there is none.
pub(crate) fn call(method: &str, arguments: &impl Serialize) -> Option<JsValue> {
    if !IS_PAGE {
        return None;
    }
    let arguments = JSON::parse(&serde_json::to_string(arguments).ok()?).ok()?;
    apply(method, arguments.dyn_ref()?)
}

/// Likewise, in a page.
pub(crate) fn apply(method: &str, arguments: &Array) -> Option<JsValue> {
    let firstvalue = Reflect::get(&js_sys::global(), &"firstvalue".into()).ok()?;
    let method = Reflect::get(&firstvalue, &method.into()).ok()?;
    let method: &Function = method.dyn_ref()?;
    method.apply(&firstvalue, arguments).ok()
}

/// Whether nobody sees the page just now.
pub(crate) fn is_hidden() -> bool {
    let document = Reflect::get(&js_sys::global(), &"document".into());
    document
        .and_then(|document| Reflect::get(&document, &"hidden".into()))
        .is_ok_and(|hidden| hidden.is_truthy())
}

/// What JavaScript gave, as JSON; nothing for `null` and `undefined`.
pub(crate) fn text(value: &JsValue) -> Option<String> {
    if value.is_null() || value.is_undefined() {
        return None;
    }
    JSON::stringify(value).ok()?.as_string()
}

/// What JavaScript gave, read.
pub(crate) fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&text(value)?).ok()
}
