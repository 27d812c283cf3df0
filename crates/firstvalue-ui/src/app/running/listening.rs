//! What is listened to while a step is shown.

use js_sys::Function;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::html::Scope;
use yew::prelude::*;

use super::{Running, Stage};
use crate::ALL;
use crate::app::{App, Msg, steps};
use crate::components::Act;
use crate::content::Form;
use crate::content::guide::Advance;
use crate::page::guard::Guard;
use crate::page::listener::{Listener, Phase};
use crate::page::mutations::Mutations;
use crate::page::script::{focus, focused};
use crate::page::timeout::Timeout;
use crate::page::{document, keys, script, window};

impl Running {
    /// Listens for what ends or moves on the step that is shown, in the page around `ours`.
    pub(in crate::app) fn listen(&mut self, link: &Scope<App>, ours: &Element, report: &Function) {
        let escaped = link.clone();
        // What lies at the edge is no dialog: a key that was pressed elsewhere was not meant for it.
        let form = self.form();
        let anywhere = matches!(form, Some(Form::Anchored { .. } | Form::Dialog));
        let ours = self.slot.as_ref().map_or(ours, |slot| slot.element());
        self._escape = keys::on_escape(ours, anywhere || self.open.is_some(), move || {
            escaped.send_message(Msg::Act(Act::Escape));
        });
        self.listen_for_advance(link, report);
        if ALL {
            self.watch_slot(link);
        }
    }

    /// Sees to it that a slot whose target the host took away, or moved, is found a new place.
    fn watch_slot(&mut self, link: &Scope<App>) {
        let Stage::Shown {
            screen,
            target: Some(target),
            ticket,
            ..
        } = &self.stage
        else {
            return;
        };
        let (Some(position), Some(slot)) = (screen.form.in_page(), &self.slot) else {
            return;
        };
        let (link, target, ticket) = (link.clone(), target.clone(), *ticket);
        let ours = slot.element().clone();
        self._slot = Mutations::new(move || {
            if !script::is_beside(&ours, &target, position.0) {
                link.send_message(Msg::Lost(ticket));
            }
        });
        if let (Some(document), Some(mutations)) = (document(), &self._slot) {
            mutations.watch_children(&document);
        }
    }

    /// Hears of each use of the target where that matters.
    fn watch_use(&mut self, link: &Scope<App>) {
        let target = self.target_shown();
        let (Some(note), Some(target)) = (self.note(), target) else {
            return;
        };
        let (link, ticket) = (link.clone(), self.step_ticket);
        self._guard = Some(Guard::new(&target, !note.holds, move || {
            link.send_message(Msg::Used(ticket));
        }));
    }

    /// Listens for what moves on. It is the host's first: the message is sent when all its
    /// listeners have had it. It is reported at once, though: a link may lead to another page, and
    /// then the next step is shown there.
    pub(in crate::app) fn listen_for_advance(&mut self, link: &Scope<App>, report: &Function) {
        self.watch_use(link);
        let event = match self.step().and_then(|step| step.advance.as_ref()) {
            Some(Advance::Click) => "click",
            Some(Advance::Input) => "change",
            _ => return,
        };
        let (
            Stage::Shown {
                target: Some(target),
                ..
            },
            Some(window),
        ) = (&self.stage, window())
        else {
            return;
        };
        let (link, target, ticket) = (link.clone(), target.clone(), self.step_ticket);
        let advancing = self.advancing.clone();
        let (report, ahead) = (report.clone(), self.ahead.clone());
        self._advance = Some(Listener::new(
            &window,
            event,
            Phase::Capture,
            move |event| {
                if event.composed_path().includes(&target, 0) {
                    steps::report(&report, "at", ahead.get(), "");
                    let link = link.clone();
                    let later = Timeout::new(0, move || link.send_message(Msg::Advanced(ticket)));
                    advancing.replace(Some(later));
                }
            },
        ));
    }

    /// Tab from the last control of a card goes on to its target and not to the end of the page,
    /// where our element happens to be. It is no trap: from the target the page's own order goes on.
    pub(in crate::app) fn tab_to_target(&self) -> Callback<Event> {
        let Stage::Shown {
            target: Some(target),
            ..
        } = &self.stage
        else {
            return Callback::noop();
        };
        let target = target.clone();
        Callback::from(move |event: Event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if event.key() != "Tab"
                || event.shift_key()
                || event.ctrl_key()
                || event.alt_key()
                || event.meta_key()
            {
                return;
            }
            let card = event
                .current_target()
                .and_then(|card| card.dyn_into::<Element>().ok());
            let last = card.and_then(|card| script::last_control(&card));
            if last.is_some() && last == focused(None) && focus(&target) {
                event.prevent_default();
            }
        })
    }
}
