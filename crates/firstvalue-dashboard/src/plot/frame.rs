//! Where on the drawing the data are.

/// Room for the labels of both axes, in CSS pixels.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 26.0;

/// A drawing of a given size in CSS pixels, with the data area inside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub width: f64,
    pub height: f64,
}

impl Frame {
    pub fn left(self) -> f64 {
        LEFT
    }

    pub fn right(self) -> f64 {
        self.width - RIGHT
    }

    pub fn top(self) -> f64 {
        TOP
    }

    pub fn bottom(self) -> f64 {
        self.height - BOTTOM
    }

    /// From a share of the time axis to a place on the drawing.
    pub fn x(self, fraction: f64) -> f64 {
        self.left() + fraction * (self.right() - self.left())
    }

    /// From a share of the upward axis to a place on the drawing.
    pub fn y(self, fraction: f64) -> f64 {
        self.bottom() - fraction * (self.bottom() - self.top())
    }

    /// The inverse of [`Frame::x`], held within the data area.
    pub fn fraction(self, x: f64) -> f64 {
        ((x - self.left()) / (self.right() - self.left())).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_fractions_are_inverse() {
        let frame = Frame {
            width: 640.0,
            height: 260.0,
        };
        assert_eq!(frame.x(0.0), 40.0);
        assert_eq!(frame.x(1.0), 626.0);
        assert!((frame.fraction(frame.x(0.3)) - 0.3).abs() < 1e-12);
        assert_eq!(frame.fraction(-10.0), 0.0);
        assert_eq!(frame.fraction(9_999.0), 1.0);
    }

    #[test]
    fn more_is_higher() {
        let frame = Frame {
            width: 640.0,
            height: 260.0,
        };
        assert_eq!(frame.y(0.0), 234.0);
        assert_eq!(frame.y(1.0), 22.0);
    }
}
