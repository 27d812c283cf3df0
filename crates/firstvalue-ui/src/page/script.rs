//! The border to the scripts in `js`. None of these functions throws.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, ShadowRoot};

#[wasm_bindgen(module = "/js/page.js")]
extern "C" {
    /// What an object has of its own under a key; undefined if there is nothing.
    #[wasm_bindgen]
    pub fn member(of: &JsValue, key: &str) -> JsValue;

    /// What is entered in the field in which an event happened.
    #[wasm_bindgen]
    pub fn entered(event: &Event) -> String;

    /// Lets the keyboard reach a text that is longer than there is room for.
    #[wasm_bindgen(js_name = letScroll)]
    pub fn let_scroll(surface: &Element);

    /// Gives an element of ours a shadow root with our styles, and in it an element to draw in.
    #[wasm_bindgen(js_name = setUp, catch)]
    pub fn set_up(ours: &Element, styles: &str) -> Result<Element, JsValue>;

    /// Whether an element can be seen once it is scrolled to.
    #[wasm_bindgen(js_name = isVisible)]
    pub fn is_visible(element: &Element) -> bool;

    /// Looks for a target (JSON), and if there is none and it is wanted through shadow roots too.
    #[wasm_bindgen(js_name = lookFor)]
    pub fn look(target: &str, deep: bool) -> Sighting;

    /// What is said of a target (JSON) that is not to be seen, as JSON.
    #[wasm_bindgen]
    pub fn missed(target: &str, reason: &str, matches: u32, waited: f64) -> String;

    /// What there is to say of one beside which a step is shown, as JSON; empty if all is well.
    #[wasm_bindgen]
    pub fn remark(target: &str, element: &Element, matches: u32) -> String;

    /// Tells of each use of an element, and may prevent it, until what it gives is called.
    #[wasm_bindgen]
    pub fn guard(element: &Element, blocks: bool, told: &JsValue) -> Function;

    /// What a look for a target found.
    pub type Sighting;

    /// The first match that can be seen.
    #[wasm_bindgen(method, getter)]
    pub fn visible(this: &Sighting) -> Option<Element>;

    /// How many matches can be seen.
    #[wasm_bindgen(method, getter)]
    pub fn seen(this: &Sighting) -> u32;

    /// How many elements match, seen or not.
    #[wasm_bindgen(method, getter)]
    pub fn matches(this: &Sighting) -> u32;

    /// The shadow roots that were looked in.
    #[wasm_bindgen(method, getter)]
    pub fn roots(this: &Sighting) -> js_sys::Array;

    /// An element of ours beside one of the page, or in it.
    #[wasm_bindgen]
    pub fn beside(target: &Element, position: &str) -> HtmlElement;

    /// Whether it is still there.
    #[wasm_bindgen(js_name = isBeside)]
    pub fn is_beside(ours: &Element, target: &Element, position: &str) -> bool;

    /// Takes in how the host shows its pages; what draws in our place, if it has that.
    #[wasm_bindgen(js_name = takeHost)]
    pub fn take_host(host: &JsValue) -> Option<Function>;

    /// Takes the user to a path of the product, if it says one and they are elsewhere; whether this page is left
    /// for that.
    #[wasm_bindgen]
    pub fn travel(path: Option<&str>) -> bool;

    /// Opens an address in this tab or in another, if a link may lead there.
    #[wasm_bindgen]
    pub fn open(address: &str);

    /// The elements that cut off what an element shows.
    #[wasm_bindgen]
    pub fn clipping(element: &Element) -> JsValue;

    /// All that has to be known to place a card; nothing if the target is gone.
    #[wasm_bindgen]
    pub fn read(
        root: &Element,
        target: &Element,
        surface: &Element,
        spare: Option<&Element>,
        clipping: &JsValue,
    ) -> Vec<f64>;

    /// Puts an element of ours in its place, and gives it a size unless that is nothing.
    #[wasm_bindgen]
    pub fn put(ours: &Element, x: f64, y: f64, width: f64, height: f64);

    /// Gives an element of ours the corners of one of the page, a little further out.
    #[wasm_bindgen]
    pub fn round(ours: &Element, like: &Element, by: f64);

    /// The fonts in which the page is written, as styles name them.
    #[wasm_bindgen(js_name = hostFont)]
    pub fn host_font() -> String;

    /// Whether text runs from right to left in an element, or in the page.
    #[wasm_bindgen(js_name = isRightToLeft)]
    pub fn is_right_to_left(element: Option<&Element>) -> bool;

    /// Scrolls an element into view.
    #[wasm_bindgen]
    pub fn reveal(element: &Element);

    /// Whether a click in the middle of an element of ours would be ours.
    #[wasm_bindgen(js_name = isUsable)]
    pub fn is_usable(ours: &Element) -> bool;

    /// Whether an element of ours hides most of one of the page.
    #[wasm_bindgen]
    pub fn hides(ours: &Element, element: &Element) -> bool;

    /// The parent of an element, out of shadow roots too.
    #[wasm_bindgen]
    pub fn parent(element: &Element) -> Option<Element>;

    /// What has the focus, through open shadow roots, or within one of them; never the body.
    #[wasm_bindgen]
    pub fn focused(within: Option<&ShadowRoot>) -> Option<Element>;

    /// Focuses an element without scrolling to it; whether it took the focus.
    #[wasm_bindgen]
    pub fn focus(element: &Element) -> bool;

    /// Gives the focus back to what had it, or to what is nearest to another element.
    #[wasm_bindgen(js_name = giveBack)]
    pub fn give_back(to: Option<&Element>, near: Option<&Element>);

    /// The last element that Tab reaches within one of ours.
    #[wasm_bindgen(js_name = lastControl)]
    pub fn last_control(ours: &Element) -> Option<Element>;

    /// Whether the user types into the element in which an event happened.
    #[wasm_bindgen(js_name = isTyping)]
    pub fn is_typing(event: &Event) -> bool;

    /// Whether an element lies within another, through open shadow roots.
    #[wasm_bindgen(js_name = isWithin)]
    pub fn is_within(element: &Element, outer: &Element) -> bool;

    /// Whether an element of the host's is a dialog made by script.
    #[wasm_bindgen(js_name = isScripted)]
    pub fn is_scripted(element: &Element) -> bool;

    /// The host's topmost modal dialog, else the dialog made by script that the target is in.
    #[wasm_bindgen]
    pub fn topmost(ours: &Element, target: Option<&Element>) -> Option<Element>;
}

#[wasm_bindgen(module = "/js/glob.js")]
extern "C" {
    /// Whether the path now shown matches a glob.
    #[wasm_bindgen(js_name = isOn)]
    pub fn is_on(glob: &str) -> bool;
}

#[wasm_bindgen(module = "/js/markdown.js")]
extern "C" {
    /// Whether a link may lead to an address.
    #[wasm_bindgen]
    pub fn leads(address: &str) -> bool;

    /// Marked-up text as a tree.
    #[wasm_bindgen]
    pub fn parse(text: &str) -> JsValue;

    /// Heading and text in one line, as a screen reader announces them.
    #[wasm_bindgen]
    pub fn spoken(title: &str, body: &str) -> String;
}

#[wasm_bindgen(module = "/js/headless.js")]
extern "C" {
    /// Hands a step (JSON) to a host that draws it; what it drew, if that is an element.
    #[wasm_bindgen]
    pub fn hand(draw: &Function, step: &str, target: Option<&Element>, act: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/language.js")]
extern "C" {
    /// A guide for the reader that it is shown to, and what it is shown with; undefined if it cannot be read.
    #[wasm_bindgen(js_name = read)]
    pub fn for_reader(guide: &str, context: &str) -> JsValue;
}
