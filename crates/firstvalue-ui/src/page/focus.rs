//! Where the focus is, and giving it back.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::document;
use super::target::{is_visible, parent};

/// What has the focus, through open shadow roots, or within one of them; never the body.
pub fn focused(within: Option<&ShadowRoot>) -> Option<Element> {
    let mut element = match within {
        Some(root) => root.active_element()?,
        None => document()?
            .active_element()
            .filter(|element| !element.tag_name().eq_ignore_ascii_case("body"))?,
    };
    while let Some(inner) = element.shadow_root().and_then(|root| root.active_element()) {
        element = inner;
    }
    Some(element)
}

/// Focuses an element without scrolling to it; whether it took the focus.
pub fn focus(element: &Element) -> bool {
    let Some(html) = element.dyn_ref::<HtmlElement>() else {
        return false;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = html.focus_with_options(&options);
    focused(None).as_ref() == Some(element)
}

/// What a user can focus.
const FOCUSABLE: &str = "a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex],[contenteditable]";

/// Gives the focus back to the element that had it. If that is gone it goes to what is nearest to
/// another element: that itself, what can be focused in it, or around it.
pub fn give_back(to: Option<&Element>, near: Option<&Element>) {
    if to.is_some_and(|element| element.is_connected() && focus(element)) {
        return;
    }
    let Some(near) = near.filter(|element| element.is_connected()) else {
        return;
    };
    let inside = near.query_selector(FOCUSABLE).ok().flatten();
    let around = std::iter::successors(Some(near.clone()), |element| parent(element));
    let candidates = around
        .take(1)
        .chain(inside)
        .chain(std::iter::successors(parent(near), |element| {
            parent(element)
        }));
    let _ = candidates.filter(is_visible).any(|element| focus(&element));
}

/// The first and the last element that Tab reaches within an element.
pub fn ends(within: &Element) -> Option<(Element, Element)> {
    let all = within.query_selector_all("a[href],button").ok()?;
    let at = |index: u32| all.item(index)?.dyn_into::<Element>().ok();
    Some((at(0)?, at(all.length().checked_sub(1)?)?))
}

/// Whether the user types into an element.
pub fn is_editable(element: &Element) -> bool {
    const TYPED: &str = "textarea,select,input:not([type=button],[type=checkbox],[type=color],[type=file],[type=image],[type=radio],[type=range],[type=reset],[type=submit])";
    element.matches(TYPED).unwrap_or(false)
        || element
            .dyn_ref::<HtmlElement>()
            .is_some_and(HtmlElement::is_content_editable)
}
