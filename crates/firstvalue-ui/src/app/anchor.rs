//! Keeps a card, its arrow and its spotlight beside a target: reads first, writes what has changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{Element, HtmlElement};

use super::Parts;
use crate::geometry::{Placed, Rect, Request, Side, place};
use crate::page::measure::{self, Frame};
use crate::page::root::Root;
use crate::page::target::is_visible;

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
    clipping: Vec<Element>,
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
            let radius = measure::pixels(target, "border-top-left-radius").clamp(2.0, 40.0);
            set(hole, "border-radius", &pixels(radius + AROUND));
        }
        Self {
            root: root.clone(),
            target: target.clone(),
            clipping: measure::clipping(target),
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

    /// Scrolls the target into view unless all of it, or as much as there is room for, is there.
    pub(super) fn reveal(&self) {
        let viewport = Frame::read(self.root.element()).viewport;
        let rect = measure::rect(&self.target);
        let seen = measure::seen(rect, &self.clipping, &viewport).unwrap_or_default();
        let enough = |seen: f64, all: f64, room: f64| seen >= all.min(room * 0.5) - 1.0;
        if !enough(seen.width, rect.width, viewport.width)
            || !enough(seen.height, rect.height, viewport.height)
        {
            measure::scroll_to(&self.target);
        }
    }

    /// Puts everything where it belongs now.
    pub(super) fn follow(&self) -> Sight {
        if !is_visible(&self.target) {
            return Sight::Gone;
        }
        let frame = Frame::read(self.root.element());
        let rect = measure::rect(&self.target);
        let seen = measure::seen(rect, &self.clipping, &frame.viewport);
        let card = measure::layout_size(&self.surface);
        let density = measure::density();
        let whole = |length: f64| (length * density + 0.5).floor() / density;
        let placed = place(&Request {
            target: frame.inner(seen.unwrap_or_else(|| self.edge(rect, &frame))),
            card,
            area: frame.area().grown(-MARGIN),
            side: self.side,
            gap: GAP,
            corner: CORNER,
            right_to_left: self.right_to_left,
            spare: self
                .spare
                .borrow()
                .as_ref()
                .map(|spare| frame.inner(measure::rect(spare))),
        });
        let placed = Placed {
            x: whole(placed.x),
            y: whole(placed.y),
            side: placed.side,
            arrow: placed.arrow.filter(|_| seen.is_some()).map(whole),
        };
        let hole = seen
            .map(|seen| self.around(frame.inner(seen)))
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

    /// The place at which a target left the view: the nearest point of what it can be seen in.
    fn edge(&self, rect: Rect, frame: &Frame) -> Rect {
        let window = measure::seen(frame.viewport, &self.clipping, &frame.viewport)
            .unwrap_or(frame.viewport);
        let (x, y) = rect.centre();
        let x = x.clamp(window.x, window.right());
        let y = y.clamp(window.y, window.bottom());
        Rect {
            x,
            y,
            width: 0.0,
            height: 0.0,
        }
    }

    fn write(&self, now: &Written, last: Option<&Written>) {
        let Written { placed, hole, card } = now;
        // A closed beacon is its own surface.
        if self.hole.as_ref() != Some(&self.surface) {
            move_to(&self.surface, placed.x, placed.y);
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
            move_to(arrow, x, y);
        }
        if let Some(element) = &self.hole {
            element.set_hidden(hole.is_none());
            if let Some(hole) = hole {
                move_to(element, hole.x, hole.y);
                let size = |rect: Rect| (rect.width, rect.height);
                if last.and_then(|last| last.hole).map(size) != Some(size(*hole)) {
                    set(element, "width", &pixels(hole.width));
                    set(element, "height", &pixels(hole.height));
                }
            }
        }
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

fn move_to(element: &HtmlElement, x: f64, y: f64) {
    set(
        element,
        "transform",
        &["translate(", &pixels(x), ",", &pixels(y), ")"].concat(),
    );
}

fn set(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

/// A length with two decimals. The general way to write a number is 4 KB of the package.
fn pixels(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "lengths on a screen")]
    let hundredths = (length * 100.0 + 0.5).floor() as i32;
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    let (tens, ones) = (hundredths % 100 / 10, hundredths % 10);
    [
        sign,
        &(hundredths / 100).to_string(),
        ".",
        &tens.to_string(),
        &ones.to_string(),
        "px",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::pixels;

    #[test]
    fn writes_lengths() {
        for (length, written) in [
            (0.0, "0.00px"),
            (12.345, "12.35px"),
            (-0.5, "-0.50px"),
            (1e4, "10000.00px"),
            (7.07, "7.07px"),
        ] {
            assert_eq!(pixels(length), written);
        }
    }
}
