//! From what has been rendered to what the user sees: above the page, in place, with the focus where it
//! belongs, and followed from frame to frame.

use std::ops::ControlFlow;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::anchor::{Anchor, Sight};
use super::running::Stage;
use super::{App, Msg};
use crate::ALL;
use crate::content::Form;
use crate::geometry::Side;
use crate::page::frames::Frames;
use crate::page::root::Root;
use crate::page::script::{self, focus};

/// After how many frames without being usable our element is raised above the page again, the first
/// few times: what covers it may have been opened in the meantime, or may insist.
const FRAMES_UNTIL_RAISED: u32 = 10;
/// After how many frames it is left to whatever covers it.
const FRAMES_UNTIL_LEFT: u32 = 50;
/// After how many frames a target that never came into view is given up.
const FRAMES_UNTIL_OUT_OF_REACH: u32 = 90;

impl App {
    /// Shows what has just been rendered, once for each stage.
    pub(super) fn present(&mut self, ctx: &Context<Self>) {
        if !self.is_ours(ctx) {
            return self.hand_over(ctx);
        }
        let root = &ctx.props().root;
        let Some(running) = &mut self.running else {
            return;
        };
        let Stage::Shown {
            screen,
            target,
            ticket,
            frames,
            right_to_left,
        } = &mut running.stage
        else {
            return;
        };
        let surface = self.parts.surface.cast::<HtmlElement>();
        // A hotspot that is closed is nothing but its beacon.
        let Some(surface) = surface.or_else(|| self.parts.hole.cast()) else {
            return;
        };
        if frames.is_some() {
            return;
        }
        let (form, ticket) = (screen.form, *ticket);
        match surface.dyn_ref::<HtmlDialogElement>() {
            // It stays open from step to step.
            Some(dialog) if dialog.open() => {}
            Some(dialog) => {
                root.raise();
                let _ = dialog.show_modal();
            }
            None if form.in_page().is_some() => {}
            None => {
                root.settle(target.as_ref());
                root.raise();
            }
        }
        let placement = running
            .guide
            .steps
            .get(running.step)
            .and_then(|step| Side::asked(step.placement?));
        self.parts.spare.take();
        let pointed = target.as_ref().filter(|_| running.slot.is_none());
        let anchor = pointed.map(|target| {
            Anchor::new(
                root,
                target,
                &self.parts,
                &surface,
                placement,
                *right_to_left,
                ALL && form == Form::Beacon,
            )
        });
        if let Some(anchor) = &anchor {
            anchor.reveal();
            anchor.follow();
        }
        script::let_scroll(&surface);
        if running.focus_follows || form == Form::Dialog {
            running.focus_follows = false;
            focus_surface(&surface);
        }
        let follower = Follower {
            root: root.clone(),
            surface,
            anchor,
            target: None,
            frame: 0,
            seen: false,
        };
        *frames = Some(follower.start(ctx.link().clone(), ticket));
        running.listen(ctx.link(), root.element(), &ctx.props().report);
        // Where the user is, it must not be in the way from the start.
        ctx.link().send_message(Msg::Moved);
    }
}

/// Focuses what is asked, or the button that most people want, so that Enter goes on; else the surface
/// itself.
fn focus_surface(surface: &HtmlElement) {
    let find = |selector| surface.query_selector(selector).ok().flatten();
    let first = find(".fold,textarea,input:checked")
        .or_else(|| find("input"))
        .or_else(|| find("[data-primary]"))
        .or_else(|| find("[role=dialog]"))
        .unwrap_or_else(|| surface.clone().into());
    focus(&first);
}

/// What is done before each frame while a step is shown.
pub(super) struct Follower {
    pub(super) root: Rc<Root>,
    pub(super) surface: HtmlElement,
    pub(super) anchor: Option<Anchor>,
    /// A target beside which the host draws; there is no anchor then.
    pub(super) target: Option<Element>,
    pub(super) frame: u32,
    pub(super) seen: bool,
}

impl Follower {
    /// A step beside a target is followed for as long as it is shown: there is no event for a target
    /// that is moved by layout, animation or a transform. Each frame reads a few rectangles and
    /// writes only what has changed. A step that stands by itself is followed until it was seen.
    pub(super) fn start(mut self, link: yew::html::Scope<App>, ticket: super::Ticket) -> Frames {
        Frames::new(move || {
            self.frame += 1;
            self.root.put_back();
            if ALL
                && self
                    .target
                    .as_ref()
                    .is_some_and(|it| !script::is_visible(it))
            {
                link.send_message(Msg::Lost(ticket));
                return ControlFlow::Break(());
            }
            let sight = self.anchor.as_ref().map_or(Sight::InView, Anchor::follow);
            match sight {
                Sight::Gone => {
                    link.send_message(Msg::Lost(ticket));
                    return ControlFlow::Break(());
                }
                // What was measured before the first frame has been painted by the second.
                Sight::InView if !self.seen && self.frame > 1 => {
                    if script::is_usable(&self.surface) {
                        self.seen = true;
                        link.send_message(Msg::Seen(ticket));
                    } else if self.frame.is_multiple_of(FRAMES_UNTIL_RAISED)
                        && self.frame < FRAMES_UNTIL_LEFT
                    {
                        self.root.raise();
                    }
                }
                Sight::OutOfView if !self.seen && self.frame > FRAMES_UNTIL_OUT_OF_REACH => {
                    link.send_message(Msg::OutOfReach(ticket));
                    return ControlFlow::Break(());
                }
                Sight::InView | Sight::OutOfView => {}
            }
            let follows = self.anchor.is_some()
                || self.target.is_some()
                || !self.seen
                || self.root.is_in_dialog();
            if follows {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
    }
}
