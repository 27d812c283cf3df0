//! Handing a file to the reader.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement, Url};

/// How long a browser may take until it has begun to read the file, in milliseconds.
const BEGUN: u32 = 60_000;

/// Puts text among the reader's downloads. Nothing if the browser does not let it.
pub fn download(name: &str, text: &str) -> Option<()> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
    let link = web_sys::window()?.document()?.create_element("a").ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.unchecked_into::<HtmlElement>().click();
    // Else the text is kept for as long as the page.
    Timeout::new(BEGUN, move || drop(Url::revoke_object_url(&address))).forget();
    Some(())
}
