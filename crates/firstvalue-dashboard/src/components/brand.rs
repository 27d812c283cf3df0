//! The product's mark and name.

use yew::prelude::*;

#[component]
pub fn Brand() -> Html {
    html! {
        <p class="brand">
            <img src="./icon.svg" alt="" width="20" height="20" />
            {"Firstvalue"}
        </p>
    }
}
