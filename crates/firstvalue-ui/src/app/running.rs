//! The guide that is shown, and the stage that it is in.

mod listening;
mod style;
mod way;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use firstvalue_model::guide::{GuideKind, Interaction, Missing};
use firstvalue_model::json;
use web_sys::{Element, HtmlElement};
use yew::html::Scope;

use super::answers::Answers;
use super::{App, Known, Msg, Parts, Ticket};
use crate::ALL;
use crate::components::{Note, Tasks};
use crate::content::guide::{Guide, Step};
use crate::content::words::Words;
use crate::content::{Form, Screen};
use crate::page::dialogs::DialogWatch;
use crate::page::frames::Frames;
use crate::page::guard::Guard;
use crate::page::listener::Listener;
use crate::page::mutations::Mutations;
use crate::page::root::Root;
use crate::page::script::focused;
use crate::page::search::Search;
use crate::page::timeout::Timeout;
use crate::page::{now, script};

/// How long a target may take to come, in milliseconds.
const PATIENCE: i32 = 10_000;
/// How long a target that has been there may be gone.
const PATIENCE_AFTER: i32 = 3_000;

/// A guide from its start to its end.
pub(super) struct Running {
    pub(super) guide: Guide,
    pub(super) words: &'static Words,
    /// Custom properties for the author's colours.
    pub(super) style: String,
    pub(super) step: usize,
    /// The steps that led here, the latest last.
    pub(super) trail: Vec<usize>,
    /// The element of the page that everything is drawn in, as JSON.
    slot_target: Option<String>,
    /// The ticket that the step began with.
    pub(super) step_ticket: Ticket,
    pub(super) stage: Stage,
    /// What was answered.
    pub(super) answers: Answers,
    /// What is known of the user.
    pub(super) known: Known,
    /// The task that says more; or whether a hotspot is open.
    pub(super) open: Option<usize>,
    /// Whether a surface at an edge is at the other one, to leave the focus in view.
    pub(super) flipped: bool,
    /// Our element in the page itself, and what sees that it is taken away.
    pub(super) slot: Option<Rc<Root>>,
    _slot: Option<Mutations>,
    /// How many elements might have been meant by its target.
    pub(super) matches: u32,
    /// What is to be said of a target that did not come, with the next report.
    pub(super) missed: String,
    /// Whether the guide takes the user elsewhere: not while it is begun, or gone on with, where they are.
    pub(super) travels: bool,
    /// Whether the user has seen any step.
    pub(super) begun: bool,
    /// Whether the target of this step was used.
    pub(super) used: bool,
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
    _guard: Option<Guard>,
    /// Where the step leads as things stand, for what moves on at once.
    pub(super) ahead: Rc<Cell<usize>>,
    /// Whether all was taken in that may decide where the step leads.
    pub(super) settled: bool,
    /// The click that moves on has happened; kept apart from its listener, which goes with the target.
    pub(super) advancing: Rc<RefCell<Option<Timeout>>>,
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
        mut known: Known,
        before: Option<Element>,
    ) -> Self {
        let changed = link.clone();
        // What is still to be done says how.
        let todo = |step: &Step| step.done.as_ref().is_some_and(|it| !known.has_reached(it));
        let open = if ALL {
            guide.steps.iter().position(todo)
        } else {
            None
        };
        let slot_target = guide.slot.as_ref().filter(|_| ALL).map(|slot| {
            let mut css = "[data-fv-slot=".to_owned();
            json::write_text(slot, &mut css);
            css.push(']');
            let mut target = "{\"css\":".to_owned();
            json::write_text(&css, &mut target);
            target.push('}');
            target
        });
        Self {
            style: style::style(&guide),
            guide,
            words,
            step: 0,
            trail: Vec::new(),
            slot_target,
            step_ticket: Ticket::default(),
            stage: Stage::Seeking { _search: None },
            answers: std::mem::take(&mut known.answers),
            known,
            open,
            flipped: false,
            slot: None,
            _slot: None,
            matches: 0,
            missed: String::new(),
            travels: false,
            begun: false,
            used: false,
            reported: false,
            focus_follows: false,
            before,
            last_target: None,
            since: now(),
            _dialogs: DialogWatch::new(move || changed.send_message(Msg::Moved)),
            _escape: None,
            _advance: None,
            _guard: None,
            ahead: Rc::default(),
            settled: false,
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
        self._guard = None;
        self.used = false;
        self.ahead.set(self.after(step));
        self.settled = false;
        self.advancing.take();
        let asked = self
            .step()
            .and_then(|step| step.ask.as_ref())
            .filter(|_| ALL);
        self.answers.now = asked.map_or_else(Vec::new, |it| self.answers.of(&it.id).to_vec());
        let free = self.target().is_none() || self.guide.kind == GuideKind::Modal;
        if !free {
            self.seek(link, ticket);
        }
        free
    }

    /// Waits for the target. Meanwhile nothing is shown that Escape could mean.
    pub(super) fn seek(&mut self, link: &Scope<App>, ticket: Ticket) {
        self._escape = None;
        self.remove_slot();
        if let Some(target) = self.target().cloned() {
            let link = link.clone();
            let wait = self.step().and_then(|step| step.wait).unwrap_or(PATIENCE);
            let patience = if self.reported {
                wait.min(PATIENCE_AFTER)
            } else {
                wait
            };
            let holds = self.policy() == Missing::Hold;
            let patience = (!holds).then_some(patience);
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
            if let (true, None, Some(position), Some(target)) =
                (ALL, &self.slot, screen.form.in_page(), &target)
            {
                self.slot = Root::within_page(script::beside(target, position.0)).map(Rc::new);
            }
            let right_to_left = script::is_right_to_left(target.as_ref());
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

    pub(super) fn remove_slot(&mut self) {
        self._slot = None;
        if let Some(slot) = self.slot.take().filter(|_| ALL) {
            slot.element().remove();
        }
    }

    /// What becomes of the step if its target does not come.
    pub(super) fn policy(&self) -> Missing {
        self.step().map_or(Missing::End, |step| step.missing)
    }

    /// What is said of the target, and whether the step does not lead on until it is used.
    pub(super) fn note(&self) -> Option<Note> {
        self.target_shown()?;
        match self.step()?.interaction {
            Interaction::Block => Some(Note {
                says: self.words.blocked,
                holds: false,
            }),
            Interaction::Require if !self.used => Some(Note {
                says: self.words.required,
                holds: true,
            }),
            _ => None,
        }
    }

    /// How the step is drawn, if it is.
    pub(super) fn form(&self) -> Option<Form> {
        match &self.stage {
            Stage::Shown { screen, .. } => Some(screen.form),
            Stage::Seeking { .. } => None,
        }
    }

    /// What the step that is drawn points at.
    pub(super) fn anchor(&self) -> Option<&Element> {
        match &self.stage {
            Stage::Shown { target, .. } => target.as_ref(),
            Stage::Seeking { .. } => None,
        }
    }

    /// Whether the step has to be within the host's topmost dialog to be used. A dialog of ours is
    /// above all others by itself, and a slot is in the page.
    pub(super) fn follows_dialogs(&self) -> bool {
        self.form()
            .is_some_and(|form| form != Form::Dialog && form.in_page().is_none())
    }

    /// Makes way for what has the focus in the page if the step hides it: a card goes to another
    /// side, what lies at an edge to the other one. Whether that is to be drawn.
    pub(super) fn uncover(&mut self, parts: &Parts) -> bool {
        let Some(surface) = parts.surface.cast::<HtmlElement>() else {
            return false;
        };
        let Some(focus) = focused(None).filter(|it| !script::is_within(it, &surface)) else {
            return false;
        };
        if !script::hides(&surface, &focus) {
            return false;
        }
        match self.form() {
            Some(Form::Anchored { .. } | Form::Beacon) => {
                parts.spare.replace(Some(focus));
                false
            }
            Some(Form::Strip { .. } | Form::Corner { .. } | Form::Tasks { slot: false }) if ALL => {
                self.flipped = !self.flipped;
                true
            }
            _ => false,
        }
    }

    /// How long the step has been waited for, in milliseconds.
    pub(super) fn age(&self) -> f64 {
        now() - self.since
    }

    /// What the step is drawn beside, or in, as JSON.
    pub(super) fn target(&self) -> Option<&String> {
        self.slot_target.as_ref().or(self.step()?.target.as_ref())
    }

    /// Whether it stays when Escape is pressed, and is only closed by that.
    pub(super) fn folds(&self) -> bool {
        ALL && matches!(self.guide.kind, GuideKind::Hotspot | GuideKind::Checklist)
    }

    /// Whether what folds is open.
    pub(super) fn is_open(&self) -> bool {
        match self.guide.kind {
            GuideKind::Hotspot => self.open.is_some(),
            _ => !self.known.folded,
        }
    }

    /// How a checklist stands; the first task that is not done says more unless another was chosen.
    pub(super) fn tasks(&self) -> Tasks<'_> {
        Tasks {
            guide: &self.guide,
            known: &self.known,
            open: self.open,
            folded: self.known.folded,
        }
    }

    /// The target that the step is shown with.
    pub(super) fn target_shown(&self) -> Option<Element> {
        match &self.stage {
            Stage::Shown { target, .. } => target.clone(),
            Stage::Seeking { .. } => None,
        }
    }

    /// The step itself.
    pub(super) fn step(&self) -> Option<&Step> {
        self.guide.steps.get(self.step)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.remove_slot();
    }
}
