//! The guide that is shown, and the stage that it is in.

use std::cell::RefCell;
use std::rc::Rc;

use firstvalue_model::colour::{Colour, DARK_SURFACE, LIGHT_SURFACE};
use firstvalue_model::guide::{Effect, GuideKind, Target};
use web_sys::{Element, KeyboardEvent};
use yew::html::Scope;
use yew::prelude::*;

use super::{App, Msg, Ticket};
use crate::content::guide::Guide;
use crate::content::words::Words;
use crate::content::{Form, Screen};
use crate::page::dialogs::DialogWatch;
use crate::page::focus::{ends, focus, focused};
use crate::page::frames::Frames;
use crate::page::listener::{Listener, Phase};
use crate::page::search::Search;
use crate::page::timeout::Timeout;
use crate::page::{keys, measure, now, window};

/// How long a target may take to come, in milliseconds.
const PATIENCE: i32 = 10_000;
/// How long a target that has been there may be gone.
const PATIENCE_AFTER: i32 = 3_000;

/// A guide from its start to its end.
pub(super) struct Running {
    pub(super) guide: Guide,
    words: &'static Words,
    /// Custom properties for the author's colours.
    pub(super) style: String,
    pub(super) step: usize,
    /// The ticket that the step began with.
    pub(super) step_ticket: Ticket,
    pub(super) stage: Stage,
    /// Whether this step was reported as seen.
    pub(super) reported: bool,
    /// Whether the focus goes to the step when it appears, since the user asked for it.
    pub(super) focus_follows: bool,
    /// What had the focus before the guide.
    pub(super) before: Option<Element>,
    /// Where the focus goes if that is gone.
    pub(super) last_target: Option<Element>,
    since: f64,
    _dialogs: DialogWatch,
    _escape: Option<Listener>,
    _advance: Option<Listener>,
    /// The click that moves on has happened; kept apart from its listener, which goes with the target.
    advancing: Rc<RefCell<Option<Timeout>>>,
}

/// What a step is doing.
pub(super) enum Stage {
    /// Waiting for its target; nothing is drawn.
    Seeking { _search: Option<Search> },
    /// Drawn.
    Shown {
        screen: Rc<Screen>,
        target: Option<Element>,
        right_to_left: bool,
        ticket: Ticket,
        /// Follows the target; `None` until the first rendering is there.
        frames: Option<Frames>,
    },
}

impl Running {
    pub(super) fn new(
        link: &Scope<App>,
        guide: Guide,
        words: &'static Words,
        before: Option<Element>,
    ) -> Self {
        let changed = link.clone();
        Self {
            style: style(&guide),
            guide,
            words,
            step: 0,
            step_ticket: Ticket::default(),
            stage: Stage::Seeking { _search: None },
            reported: false,
            focus_follows: false,
            before,
            last_target: None,
            since: now(),
            _dialogs: DialogWatch::new(move || changed.send_message(Msg::Dialogs)),
            _escape: None,
            _advance: None,
            advancing: Rc::default(),
        }
    }

    /// Begins a step; whether it can be drawn at once.
    pub(super) fn enter(&mut self, link: &Scope<App>, step: usize, ticket: Ticket) -> bool {
        self.step = step;
        self.step_ticket = ticket;
        self.reported = false;
        self.since = now();
        self._advance = None;
        self.advancing.take();
        let Some(step) = self.guide.steps.get(step) else {
            return false;
        };
        if step.target.is_none() || matches!(self.guide.kind, GuideKind::Modal | GuideKind::Banner)
        {
            return true;
        }
        self.seek(link, ticket);
        false
    }

    /// Waits for the target. Meanwhile nothing is shown that Escape could mean.
    pub(super) fn seek(&mut self, link: &Scope<App>, ticket: Ticket) {
        self._escape = None;
        if let Some(target) = self.target().cloned() {
            let link = link.clone();
            let patience = if self.reported {
                PATIENCE_AFTER
            } else {
                PATIENCE
            };
            let search = Search::new(target, patience, move |outcome| {
                link.send_message(Msg::Searched(ticket, outcome));
            });
            self.stage = Stage::Seeking {
                _search: Some(search),
            };
        }
    }

