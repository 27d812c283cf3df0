//! The pages.

use crate::page::{Page, TABS};
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub page: Page,
}

#[component]
pub fn Nav(props: &Props) -> Html {
    let nav = use_node_ref();
    {
        let nav = nav.clone();
        use_effect_with(props.page.clone(), move |_| {
            show_current(&nav);
        });
    }
    let tabs = TABS.into_iter().map(|(address, name, tab)| {
        let current = props.page.is_under(&tab).then_some("page");
        html! { <li><a href={address} aria-current={current}>{name}</a></li> }
    });
    html! { <nav ref={nav} class="tabs" aria-label="Pages"><ul>{ for tabs }</ul></nav> }
}

/// Brings the current tab to the middle where there is not room for all of them.
fn show_current(nav: &NodeRef) -> Option<()> {
    let nav = nav.cast::<HtmlElement>()?;
    let current = nav.query_selector("[aria-current]").ok()??;
    let (around, tab) = (
        nav.get_bounding_client_rect(),
        current.get_bounding_client_rect(),
    );
    let aside = tab.left() + tab.width() / 2.0 - around.left() - around.width() / 2.0;
    nav.set_scroll_left(nav.scroll_left() + aside as i32);
    Some(())
}
