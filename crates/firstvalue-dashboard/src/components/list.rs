//! What the collector lists, as one table or several.

use crate::api::Overview;
use crate::components::list_row::ListRow;
use crate::hooks::{ListAction, use_clock, use_list};
use crate::view::{self, Deed, Line, Part};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub list: view::List,
    pub token: Rc<str>,
    /// It knows what people call things.
    pub overview: Rc<Overview>,
    pub running: bool,
    /// By how much the collector's clock is ahead of this computer's.
    pub ahead: f64,
    /// When something was done last: then it is asked for again.
    pub done: f64,
    pub on_deed: Callback<Deed>,
}

#[component]
pub fn List(props: &Props) -> Html {
    let loaded = use_list(&props.token, &props.list, &props.overview, props.running);
    let now = (use_clock() + props.ahead) as i64;
    {
        let dispatcher = loaded.dispatcher();
        use_effect_with(props.done, move |done| {
            if *done > 0.0 {
                dispatcher.dispatch(ListAction::Again);
            }
        });
    }
    let on_more = {
        let dispatcher = loaded.dispatcher();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(ListAction::More))
    };
    let parts = props.list.parts.iter().enumerate();
    let parts = parts.map(|(place, part)| {
        let rows = loaded.rows.get(place).map(Vec::as_slice);
        html! {
            <section class="panel" aria-label={part.title.clone()}>
                <div class="panel-head">
                    <h2>{part.title.clone()}</h2>
                    <p class="note">{part.note.clone()}</p>
                </div>
                if let Some(failure) = &loaded.failure {
                    <p class="empty" role="status">
                        {match rows {
                            Some(_) => format!("This is not up to date: {failure}."),
                            None => format!("There is nothing to show: {failure}."),
                        }}
                    </p>
                } else if rows.is_none() {
                    <p class="empty">{"Loading…"}</p>
                }
                if let Some(rows) = rows {
                    { table(part, rows, now, &props.on_deed) }
                }
                if loaded.next.is_some() && place + 1 == props.list.parts.len() {
                    <p class="more"><button onclick={on_more.clone()}>{"Show more"}</button></p>
                }
            </section>
        }
    });
    // What failed or is on its way did so for all of them.
    let shown = if loaded.rows.is_empty() {
        1
    } else {
        props.list.parts.len()
    };
    html! { { for parts.take(shown) } }
}

fn table(part: &Part, rows: &[Line], now: i64, on_deed: &Callback<Deed>) -> Html {
    if rows.is_empty() {
        return html! { <p class="empty">{part.empty}</p> };
    }
    let columns = part.columns.iter().map(|(name, numbers)| {
        let class = numbers.then_some("number");
        html! { <th role="columnheader" scope="col" {class}>{*name}</th> }
    });
    let rows = rows.iter().map(|row| {
        html! { <ListRow row={row.clone()} columns={part.columns} {now} on_deed={on_deed.clone()} /> }
    });
    html! {
        <table class="table list" role="table" aria-label={part.title.clone()}>
            <thead role="rowgroup"><tr role="row">{ for columns }</tr></thead>
            <tbody role="rowgroup">{ for rows }</tbody>
        </table>
    }
}
