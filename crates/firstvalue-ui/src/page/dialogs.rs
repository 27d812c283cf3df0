//! The host's modal dialogs. Nothing outside the topmost one can be clicked or focused, whatever layer
//! it is painted in, so our element has to be in it while it is open.

use super::listener::{Listener, Phase};
use super::mutations::Mutations;
use super::{document, window};

/// Calls back whenever the host may have opened or closed a modal dialog.
pub struct DialogWatch {
    _mutations: Option<Mutations>,
    _focus: Option<Listener>,
}

impl DialogWatch {
    /// A dialog that opens sets its attribute `open`. Within a shadow root no observer of the document
    /// sees that, but opening moves the focus, which crosses shadow roots.
    pub fn new(changed: impl Fn() + Clone + 'static) -> Self {
        let mutations = Mutations::new(changed.clone());
        if let (Some(mutations), Some(document)) = (&mutations, document()) {
            mutations.watch_attribute(&document, "open");
        }
        let focus = window()
            .map(|window| Listener::new(&window, "focusin", Phase::Capture, move |_| changed()));
        Self {
            _mutations: mutations,
            _focus: focus,
        }
    }
}
