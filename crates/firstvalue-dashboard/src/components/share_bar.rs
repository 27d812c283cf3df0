//! A share as a thin bar. The number stands beside it, so it is hidden from readers.

use crate::format::decimal;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub share: f64,
}

#[component]
pub fn ShareBar(props: &Props) -> Html {
    let width = format!("{}%", decimal(props.share * 100.0));
    html! {
        <svg class="share-bar" width="100%" height="4" aria-hidden="true">
            <rect class="bar-track" width="100%" height="4" rx="2" />
            <rect class="bar-fill" {width} height="4" rx="2" />
        </svg>
    }
}
