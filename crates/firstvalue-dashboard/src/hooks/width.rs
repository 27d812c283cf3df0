//! The width of an element, for drawings whose text must keep its size.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Follows the inner width of the element in CSS pixels; `first` until it is measured.
#[hook]
pub fn use_width(node: &NodeRef, first: f64) -> f64 {
    let width = use_state(|| first);
    {
        let width = width.setter();
        use_effect_with(node.clone(), move |node| {
            let observing = node.cast::<Element>().and_then(|element| {
                width.set(f64::from(element.client_width()));
                Observing::start(element, width)
            });
            move || drop(observing)
        });
    }
    *width
}

struct Observing {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Observing {
    fn start(element: Element, width: UseStateSetter<f64>) -> Option<Self> {
        let watched = element.clone();
        let callback = Closure::<dyn FnMut()>::new(move || {
            width.set(f64::from(element.client_width()));
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&watched);
        Some(Observing {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Observing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
