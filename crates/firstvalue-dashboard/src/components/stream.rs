//! Events as they come in, on a page of their own.

use super::event_item::EventItem;
use crate::hooks::{use_clock, use_stream};
use crate::view::event_rows;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub token: Rc<str>,
    pub running: bool,
    /// By how much the collector's clock is ahead of this computer's.
    pub ahead: f64,
    /// The collector's clock when the page was opened.
    pub opened_at: i64,
    /// The collector does not answer.
    pub lost: bool,
}

#[component]
pub fn Stream(props: &Props) -> Html {
    let events = use_stream(&props.token, props.running);
    let now = (use_clock() + props.ahead) as i64;
    let known = events.as_deref().unwrap_or_default();
    let rows = event_rows(known, props.opened_at).into_iter().map(|row| {
        let (key, ago) = (row.key.clone(), now - row.at);
        html! { <EventItem {key} {ago} {row} /> }
    });
    html! {
        <section class="panel" aria-labelledby="stream-title">
            <div class="panel-head">
                <h2 id="stream-title">{"Events as they come in"}</h2>
                <p class="note">{"The latest 200"}</p>
            </div>
            if events.is_none() {
                <p class="empty">
                    { if props.lost { "There is nothing to show: the collector does not answer." } else { "Loading…" } }
                </p>
            } else if known.is_empty() {
                <p class="empty">{"None yet."}</p>
            } else {
                <ol class="event-list">{ for rows }</ol>
            }
        </section>
    }
}
