//! The head of the column of strips: the times that their places mean.

use crate::format::{decimal, duration};
use crate::plot::TimeAxis;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub axis: TimeAxis,
}

#[component]
pub fn SpreadAxis(props: &Props) -> Html {
    let labels = props.axis.ticks(0.28).into_iter().map(|time| {
        let place = props.axis.fraction(time);
        // The labels at the ends would be cut off if they were centred.
        let anchor = match place {
            place if place < 0.1 => "start",
            place if place > 0.9 => "end",
            _ => "middle",
        };
        let x = format!("{}%", decimal(place * 100.0));
        html! { <text {x} y="11" text-anchor={anchor}>{duration(time)}</text> }
    });
    html! {
        <svg class="spread-axis" width="100%" height="14" aria-hidden="true">{ for labels }</svg>
    }
}
