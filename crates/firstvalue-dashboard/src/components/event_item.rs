//! One event of the live list.

use crate::format::ago;
use crate::view::{EventRow, Sort};
use wasm_bindgen::JsValue;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub row: EventRow,
    /// How long ago it was, in milliseconds.
    pub ago: i64,
}

#[component]
pub fn EventItem(props: &Props) -> Html {
    let row = &props.row;
    let sort = match row.sort {
        Sort::Did => "did",
        Sort::Guide => "guided",
        Sort::Trait => "trait",
    };
    let date = js_sys::Date::new(&JsValue::from_f64(row.at as f64));
    // A time that no calendar holds has no text form, and asking for it would throw.
    let known = !date.get_time().is_nan();
    let exact = known.then(|| String::from(date.to_iso_string()));
    let details = row.details.iter().map(|(name, value)| {
        html! { <span class="detail">{ format!("{name} {value}") }</span> }
    });
    html! {
        <li class={classes!("event", sort, row.fresh.then_some("fresh"))}>
            <span class="event-name">{row.name.clone()}</span>
            <time datetime={exact.clone()} title={exact}>{ago(props.ago)}</time>
            <span class="event-more">
                <span class="event-user">{row.user.clone()}</span>
                { for details }
            </span>
        </li>
    }
}
