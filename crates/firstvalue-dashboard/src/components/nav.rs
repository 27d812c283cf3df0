//! The pages.

use crate::page::{Page, TABS};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub page: Page,
}

#[component]
pub fn Nav(props: &Props) -> Html {
    let tabs = TABS.into_iter().map(|(address, name, tab)| {
        let current = props.page.is_under(&tab).then_some("page");
        html! { <li><a href={address} aria-current={current}>{name}</a></li> }
    });
    html! { <nav class="tabs" aria-label="Pages"><ul>{ for tabs }</ul></nav> }
}
