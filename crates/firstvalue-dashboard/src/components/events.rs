//! The newest events as they come in.

use super::event_item::EventItem;
use crate::feed::Answer;
use crate::hooks::use_clock;
use crate::view::event_rows;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub answer: Answer,
    /// The collector's clock when the page was opened.
    pub opened_at: i64,
}

#[component]
pub fn Events(props: &Props) -> Html {
    let now = props.answer.collector_time(use_clock());
    let rows = event_rows(&props.answer.events, props.opened_at)
        .into_iter()
        .map(|row| {
            let (key, ago) = (row.key.clone(), now - row.at);
            html! { <EventItem {key} {ago} {row} /> }
        });
    html! {
        <section class="panel events" aria-labelledby="events-title">
            <div class="panel-head"><h2 id="events-title">{"Newest events"}</h2></div>
            if props.answer.events.is_empty() {
                <p class="empty">{"None yet."}</p>
            } else {
                // It scrolls by itself, so the keyboard must be able to get there.
                <div class="events-scroll" tabindex="0" role="group" aria-labelledby="events-title">
                    <ol class="event-list">{ for rows }</ol>
                </div>
            }
        </section>
    }
}
