//! The page that the address names.

use crate::page::Page;
use gloo_events::EventListener;
use yew::prelude::*;

/// The page that is looked at.
#[hook]
pub fn use_page() -> Page {
    let page = use_state(page_of_address);
    {
        let page = page.setter();
        use_effect_with((), move |()| {
            let listening = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| page.set(page_of_address()))
            });
            move || drop(listening)
        });
    }
    (*page).clone()
}

fn page_of_address() -> Page {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Page::at(&hash.unwrap_or_default(), |text| {
        Some(js_sys::decode_uri_component(text).ok()?.into())
    })
}
