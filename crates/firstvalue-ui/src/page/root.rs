//! `<fv-root>`: the element in the host's page that is ours, and the shadow root in it. A banner beside
//! an element of the page has one of its own.

use std::cell::{Cell, OnceCell};

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::document;
use super::script::{self, parent, topmost};
use crate::style::STYLE;

/// How often our element is put back after the host took it away; a host that insists gets its way.
const PUT_BACK: u32 = 3;

#[wasm_bindgen]
extern "C" {
    type Parent;
    #[wasm_bindgen(method, catch, js_name = moveBefore)]
    fn move_before(this: &Parent, child: &Element, before: &JsValue) -> Result<(), JsValue>;
}

/// Our element in the page.
#[derive(Debug)]
pub struct Root {
    element: HtmlElement,
    shadow: ShadowRoot,
    stage: Element,
    nowhere: Element,
    home: OnceCell<Option<Element>>,
    put_back: Cell<u32>,
}

impl Root {
    /// Sets our element up, above the page; to be done once for it. `None` if the browser will not.
    pub fn new(element: HtmlElement) -> Option<Self> {
        // `auto` would be closed by the host's next popover.
        element.set_attribute("popover", "manual").ok()?;
        Self::within_page(element)
    }

    /// Sets an element up that has its place in the page itself.
    pub fn within_page(element: HtmlElement) -> Option<Self> {
        let stage = script::set_up(&element, STYLE).ok()?;
        let nowhere = document()?.create_element("div").ok()?;
        let shadow = element.shadow_root()?;
        Some(Self {
            element,
            shadow,
            stage,
            nowhere,
            home: OnceCell::new(),
            put_back: Cell::new(0),
        })
    }

    /// Our element.
    pub fn element(&self) -> &HtmlElement {
        &self.element
    }

    /// Its shadow root.
    pub fn shadow(&self) -> &ShadowRoot {
        &self.shadow
    }

    /// The element in it that everything is drawn in.
    pub fn stage(&self) -> &Element {
        &self.stage
    }

    /// An element that is in no page.
    pub fn nowhere(&self) -> &Element {
        &self.nowhere
    }

    /// Shows our element above everything that is there now. A browser without popovers shows it too,
    /// as a fixed element with the highest stack level.
    pub fn raise(&self) {
        let _ = self.element.hide_popover();
        let _ = self.element.show_popover();
    }

    /// Takes our element off the screen.
    pub fn lower(&self) {
        let _ = self.element.hide_popover();
    }

    /// Whether our element is in a dialog of the host's.
    pub fn is_in_dialog(&self) -> bool {
        self.parent().is_some_and(|parent| parent != self.home())
    }

    /// Moves our element into the host's topmost modal dialog, or the dialog that the target is in, or home
    /// when there is none, and above whatever it has to be above. Nothing happens if it is there already.
    pub fn settle(&self, target: Option<&Element>) {
        let home = self.home();
        let wanted = topmost(&self.element, target).unwrap_or(home);
        if self.parent().as_ref() != Some(&wanted) {
            self.move_to(&wanted);
            self.raise();
        }
    }

    /// Puts our element back if the host took it out of the page, as frameworks do when what they
    /// find on hydration is not what they expected.
    pub fn put_back(&self) {
        if !self.element.is_connected() && self.put_back.get() < PUT_BACK {
            self.put_back.set(self.put_back.get() + 1);
            self.move_to(&topmost(&self.element, None).unwrap_or_else(|| self.home()));
            self.raise();
        }
    }

    /// Moves without closing popovers and losing the focus where the browser can.
    fn move_to(&self, parent: &Element) {
        // In a dialog made by script the keyboard goes round by way of what can have the focus itself.
        let _ = match script::is_scripted(parent) {
            true => self.element.set_attribute("tabindex", "0"),
            false => self.element.remove_attribute("tabindex"),
        };
        let kept = parent
            .unchecked_ref::<Parent>()
            .move_before(&self.element, &JsValue::NULL);
        if kept.is_err() {
            let _ = parent.append_child(&self.element);
        }
    }

    fn parent(&self) -> Option<Element> {
        parent(&self.element)
    }

    /// Moves our element back to where the loader put it.
    pub fn go_home(&self) {
        if self.is_in_dialog() {
            self.move_to(&self.home());
        }
    }

    /// Where the loader put our element; the body if that is gone.
    fn home(&self) -> Element {
        let body = || document()?.body().map(Element::from);
        let home = self.home.get_or_init(|| self.parent());
        home.clone()
            .filter(|home| home.is_connected())
            .or_else(body)
            .unwrap_or_else(|| self.element.clone().into())
    }
}
