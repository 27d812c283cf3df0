//! The admin token: from the address (`#token=…`), else from an earlier load of this
//! tab, else from the sign-in form. It is kept in sessionStorage, so that it is gone
//! when the tab is, and taken out of the address, so that it is not shared with it.

use std::rc::Rc;
use web_sys::{Storage, window};

const KEY: &str = "firstvalue.token";

/// Takes the token out of the address if there is one, and keeps it.
pub fn take_from_address() -> Option<Rc<str>> {
    let window = window()?;
    let location = window.location();
    let token = token_in(&location.hash().ok()?)?;
    let address = format!("{}{}", location.pathname().ok()?, location.search().ok()?);
    if let Ok(history) = window.history() {
        // A refusal leaves the token in the address, where it is still the right one.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
    keep(&token);
    Some(token)
}

/// The token of an earlier load of this tab.
pub fn kept() -> Option<Rc<str>> {
    storage()?.get_item(KEY).ok().flatten().map(Rc::from)
}

/// Keeps the token for later loads of this tab, where the browser allows it.
pub fn keep(token: &str) {
    if let Some(storage) = storage() {
        // Without storage the token is asked for again after a reload.
        let _ = storage.set_item(KEY, token);
    }
}

pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

fn storage() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

fn token_in(hash: &str) -> Option<Rc<str>> {
    let token = hash
        .trim_start_matches('#')
        .split('&')
        .find_map(|part| part.strip_prefix("token="))
        .filter(|token| !token.is_empty())?;
    // Browsers write some characters of an address in percent form.
    let plain = js_sys::decode_uri_component(token).ok().map(String::from);
    Some(Rc::from(plain.as_deref().unwrap_or(token)))
}
