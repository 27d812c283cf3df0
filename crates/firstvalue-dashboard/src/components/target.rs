//! A milestone's target, and whether it is met: in words and a shape, not colour alone.

use crate::view::{Standing, Target as Row};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub target: Row,
}

#[component]
pub fn Target(props: &Props) -> Html {
    let Row {
        time,
        standing,
        within,
    } = &props.target;
    let (class, mark) = match standing {
        Standing::Met => ("met", "M2.5 6.5 5 9l4.5-6"),
        Standing::Missed => ("missed", "M3 3l6 6M9 3l-6 6"),
        Standing::Open => ("open", "M2.5 6h7"),
    };
    let title = within
        .as_ref()
        .map(|within| format!("{within} of users get there within {time}"));
    html! {
        <span class="target" {title}>
            <span class={classes!("standing", class)}>
                <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d={mark} /></svg>
                { standing.label() }
            </span>
            <span class="target-time">{ format!("target {time}") }</span>
        </span>
    }
}
