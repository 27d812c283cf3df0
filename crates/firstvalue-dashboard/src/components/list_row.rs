//! One row of a list.

use crate::components::moment::Moment;
use crate::view::{Cell, Deed, Line};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub row: Line,
    pub columns: &'static [(&'static str, bool)],
    /// The collector's clock.
    pub now: i64,
    pub on_deed: Callback<Deed>,
}

#[component]
pub fn ListRow(props: &Props) -> Html {
    let mut cells = props.row.iter();
    let first = cells.next().map(|cell| content(cell, props));
    let rest = cells
        .zip(props.columns.iter().skip(1))
        .map(|(cell, (name, numbers))| {
            let class = numbers.then_some("number");
            html! { <td role="cell" data-label={*name} {class}>{ content(cell, props) }</td> }
        });
    html! {
        <tr role="row">
            <th role="rowheader" scope="row">{first}</th>
            { for rest }
        </tr>
    }
}

fn content(cell: &Cell, props: &Props) -> Html {
    match cell {
        Cell::Text(text) | Cell::Number(text) => html! { {text.clone()} },
        Cell::Link(address, text) => html! { <a href={address.clone()}>{text.clone()}</a> },
        Cell::When(at) => html! { <Moment at={*at} now={props.now} /> },
        Cell::Code(text) => html! { <code>{text.clone()}</code> },
        Cell::Marked(text, mark) => {
            html! { <>{text.clone()}{" "}<span class="mark-word">{*mark}</span></> }
        }
        Cell::Deeds(deeds) => {
            let buttons = deeds.iter().map(|deed| {
                let done = deed.clone();
                let onclick = props.on_deed.reform(move |_: MouseEvent| done.clone());
                html! { <button class="deed" aria-label={deed.name()} {onclick}>{deed.label()}</button> }
            });
            html! { { for buttons } }
        }
    }
}
