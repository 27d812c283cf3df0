//! Keeps a card, its arrow and its spotlight beside a target: reads first, writes what has changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};

use super::Parts;
use crate::geometry::{Placed, Rect, Request, Side, place};
use crate::page::measure::Reading;
use crate::page::root::Root;
use crate::page::script;

/// From the target to the card.
const GAP: f64 = 17.0;
/// From the card to the edges of the viewport.
const MARGIN: f64 = 12.0;
/// From the target to the edge of the spotlight.
const AROUND: f64 = 6.0;
/// The least distance from the arrow's centre to a corner of the card.
const CORNER: f64 = 22.0;
/// The size of a beacon.
const BEACON: f64 = 28.0;
/// How far its centre lies within the corner of the target.
const INSIDE: f64 = 4.0;

/// What a frame saw of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Some of it is in view.
    InView,
    /// It is there, but scrolled out of view.
    OutOfView,
    /// It is not in the page any more, or hidden.
    Gone,
}

/// A card and its target.
pub(super) struct Anchor {
    root: Rc<Root>,
    target: Element,
    clipping: JsValue,
    surface: HtmlElement,
    arrow: Option<HtmlElement>,
    hole: Option<HtmlElement>,
    spare: Rc<RefCell<Option<Element>>>,
    side: Option<Side>,
    right_to_left: bool,
    beacon: bool,
    last: Cell<Option<Written>>,
}

/// What stands in the styles, in whole device pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Written {
    placed: Placed,
    hole: Option<Rect>,
    card: crate::geometry::Size,
}

impl Anchor {
    pub(super) fn new(
        root: &Rc<Root>,
        target: &Element,
        parts: &Parts,
        surface: &HtmlElement,
        side: Option<Side>,
        right_to_left: bool,
        beacon: bool,
    ) -> Self {
        let hole = parts.hole.cast::<HtmlElement>();
        if let Some(hole) = hole.as_ref().filter(|_| !beacon) {
            // The spotlight's corners are those of the target, a little further out.
            script::round(hole, target, AROUND);
        }
        Self {
            root: root.clone(),
            target: target.clone(),
            clipping: script::clipping(target),
            surface: surface.clone(),
            arrow: parts.arrow.cast(),
            hole,
            spare: parts.spare.clone(),
            side,
            right_to_left,
            beacon,
            last: Cell::default(),
        }
    }

    fn read(&self) -> Option<Reading> {
        let spare = self.spare.borrow();
        let (root, target) = (self.root.element(), &self.target);
        Reading::of(&script::read(
            root,
            target,
            &self.surface,
            spare.as_ref(),
            &self.clipping,
        ))
    }

    /// Scrolls the target into view unless all of it, or as much as there is room for, is there.
    pub(super) fn reveal(&self) {
        let Some(now) = self.read() else {
            return;
        };
        let (rect, seen) = (now.target, now.seen.unwrap_or_default());
        let enough = |seen: f64, all: f64, room: f64| seen >= all.min(room * 0.5) - 1.0;
        if !enough(seen.width, rect.width, now.viewport.width)
            || !enough(seen.height, rect.height, now.viewport.height)
        {
            script::reveal(&self.target);
        }
    }

    /// Puts everything where it belongs now.
    pub(super) fn follow(&self) -> Sight {
        let Some(now) = self.read() else {
            return Sight::Gone;
        };
        let (seen, card) = (now.seen, now.card);
        let whole = |length: f64| (length * now.density + 0.5).floor() / now.density;
        let placed = place(&Request {
            target: now.inner(seen.unwrap_or_else(|| edge(&now))),
            card,
            area: now.inner(now.viewport).grown(-MARGIN),
            side: self.side,
            gap: GAP,
            corner: CORNER,
            right_to_left: self.right_to_left,
            spare: self.spare.borrow().as_ref().map(|_| now.inner(now.spare)),
        });
        let placed = Placed {
            x: whole(placed.x),
            y: whole(placed.y),
            side: placed.side,
            arrow: placed.arrow.filter(|_| seen.is_some()).map(whole),
        };
        let hole = seen
            .map(|seen| self.around(now.inner(seen)))
            .map(|hole| Rect {
                x: whole(hole.x),
                y: whole(hole.y),
                width: whole(hole.width),
                height: whole(hole.height),
            });
        let written = Written { placed, hole, card };
        let last = self.last.replace(Some(written));
        if last != Some(written) {
            self.write(&written, last.as_ref());
        }
        if seen.is_some() {
            Sight::InView
        } else {
            Sight::OutOfView
        }
    }

    /// The spotlight around what can be seen of the target; or a beacon on its upper corner.
    fn around(&self, seen: Rect) -> Rect {
        if !self.beacon {
            return seen.grown(AROUND);
        }
        let x = if self.right_to_left {
            seen.x + INSIDE
        } else {
            seen.right() - INSIDE
        };
        Rect {
            x: x - BEACON / 2.0,
            y: seen.y + INSIDE - BEACON / 2.0,
            width: BEACON,
            height: BEACON,
        }
    }

    fn write(&self, now: &Written, last: Option<&Written>) {
        let Written { placed, hole, card } = now;
        // A closed beacon is its own surface.
        if self.hole.as_ref() != Some(&self.surface) {
            script::put(&self.surface, placed.x, placed.y, 0.0, 0.0);
        }
        if last.is_none_or(|last| last.placed.side != placed.side) {
            let _ = self.surface.set_attribute("data-side", name(placed.side));
        }
        if let Some(arrow) = &self.arrow {
            arrow.set_hidden(placed.arrow.is_none());
            let at = placed.arrow.unwrap_or_default();
            let (x, y) = match placed.side {
                Side::Top => (at, card.height),
                Side::Bottom => (at, 0.0),
                Side::Left => (card.width, at),
                Side::Right => (0.0, at),
            };
            script::put(arrow, x, y, 0.0, 0.0);
        }
        if let Some(element) = &self.hole {
            element.set_hidden(hole.is_none());
            if let Some(hole) = hole {
                // A spotlight lies in the element of its card; a beacon by itself.
                let (x, y) = if self.beacon {
                    (0.0, 0.0)
                } else {
                    (placed.x, placed.y)
                };
                script::put(element, hole.x - x, hole.y - y, hole.width, hole.height);
            }
        }
    }
}

/// The place at which a target left the view: the nearest point of what it can be seen in.
fn edge(now: &Reading) -> Rect {
    let (x, y) = now.target.centre();
    Rect {
        x: x.clamp(now.window.x, now.window.right()),
        y: y.clamp(now.window.y, now.window.bottom()),
        width: 0.0,
        height: 0.0,
    }
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Top => "top",
        Side::Right => "right",
        Side::Bottom => "bottom",
        Side::Left => "left",
    }
}
