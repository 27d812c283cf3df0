//! A mutation observer that stops when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit, Node};

/// Calls back after changes to the nodes that it was told to watch.
#[derive(Debug)]
pub struct Mutations {
    observer: MutationObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Mutations {
    /// Watches nothing yet.
    pub fn new(callback: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        Some(Self {
            observer,
            _callback: callback,
        })
    }

    /// Watches all that could bring an element, or make one visible, within a node.
    pub fn watch_everything(&self, within: &Node) {
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_child_list(true);
        options.set_attributes(true);
        options.set_character_data(true);
        let _ = self.observer.observe_with_options(within, &options);
    }

    /// Watches which elements there are within a node.
    pub fn watch_children(&self, within: &Node) {
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_child_list(true);
        let _ = self.observer.observe_with_options(within, &options);
    }

    /// Watches one attribute of all elements within a node.
    pub fn watch_attribute(&self, within: &Node, name: &str) {
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_attribute_filter(&js_sys::Array::of1(&name.into()));
        let _ = self.observer.observe_with_options(within, &options);
    }
}

impl Drop for Mutations {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
