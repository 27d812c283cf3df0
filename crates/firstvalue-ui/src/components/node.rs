//! Elements, put together by calls.
//!
//! What the `html!` macro writes out for an element is several times the code of the calls here, and
//! elements are most of this package.

use wasm_bindgen::closure::Closure;
use web_sys::Event;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};

use super::{Act, OnAct};

/// Every attribute that our elements have. One list for all of them: yew compares two elements with one
/// list place by place, and the code for lists that differ is not needed.
const KEYS: &[&str] = &[
    "alt",
    "aria-describedby",
    "aria-disabled",
    "aria-expanded",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "class",
    "controls",
    "d",
    "data-done",
    "data-edge",
    "data-folded",
    "data-form",
    "data-left",
    "data-primary",
    "data-scheme",
    "data-spot",
    "dir",
    "disabled",
    "height",
    "href",
    "id",
    "loading",
    "maxlength",
    "name",
    "oncancel",
    "onclick",
    "oninput",
    "onkeydown",
    "poster",
    "preload",
    "rel",
    "role",
    "rows",
    "src",
    "style",
    "tabindex",
    "target",
    "type",
    "viewBox",
    "width",
];

/// An element.
pub struct Node(Box<VTag>);

/// An element with a class, unless that is empty.
pub fn node(tag: &'static str, class: &'static str) -> Node {
    let mut tag = VTag::new(AttrValue::Static(tag));
    tag.attributes = Attributes::Dynamic {
        keys: KEYS,
        values: vec![None; KEYS.len()].into(),
    };
    Node(Box::new(tag)).perhaps("class", Some(class).filter(|class| !class.is_empty()))
}

/// A button that does something.
pub fn button(class: &'static str, on_act: &OnAct, act: Act) -> Node {
    let press = on_act.reform(move |_: Event| act.clone());
    node("button", class)
        .fixed("type", "button")
        .on("onclick", press)
}

impl Node {
    /// Sets an attribute.
    pub fn with(self, key: &'static str, value: AttrValue) -> Self {
        self.set(key, AttributeOrProperty::Attribute(value))
    }

    #[inline(never)]
    fn set(mut self, key: &'static str, value: AttributeOrProperty) -> Self {
        let place = KEYS.iter().position(|known| *known == key);
        debug_assert!(place.is_some(), "`{key}` is among the keys");
        if let (Some(place), Attributes::Dynamic { values, .. }) = (place, &mut self.0.attributes)
            && let Some(slot) = values.get_mut(place)
        {
            *slot = Some(value);
        }
        self
    }

    /// Sets its style; as a property, because the host's policy may forbid the attribute.
    pub fn styled(self, style: &str) -> Self {
        self.set("style", AttributeOrProperty::Property(style.into()))
    }

    /// Sets an attribute to a word of ours.
    pub fn fixed(self, key: &'static str, value: &'static str) -> Self {
        self.with(key, AttrValue::Static(value))
    }

    /// Sets an attribute to a text.
    pub fn written(self, key: &'static str, value: &str) -> Self {
        self.with(key, AttrValue::from(value.to_owned()))
    }

    /// Sets an attribute if there is a value.
    pub fn perhaps(self, key: &'static str, value: Option<&'static str>) -> Self {
        match value {
            Some(value) => self.fixed(key, value),
            None => self,
        }
    }

    /// Sets an attribute that is there or not.
    pub fn flag(self, key: &'static str, set: bool) -> Self {
        self.perhaps(key, set.then_some(""))
    }

    /// Says whether what it controls is open.
    pub fn expanded(self, open: bool) -> Self {
        self.fixed("aria-expanded", if open { "true" } else { "false" })
    }

    /// Calls back for an event, by the property that browsers have for it. Yew's own listeners, which go
    /// through its root, are a tenth of the package.
    #[inline(never)]
    pub fn on(self, property: &'static str, callback: Callback<Event>) -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(move |event| callback.emit(event));
        // The browser's, which lets go of it together with the element.
        self.set(
            property,
            AttributeOrProperty::Property(listener.into_js_value()),
        )
    }

    /// Adds a child.
    #[inline(never)]
    pub fn child(mut self, child: impl Into<Html>) -> Self {
        self.0.add_child(child.into());
        self
    }

    /// Adds a text.
    pub fn text(self, text: &str) -> Self {
        self.child(Html::from(text.to_owned()))
    }

    /// Has a reference point at it.
    pub fn at(mut self, reference: &NodeRef) -> Self {
        self.0.node_ref = reference.clone();
        self
    }

    /// Changes what only some elements have.
    pub fn having(mut self, change: impl FnOnce(&mut VTag)) -> Self {
        change(&mut self.0);
        self
    }
}

impl From<Node> for Html {
    fn from(node: Node) -> Self {
        Self::from(*node.0)
    }
}
