//! The curve as a table, for who wants the figures or cannot see the plot.

use crate::api::CurvePoint;
use crate::plot::TimeAxis;
use crate::view::curve_table;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub points: Vec<CurvePoint>,
    pub axis: TimeAxis,
}

#[component]
pub fn CurveAlternative(props: &Props) -> Html {
    let rows = curve_table(&props.points, props.axis);
    if rows.is_empty() {
        return html! {};
    }
    let rows = rows.into_iter().map(|(time, share)| {
        html! { <tr><th scope="row">{time}</th><td class="number">{share}</td></tr> }
    });
    html! {
        <details class="alternative">
            <summary>{"Show as a table"}</summary>
            <table class="plain-table">
                <thead>
                    <tr>
                        <th scope="col">{"Time since sign-up"}</th>
                        <th scope="col" class="number">{"Got there by then"}</th>
                    </tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}
