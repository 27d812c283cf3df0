//! The application for product teams: one page that opens on one number (how many
//! users have reached first value, and how soon), then milestones, guides and the
//! newest events, read from the collector's `/api` every two seconds.
//!
//! What can be reasoned about without a browser is in plain modules with tests of
//! their own: `page` knows the addresses of pages, `stream` reads a stream of events,
//! `format` turns numbers into text, `plot` turns a distribution into geometry, `view` turns the collector's answers into what a component shows, and
//! `feed` is the reducer of the live connection. The rest touches the browser:
//! `fetch`, `download`, `session`, `hooks` and `components`.
//!
//! The page works under `style-src 'self'`: there are no `style` attributes, only
//! classes and the presentation attributes of SVG.

mod api;
mod components;
mod download;
mod feed;
mod fetch;
mod format;
mod hooks;
mod page;
mod plot;
mod session;
mod stream;
mod view;

use wasm_bindgen::prelude::wasm_bindgen;

/// Draws the application into the element with the id `app`; does nothing without one.
#[wasm_bindgen]
pub fn start() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        // What stands there until now says that the page is loading.
        root.set_text_content(None);
        yew::Renderer::<components::app::App>::with_root(root).render();
    }
}
