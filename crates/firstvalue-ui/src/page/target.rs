//! Finding the element that a step points at, and telling whether it can be seen.

use firstvalue_model::guide::Target;
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node, NodeList, ShadowRoot};

use super::document;

/// What a look for a target found.
#[derive(Debug, Default)]
pub struct Sighting {
    /// The first match that can be seen.
    pub visible: Option<Element>,
    /// How many elements match, seen or not.
    pub matches: usize,
}

#[wasm_bindgen]
extern "C" {
    /// What has `querySelectorAll`: a document or a shadow root.
    type Tree;
    #[wasm_bindgen(method, catch, js_name = querySelectorAll)]
    fn all(this: &Tree, selector: &str) -> Result<NodeList, JsValue>;

    type Visibility;
    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    fn check(this: &Visibility, options: &JsValue) -> Result<bool, JsValue>;
}

/// Looks in the document, and where that has no match and `deep` is given, through all open shadow
/// roots as well. `entered` is told of each root, which may come to hold the target later.
pub fn look(target: &Target, deep: bool, entered: &mut dyn FnMut(&ShadowRoot)) -> Sighting {
    let mut sighting = Sighting::default();
    if let Some(document) = document() {
        look_in(document.unchecked_ref(), target, &mut sighting);
        if sighting.matches == 0 && deep {
            enter(document.unchecked_ref(), target, &mut sighting, entered);
        }
    }
    sighting
}

fn enter(
    tree: &Tree,
    target: &Target,
    sighting: &mut Sighting,
    entered: &mut dyn FnMut(&ShadowRoot),
) {
    // Our own element holds no target.
    for element in elements(tree, ":not(fv-root)") {
        if let Some(root) = element.shadow_root() {
            entered(&root);
            look_in(root.unchecked_ref(), target, sighting);
            enter(root.unchecked_ref(), target, sighting, entered);
        }
    }
}

fn look_in(tree: &Tree, target: &Target, sighting: &mut Sighting) {
    for element in elements(tree, &target.css) {
        if target.text.as_ref().is_none_or(|text| says(&element, text)) {
            sighting.matches += 1;
            if sighting.visible.is_none() && is_visible(&element) {
                sighting.visible = Some(element);
            }
        }
    }
}

/// All elements that match; none if the selector is not one.
fn elements(tree: &Tree, selector: &str) -> impl Iterator<Item = Element> {
    let found = tree.all(selector).ok();
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
}

/// Whether an element contains a text, letter case and white space aside.
fn says(element: &Element, text: &str) -> bool {
    contains_words(&element.text_content().unwrap_or_default(), text)
}

/// Whether one text contains another, letter case and white space aside. The browser has the tables
/// of letter case; in Rust they would be part of the package.
fn contains_words(text: &str, wanted: &str) -> bool {
    let normal = |text: &str| JsString::from(one_space(text)).to_lower_case();
    normal(text).includes(&String::from(normal(wanted)), 0)
}

/// The words of a text with one space between them.
fn one_space(text: &str) -> String {
    let mut normal = String::new();
    for word in text.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

/// Whether an element can be seen once it is scrolled to: it is in the page, has a size, and nothing
/// that it lies in is hidden, collapsed, transparent or inert.
pub fn is_visible(element: &Element) -> bool {
    if !element.is_connected() || matches!(element.closest("[inert]"), Ok(Some(_))) {
        return false;
    }
    let rect = element.get_bounding_client_rect();
    rect.width() > 0.0 && rect.height() > 0.0 && passes_visibility_check(element)
}

/// `checkVisibility()` passes transparent and `visibility:hidden` elements unless it is asked not to.
/// Browsers without it show the step.
fn passes_visibility_check(element: &Element) -> bool {
    thread_local! {
        static OPTIONS: JsValue = {
            let options = js_sys::Object::new();
            for name in ["opacityProperty", "visibilityProperty", "contentVisibilityAuto"] {
                let _ = js_sys::Reflect::set(&options, &name.into(), &JsValue::TRUE);
            }
            options.into()
        };
    }
    OPTIONS.with(|options| {
        element
            .unchecked_ref::<Visibility>()
            .check(options)
            .unwrap_or(true)
    })
}

/// The parent of a node, out of shadow roots too.
pub fn parent(of: &Node) -> Option<Element> {
    of.parent_element().or_else(|| {
        of.parent_node()?
            .dyn_into::<ShadowRoot>()
            .ok()
            .map(|root| root.host())
    })
}

#[cfg(test)]
mod tests {
    use super::one_space;

    #[test]
    fn white_space_does_not_count() {
        assert_eq!(one_space("\n  New\u{a0}  Report … \t"), "New Report …");
        assert_eq!(one_space(" "), "");
    }
}
