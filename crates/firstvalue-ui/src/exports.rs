//! What the loader calls.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::{AppHandle, Renderer};

use crate::app::{App, AppProps, Msg};
use crate::content::json::Json;
use crate::page::root::Root;
use crate::page::script;

thread_local! {
    /// One renderer for the life of the page: every further one would leave its listeners behind.
    static APP: RefCell<Option<AppHandle<App>>> = const { RefCell::new(None) };
}

/// Sets up `<fv-root>`. To be called once for a page; further calls do nothing. Of the options of the `host`
/// its `renderer` is taken, if it draws guides itself, and its `router`.
///
/// # Errors
/// Throws a word if the browser lacks what is needed.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, report: Function, host: JsValue) -> Result<(), JsValue> {
    APP.with_borrow_mut(|app| {
        if app.is_some() {
            return Ok(());
        }
        // Without a hook of ours yew sets one that writes to the host's console.
        yew::set_custom_panic_hook(Box::new(|_| {}));
        let root = Root::new(root).ok_or("no shadow root")?;
        // Nothing is drawn into this element; see `App::view`.
        let nowhere = root.nowhere().clone();
        let props = AppProps {
            root: Rc::new(root),
            report,
            draw: script::take_host(&host),
        };
        *app = Some(Renderer::<App>::with_root_and_props(nowhere, props).render());
        Ok(())
    })
}

/// Shows a step of a guide, in place of whatever is shown.
///
/// # Errors
/// Throws a word if the content cannot be read or has no such step.
#[wasm_bindgen]
pub fn show(guide: &str, step: usize, context: &str) -> Result<(), JsValue> {
    send(Msg::show(guide, step, context)?);
    Ok(())
}

/// Takes in what happens while a guide is shown; both as the host's handlers are told.
#[wasm_bindgen]
pub fn hear(happening: &str, detail: &str) {
    if let Some(detail) = Json::read(detail) {
        send(Msg::Heard(happening == "milestone", detail));
    }
}

/// Shows the next step; completes the guide on its last.
#[wasm_bindgen]
pub fn next() {
    send(Msg::Next);
}

/// Shows the step before.
#[wasm_bindgen]
pub fn back() {
    send(Msg::Back);
}

/// Takes away whatever is shown, without a report.
#[wasm_bindgen]
pub fn hide() {
    send(Msg::Hide);
}

fn send(message: Msg) {
    // Cloned first: what the message does may come back here.
    if let Some(scope) = APP.with_borrow(|app| app.as_deref().cloned()) {
        scope.send_message(message);
    }
}
