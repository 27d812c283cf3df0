//! One word on whether the page is live, also for screen readers.

use crate::feed::Connection;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub connection: Connection,
    pub paused: bool,
}

#[component]
pub fn State(props: &Props) -> Html {
    let (class, word) = match &props.connection {
        _ if props.paused => ("state-paused", "Paused"),
        Connection::Opening | Connection::Refused => ("state-opening", "Connecting"),
        Connection::Live => ("state-live", "Live"),
        Connection::Lost { .. } => ("state-lost", "Not updating"),
    };
    html! { <p class={classes!("state", class)} role="status">{word}</p> }
}
