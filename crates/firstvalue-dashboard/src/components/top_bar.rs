//! The bar at the top: product, state of the connection, pause, sign out.

use super::brand::Brand;
use super::state::State;
use crate::feed::Connection;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub product: Option<String>,
    pub connection: Connection,
    pub paused: bool,
    pub on_pause: Callback<()>,
    pub on_sign_out: Callback<()>,
}

#[component]
pub fn TopBar(props: &Props) -> Html {
    let on_pause = props.on_pause.reform(|_: MouseEvent| ());
    let on_sign_out = props.on_sign_out.reform(|_: MouseEvent| ());
    html! {
        <header class="bar">
            <Brand />
            <h1>{ props.product.as_deref().unwrap_or("Dashboard") }</h1>
            <State connection={props.connection.clone()} paused={props.paused} />
            <div class="bar-actions">
                <button class="quiet" onclick={on_pause}>
                    { if props.paused { "Resume" } else { "Pause" } }
                </button>
                <button class="quiet" onclick={on_sign_out}>{"Sign out"}</button>
            </div>
        </header>
    }
}
