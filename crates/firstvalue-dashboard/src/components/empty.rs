//! A panel that has nothing to show yet.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub title: AttrValue,
    pub children: Html,
}

#[component]
pub fn Empty(props: &Props) -> Html {
    html! {
        <section class="panel">
            <div class="panel-head"><h2>{props.title.clone()}</h2></div>
            <p class="empty">{props.children.clone()}</p>
        </section>
    }
}
