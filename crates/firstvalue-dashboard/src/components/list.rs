//! A list of the collector as a table.

use crate::components::list_row::ListRow;
use crate::hooks::{ListAction, use_clock, use_list};
use crate::view;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub list: view::List,
    pub token: Rc<str>,
    pub running: bool,
    /// By how much the collector's clock is ahead of this computer's.
    pub ahead: f64,
}

#[component]
pub fn List(props: &Props) -> Html {
    let list = &props.list;
    let loaded = use_list(&props.token, list, props.running);
    let now = (use_clock() + props.ahead) as i64;
    let on_more = {
        let dispatcher = loaded.dispatcher();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(ListAction::More))
    };
    let columns = list.columns.iter().map(|(name, numbers)| {
        let class = numbers.then_some("number");
        html! { <th role="columnheader" scope="col" {class}>{*name}</th> }
    });
    let rows = loaded.rows.iter().map(|row| {
        html! { <ListRow row={row.clone()} columns={list.columns} {now} /> }
    });
    html! {
        <section class="panel" aria-labelledby="list-title">
            <div class="panel-head">
                <h2 id="list-title">{list.title.clone()}</h2>
                <p class="note">{list.note}</p>
            </div>
            if let Some(failure) = &loaded.failure {
                <p class="empty" role="status">
                    {format!("This list is not up to date: {failure}.")}
                </p>
            }
            if !loaded.rows.is_empty() {
                <table class="table list" role="table" aria-labelledby="list-title">
                    <thead role="rowgroup"><tr role="row">{ for columns }</tr></thead>
                    <tbody role="rowgroup">{ for rows }</tbody>
                </table>
            } else if loaded.known {
                <p class="empty">{list.empty}</p>
            } else if loaded.failure.is_none() {
                <p class="empty">{"Loading…"}</p>
            }
            if loaded.next.is_some() {
                <p class="more"><button onclick={on_more}>{"Show more"}</button></p>
            }
        </section>
    }
}
