//! One event of the live list.

use super::moment::Moment;
use crate::view::{EventRow, Sort};
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
    let details = row.details.iter().map(|(name, value)| {
        html! { <span class="detail">{ format!("{name} {value}") }</span> }
    });
    html! {
        <li class={classes!("event", sort, row.fresh.then_some("fresh"))}>
            <span class="event-name">{row.name.clone()}</span>
            <Moment at={row.at} now={row.at + props.ago} />
            <span class="event-more">
                if let Some(address) = row.address.clone() {
                    <a class="event-user" href={address}>{row.user.clone()}</a>
                } else {
                    <span class="event-user">{row.user.clone()}</span>
                }
                { for details }
            </span>
        </li>
    }
}
