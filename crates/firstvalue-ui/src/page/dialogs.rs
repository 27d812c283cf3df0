//! The host's modal dialogs, and what it shows in full screen. Nothing outside the topmost one can be clicked
//! or focused, whatever layer it is painted in, so our element has to be in it while it is open.

use super::listener::{Listener, Phase};
use super::mutations::Mutations;
use super::{document, window};

/// Calls back whenever the host may have opened or closed a modal dialog, or entered or left full screen.
pub struct DialogWatch {
    _mutations: Option<Mutations>,
    _moves: [Option<Listener>; 2],
}

impl DialogWatch {
    /// A dialog that opens sets its attribute `open`. Within a shadow root no observer of the document
    /// sees that, but opening moves the focus, which crosses shadow roots.
    pub fn new(changed: impl Fn() + Clone + 'static) -> Self {
        let mutations = Mutations::new(changed.clone());
        if let (Some(mutations), Some(document)) = (&mutations, document()) {
            mutations.watch_attribute(&document, "open");
        }
        let window = window();
        let moves = ["focusin", "fullscreenchange"].map(|event| {
            let (window, changed) = (window.as_ref()?, changed.clone());
            let callback = move |_| changed();
            Some(Listener::new(window, event, Phase::Capture, callback))
        });
        Self {
            _mutations: mutations,
            _moves: moves,
        }
    }
}
