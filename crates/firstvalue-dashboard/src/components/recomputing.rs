//! Says that a new playbook is being taken up, and how far that has come.

use crate::api;
use crate::format::share;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub progress: api::Recomputing,
}

#[component]
pub fn Recomputing(props: &Props) -> Html {
    let api::Recomputing { read, events } = props.progress;
    let done = share(read as f64 / events.max(1) as f64);
    html! {
        <section class="notice" aria-label="New playbook">
            <p>
                <strong>{"A new playbook is in force."}</strong>
                {format!(" Until everything is decided anew the figures are those of the one before; {done} is done.")}
            </p>
        </section>
    }
}
