//! Reading rectangles. One pass reads all that a frame needs before anything is written.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement};

use super::target::parent;
use super::window;
use crate::geometry::{Rect, Size};

/// Where an element is in the viewport.
pub fn rect(of: &Element) -> Rect {
    from_dom(&of.get_bounding_client_rect())
}

fn from_dom(rect: &DomRect) -> Rect {
    Rect {
        x: rect.x(),
        y: rect.y(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// The size of an element before transforms, so that an animation does not change it.
pub fn layout_size(of: &HtmlElement) -> Size {
    Size {
        width: f64::from(of.offset_width()),
        height: f64::from(of.offset_height()),
    }
}

/// The coordinates within our own element against those of the viewport. They are one and the same
/// unless a browser without a top layer puts us into a transformed or zoomed `body`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    origin: (f64, f64),
    scale: f64,
    /// The viewport, in its own coordinates.
    pub viewport: Rect,
}

impl Frame {
    /// Reads both; `root` covers the viewport.
    pub fn read(root: &HtmlElement) -> Self {
        let covered = rect(root);
        let width = f64::from(root.offset_width());
        let scale = if width > 0.0 && covered.width > 0.0 {
            covered.width / width
        } else {
            1.0
        };
        Self {
            origin: (covered.x, covered.y),
            scale,
            viewport: covered,
        }
    }

    /// A rectangle of the viewport as our own element sees it.
    pub fn inner(&self, rect: Rect) -> Rect {
        let (x, y) = self.origin;
        Rect {
            x: (rect.x - x) / self.scale,
            y: (rect.y - y) / self.scale,
            width: rect.width / self.scale,
            height: rect.height / self.scale,
        }
    }

    /// The viewport as our own element sees it.
    pub fn area(&self) -> Rect {
        self.inner(self.viewport)
    }
}

/// The elements that cut off what an element shows: scroll containers and the like.
pub fn clipping(element: &Element) -> Vec<Element> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut fixed = is_fixed(&window, element);
    let mut next = parent(element);
    while let Some(current) = next {
        next = parent(&current);
        // What the root elements cut off is the viewport's affair.
        if fixed || next.is_none() || current.tag_name().eq_ignore_ascii_case("body") {
            break;
        }
        fixed = is_fixed(&window, &current);
        if style(&window, &current, "overflow")
            .is_some_and(|overflow| !overflow.starts_with("visible") && !overflow.is_empty())
        {
            found.push(current);
        }
    }
    found
}

fn is_fixed(window: &web_sys::Window, element: &Element) -> bool {
    style(window, element, "position").as_deref() == Some("fixed")
}

fn style(window: &web_sys::Window, element: &Element, property: &str) -> Option<String> {
    window
        .get_computed_style(element)
        .ok()??
        .get_property_value(property)
        .ok()
}

/// A length of an element's computed style, in pixels.
pub fn pixels(element: &Element, property: &str) -> f64 {
    let value = window()
        .and_then(|window| style(&window, element, property))
        .unwrap_or_default();
    let digits = value
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    digits.parse::<u16>().map_or(0.0, f64::from)
}

/// Whether text runs from right to left in an element.
pub fn is_right_to_left(element: &Element) -> bool {
    window()
        .and_then(|window| style(&window, element, "direction"))
        .as_deref()
        == Some("rtl")
}

/// The part of an element that is not cut off, within the viewport.
pub fn seen(element: Rect, clipping: &[Element], viewport: &Rect) -> Option<Rect> {
    clipping
        .iter()
        .try_fold(element.intersection(viewport)?, |left, clip| {
            left.intersection(&rect(clip))
        })
}

/// The device pixels of one CSS pixel.
pub fn density() -> f64 {
    window()
        .map_or(1.0, |window| window.device_pixel_ratio())
        .max(0.1)
}

/// The root element of the page.
pub fn page_element() -> Option<Element> {
    super::document()?.document_element()
}

/// Scrolls whatever has to be scrolled for an element to be in the middle of it, at once: a smooth
/// scroll takes as long as the page likes, and the step can only be read when it has ended.
pub fn scroll_to(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// What is hit at a point: the innermost element through open shadow roots.
pub fn hit(x: f64, y: f64) -> Option<Element> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the interface takes single precision"
    )]
    let (x, y) = (x as f32, y as f32);
    let mut found = super::document()?.element_from_point(x, y)?;
    while let Some(inner) = found
        .shadow_root()
        .and_then(|root| root.element_from_point(x, y))
    {
        if inner == found {
            break;
        }
        found = inner;
    }
    Some(found)
}

/// Whether one element lies within another, through open shadow roots.
pub fn is_within(inner: &Element, outer: &Element) -> bool {
    std::iter::successors(Some(inner.clone()), |element| {
        parent(element.unchecked_ref())
    })
    .any(|element| element == *outer)
}
