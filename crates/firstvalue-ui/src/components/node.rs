//! Elements, put together by calls.
//!
//! What the `html!` macro writes out for an element is several times the code of the calls here, and
//! elements are most of this package.

use std::rc::Rc;

use web_sys::Event;
use yew::prelude::*;
use yew::virtual_dom::{Listener, ListenerKind, VTag};

use super::{Act, OnAct};

/// An element.
pub struct Node(Box<VTag>);

/// An element with a class, unless that is empty.
pub fn node(tag: &'static str, class: &'static str) -> Node {
    let node = Node(Box::new(VTag::new(AttrValue::Static(tag))));
    node.perhaps("class", Some(class).filter(|class| !class.is_empty()))
}

/// A button that does something.
pub fn button(class: &'static str, on_act: &OnAct, act: Act) -> Node {
    let press = on_act.reform(move |_: Event| act.clone());
    node("button", class)
        .fixed("type", "button")
        .on(ListenerKind::onclick, press)
}

impl Node {
    /// Sets an attribute.
    #[inline(never)]
    pub fn with(mut self, key: &'static str, value: AttrValue) -> Self {
        self.0.add_attribute(key, value);
        self
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

    /// Calls back for an event.
    #[inline(never)]
    pub fn on(mut self, kind: ListenerKind, callback: Callback<Event>) -> Self {
        self.0.add_listener(Rc::new(On { kind, callback }));
        self
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

/// A listener. Ours call nothing that scrolls, but Escape and Tab are taken from the browser.
struct On {
    kind: ListenerKind,
    callback: Callback<Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        self.callback.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
