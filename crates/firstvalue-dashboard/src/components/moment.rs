//! How long ago something was; exactly when, for whoever wants to know.

use crate::format::ago;
use wasm_bindgen::JsValue;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub at: i64,
    /// The collector's clock.
    pub now: i64,
}

#[component]
pub fn Moment(props: &Props) -> Html {
    let date = js_sys::Date::new(&JsValue::from_f64(props.at as f64));
    // A time that no calendar holds has no text form, and asking for it would throw.
    let known = !date.get_time().is_nan();
    let exact = known.then(|| String::from(date.to_iso_string()));
    html! {
        <time datetime={exact.clone()} title={exact}>{ago(props.now - props.at)}</time>
    }
}
