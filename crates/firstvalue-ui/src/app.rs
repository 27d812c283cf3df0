//! The root component: one guide at a time, step by step.
//!
//! Its messages are all that can happen to a guide; what the page does arrives as messages too, each
//! with the ticket of the stage that it was meant for, so that a late one changes nothing.

mod anchor;
mod answers;
mod draw;
mod headless;
mod known;
mod running;
mod show;
mod steps;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use web_sys::Element;
use yew::prelude::*;

use crate::ALL;
use crate::components::Act;

use crate::content::guide::Guide;
use crate::content::json::Json;
use crate::content::read;
use crate::content::words::Words;
use crate::page::root::Root;
use crate::page::script::{self, focused};
use crate::page::search::{Miss, Outcome};
pub use known::Known;
use running::Running;

/// How many event roots yew has to have numbered before ours.
///
/// Yew marks elements with the number of the root that handles their events. A host written with yew
/// has another copy of it, which also counts from 1, and would take our elements for its own and run
/// its handlers. Each portal takes a number and costs next to nothing, unlike a whole renderer.
const ROOTS_BEFORE: u32 = 512;

/// Properties of [`App`].
#[derive(Debug, Clone, Properties)]
pub struct AppProps {
    /// Our element in the page.
    pub root: Rc<Root>,
    /// Told what happens to guides: kind, step, detail.
    pub report: Function,
    /// Draws instead of us; see `js/headless.js`.
    #[prop_or_default]
    pub draw: Option<Function>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.root, &other.root)
            && self.report == other.report
            && self.draw == other.draw
    }
}

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The portals that only took numbers can go.
    Numbered,
    /// A guide is to be shown.
    Show {
        /// The guide.
        guide: Guide,
        /// The step to start at.
        step: usize,
        /// Our own words, in the user's language.
        words: &'static Words,
        /// What is known of the user.
        known: Box<Known>,
    },
    /// The next step is to be shown.
    Next,
    /// The step before is to be shown.
    Back,
    /// The guide is to go without a report.
    Hide,
    /// The user did something to the guide.
    Act(Act),
    /// The host, who draws, has answers to the question that is asked.
    Answer(Vec<String>),
    /// The host, who draws, has shown the step.
    Shown,
    /// A milestone was reached, or an event recorded.
    Heard(bool, Json),
    /// The user did what the step asks for.
    Advanced(Ticket),
    /// The target was used, or was to be.
    Used(Ticket),
    /// A search for the target ended.
    Searched(Ticket, Outcome),
    /// The step has been painted where the user can see and use it.
    Seen(Ticket),
    /// The target is gone.
    Lost(Ticket),
    /// The target cannot be brought into view.
    OutOfReach(Ticket),
    /// The focus has moved, or the host may have opened or closed a dialog.
    Moved,
}

impl Msg {
    /// A guide is to be shown from a step on: its JSON in a compiled playbook, and that of what is known of
    /// the user (`locale`; `user` and `account` with their traits; `state` as the core package gives it).
    ///
    /// # Errors
    /// A word if the content cannot be read or has no such step.
    pub fn show(guide: &str, step: usize, context: &str) -> Result<Self, &'static str> {
        let read = Json::of(script::for_reader(guide, context)).ok_or("no JSON")?;
        let guide = read.get("guide").and_then(read::guide);
        let guide = guide.ok_or("guide content cannot be read")?;
        let context = read.get("context").ok_or("no context")?;
        let locale = context.get("locale").and_then(|locale| locale.text());
        // One that is past the last is the end: the user got there by leaving the page.
        if step > guide.steps.len() {
            return Err("no such step");
        }
        Ok(Self::Show {
            guide,
            step,
            words: Words::in_locale(&locale.unwrap_or_default()),
            known: Box::new(Known::read(&context)),
        })
    }
}

/// Tells one stage of a guide from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ticket(u32);

/// Draws guides.
pub struct App {
    numbered: bool,
    ticket: Ticket,
    running: Option<Running>,
    parts: Parts,
    /// Whether the host draws a step just now.
    handed: bool,
}

/// The elements that are placed or announced by hand.
#[derive(Default)]
struct Parts {
    /// The card's moving frame, the dialog, or the strip.
    surface: NodeRef,
    /// Its arrow.
    arrow: NodeRef,
    /// The spotlight.
    hole: NodeRef,
    /// The live region.
    live: NodeRef,
    /// What has the focus and would be hidden.
    spare: Rc<RefCell<Option<Element>>>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(_: &Context<Self>) -> Self {
        Self {
            numbered: false,
            ticket: Ticket::default(),
            running: None,
            parts: Parts::default(),
            handed: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Numbered => self.numbered = true,
            Msg::Show {
                guide,
                step,
                words,
                known,
            } => {
                self.clear(ctx);
                let before = focused(None);
                let mut running = Running::new(ctx.link(), guide, words, *known, before);
                running.begun = step > 0;
                self.running = Some(running);
                self.arrive(ctx, step);
                if let Some(running) = &mut self.running {
                    running.travels = true;
                }
            }
            Msg::Next => self.forward(ctx),
            Msg::Back => self.backward(ctx),
            Msg::Hide => self.clear(ctx),
            Msg::Act(act) => return self.act(ctx, act),
            Msg::Answer(_) | Msg::Shown if !ALL => return false,
            Msg::Answer(values) => {
                if let Some(running) = &mut self.running {
                    running.answers.now = values;
                }
                return false;
            }
            Msg::Shown => {
                self.seen(ctx);
                return false;
            }
            Msg::Heard(is_milestone, detail) => return self.hear(ctx, is_milestone, &detail),
            Msg::Advanced(ticket) => match &self.running {
                // The host may have taken the target away already, and so begun another stage.
                Some(running) if running.step_ticket == ticket => self.forward(ctx),
                _ => return false,
            },
            Msg::Used(ticket) => return self.used(ctx, ticket),
            Msg::Moved => {
                let mut moved = false;
                if let Some(running) = &mut self.running {
                    if running.follows_dialogs() {
                        ctx.props().root.settle(running.anchor());
                    }
                    moved = running.uncover(&self.parts);
                }
                return moved;
            }
            Msg::Searched(ticket, _)
            | Msg::Seen(ticket)
            | Msg::Lost(ticket)
            | Msg::OutOfReach(ticket)
                if ticket != self.ticket =>
            {
                return false;
            }
            Msg::Searched(_, Outcome::Found(target, matches)) => {
                if let Some(running) = &mut self.running {
                    running.matches = matches;
                }
                self.appear(Some(target));
            }
            Msg::Searched(_, Outcome::Missing(miss)) => self.miss(ctx, &miss),
            Msg::Seen(_) => {
                self.seen(ctx);
                return false;
            }
            Msg::Lost(_) => self.lost(ctx),
            Msg::OutOfReach(_) => {
                let waited = self.running.as_ref().map_or(0.0, Running::age);
                let miss = Miss {
                    reason: "offscreen",
                    matches: 1,
                    waited,
                };
                self.miss(ctx, &miss);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        // This component's own element is in no page, so that the low number of its event root meets
        // no events. What is drawn is in a portal with a high one.
        let root = &ctx.props().root;
        let numbers = (0..if self.numbered { 0 } else { ROOTS_BEFORE })
            .map(|_| create_portal(Html::default(), root.nowhere().clone()));
        html! {
            <>
                <>{ for numbers }</>
                if self.numbered {
                    { create_portal(self.stage(ctx), root.stage().clone()) }
                }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            ctx.link().send_message(Msg::Numbered);
        }
        self.present(ctx);
    }
}
