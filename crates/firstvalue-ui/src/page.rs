//! The host's page: everything that reads it, listens to it or stands in it.
//!
//! Each resource is a value; dropping it undoes it. Nothing here decides what is shown.

pub mod dialogs;
pub mod frames;
pub mod guard;
pub mod keys;
pub mod listener;
pub mod measure;
pub mod mutations;
pub mod root;
pub mod script;
pub mod search;
pub mod timeout;

use web_sys::{Document, Window};

/// The window; absent only outside a browser.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document; absent only outside a browser.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Milliseconds since the page was opened, by a clock that does not jump.
pub fn now() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