    /// Draws the step beside its target.
    pub(super) fn appear(&mut self, target: Option<Element>, ticket: Ticket) {
        if let Some(screen) = Screen::of(&self.guide, self.step, self.words) {
            let reference = target.clone().or_else(measure::page_element);
            let right_to_left =
                reference.is_some_and(|element| measure::is_right_to_left(&element));
            self.last_target = target.clone().or(self.last_target.take());
            self.stage = Stage::Shown {
                screen: Rc::new(screen),
                target,
                right_to_left,
                ticket,
                frames: None,
            };
        }
    }

    /// Listens for what ends or moves on the step that is shown, in the page around `ours`.
    pub(super) fn listen(&mut self, link: &Scope<App>, ours: &Element) {
        let escaped = link.clone();
        // A banner is no dialog: a key that was pressed elsewhere was not meant for it.
        let anywhere = self.guide.kind != GuideKind::Banner;
        self._escape = keys::on_escape(ours, anywhere, move || {
            escaped.send_message(Msg::Act(Effect::Dismiss));
        });
        self.listen_for_advance(link);
    }

    /// Listens for the click that moves on. It is the host's first: the message is sent when all
    /// its listeners have had it.
    fn listen_for_advance(&mut self, link: &Scope<App>) {
        let asked = self
            .guide
            .steps
            .get(self.step)
            .is_some_and(|step| step.advances);
        let (
            Stage::Shown {
                target: Some(target),
                ..
            },
            true,
            Some(window),
        ) = (&self.stage, asked, window())
        else {
            return;
        };
        let (link, target, ticket) = (link.clone(), target.clone(), self.step_ticket);
        let advancing = self.advancing.clone();
        self._advance = Some(Listener::new(
            &window,
            "click",
            Phase::Capture,
            move |event| {
                if event.composed_path().includes(&target, 0) {
                    let link = link.clone();
                    let later = Timeout::new(0, move || link.send_message(Msg::Advanced(ticket)));
                    advancing.replace(Some(later));
                }
            },
        ));
    }

    /// Tab from the last control of a card goes on to its target and not to the end of the page,
    /// where our element happens to be. It is no trap: from the target the page's own order goes on.
    pub(super) fn tab_to_target(&self) -> Callback<KeyboardEvent> {
        let Stage::Shown {
            target: Some(target),
            ..
        } = &self.stage
        else {
            return Callback::noop();
        };
        let target = target.clone();
        Callback::from(move |event: KeyboardEvent| {
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
                .and_then(|card| wasm_bindgen::JsCast::dyn_into::<Element>(card).ok());
            let last = card.and_then(|card| ends(&card)).map(|(_, last)| last);
            if last.is_some() && last == focused(None) && focus(&target) {
                event.prevent_default();
            }
        })
    }

    /// Whether the step has to be within the host's topmost dialog to be used. A dialog of ours is
    /// above all others by itself.
    pub(super) fn follows_dialogs(&self) -> bool {
        matches!(&self.stage, Stage::Shown { screen, .. } if screen.form != Form::Dialog)
    }

    /// How long the step has been waited for, in milliseconds.
    pub(super) fn age(&self) -> f64 {
        now() - self.since
    }

    /// The selector of the step's target.
    pub(super) fn selector(&self) -> &str {
        self.target().map_or("", |target| &target.css)
    }

    fn target(&self) -> Option<&Target> {
        self.guide.steps.get(self.step)?.target.as_ref()
    }
}

/// The author's accent as custom properties, with colours for text on it and in it that can be read.
fn style(guide: &Guide) -> String {
    let Some(accent) = guide.theme.accent.as_deref().and_then(Colour::read) else {
        return String::new();
    };
    [
        "--fv-accent:",
        &accent.write(),
        ";--fv-on-accent:",
        &accent.text_on().write(),
        ";--fv-link:light-dark(",
        &accent.readable_on(LIGHT_SURFACE).write(),
        ",",
        &accent.readable_on(DARK_SURFACE).write(),
        ")",
    ]
    .concat()
}
