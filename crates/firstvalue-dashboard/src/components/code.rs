//! Lines of code with a button that copies them.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Clipboard;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub label: AttrValue,
    pub text: AttrValue,
}

#[component]
pub fn Code(props: &Props) -> Html {
    let copied = use_state(|| false);
    let onclick = {
        let (copied, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            spawn_local(async move {
                if let Some(clipboard) = clipboard() {
                    let done = JsFuture::from(clipboard.write_text(&text)).await;
                    copied.set(done.is_ok());
                }
            });
        })
    };
    html! {
        <div class="code">
            <pre tabindex="0" role="region" aria-label={props.label.clone()}>
                <code>{props.text.clone()}</code>
            </pre>
            if clipboard().is_some() {
                <button class="quiet copy" {onclick}>{"Copy"}</button>
            }
            <span class="note copied" role="status">{ if *copied { "Copied" } else { "" } }</span>
        </div>
    }
}

/// Browsers have no clipboard on pages that came over plain HTTP from another computer.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    (!clipboard.is_undefined()).then(|| clipboard.into())
}
