//! What a frame has to know of the page, read before anything is written.

use crate::geometry::{Rect, Size};

/// All that decides where a card stands.
///
/// The coordinates within our own element are those of the viewport, unless a browser without a top layer
/// puts us into a transformed or zoomed `body`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    scale: f64,
    /// The viewport, in its own coordinates.
    pub viewport: Rect,
    /// The target.
    pub target: Rect,
    /// The part of the target that is not cut off.
    pub seen: Option<Rect>,
    /// What anything of the target could be seen in.
    pub window: Rect,
    /// What must not be hidden.
    pub spare: Rect,
    /// The card before transforms, so that an animation does not change it.
    pub card: Size,
    /// The device pixels of one CSS pixel.
    pub density: f64,
}

impl Reading {
    /// Takes in what [`read`](super::script::read) gives; `None` if the target is gone.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let [width, card_width, card_height, density, rects @ ..] = numbers else {
            return None;
        };
        let mut rects = rects.chunks_exact(4).filter_map(|rect| match rect {
            [x, y, width, height] => Some(Rect {
                x: *x,
                y: *y,
                width: *width,
                height: *height,
            }),
            _ => None,
        });
        let (viewport, target, spare) = (rects.next()?, rects.next()?, rects.next()?);
        let (mut seen, mut window) = (target.intersection(&viewport), Some(viewport));
        for clip in rects {
            seen = seen.and_then(|seen| seen.intersection(&clip));
            window = window.and_then(|window| window.intersection(&clip));
        }
        let scale = viewport.width / width;
        Some(Self {
            scale: if scale > 0.0 && scale.is_finite() {
                scale
            } else {
                1.0
            },
            viewport,
            target,
            seen,
            window: window.unwrap_or(viewport),
            spare,
            card: Size {
                width: *card_width,
                height: *card_height,
            },
            density: density.max(0.1),
        })
    }

    /// A rectangle of the viewport as our own element sees it.
    pub fn inner(&self, rect: Rect) -> Rect {
        Rect {
            x: (rect.x - self.viewport.x) / self.scale,
            y: (rect.y - self.viewport.y) / self.scale,
            width: rect.width / self.scale,
            height: rect.height / self.scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: [f64; 4] = [0.0, 0.0, 1000.0, 600.0];

    fn rect([x, y, width, height]: [f64; 4]) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    fn reading(root_width: f64, rects: &[[f64; 4]]) -> Reading {
        let mut numbers = vec![root_width, 300.0, 100.0, 2.0];
        numbers.extend(rects.iter().flatten());
        Reading::of(&numbers).expect("it is all there")
    }

    #[test]
    fn what_is_cut_off_is_not_seen() {
        let target = [100.0, 300.0, 200.0, 200.0];
        let clip = [0.0, 0.0, 250.0, 400.0];
        let reading = reading(1000.0, &[ROOT, target, target, clip]);
        assert_eq!(reading.seen, Some(rect([100.0, 300.0, 150.0, 100.0])));
        assert_eq!(reading.window, rect(clip));
        assert_eq!(Reading::of(&[]), None);
    }

    #[test]
    fn a_zoomed_page_is_measured_in_our_own_pixels() {
        let zoomed = [100.0, 50.0, 500.0, 300.0];
        let reading = reading(1000.0, &[zoomed, ROOT, ROOT]);
        let inner = reading.inner(rect([150.0, 100.0, 50.0, 25.0]));
        assert_eq!(inner, rect([100.0, 100.0, 100.0, 50.0]));
    }
}
