//! A share that grows in steps: between two points it is that of the earlier one.

use super::{Frame, ShareAxis, TimeAxis};
use crate::api::CurvePoint;
use crate::format::decimal;
use std::fmt::Write;

/// The SVG path of the curve, from the left end of the axis to the last point. It is
/// not drawn further: after the last point nothing is known.
pub fn line(points: &[CurvePoint], frame: Frame, time: TimeAxis, share: ShareAxis) -> String {
    let mut path = format!("M{} {}", decimal(frame.x(0.0)), decimal(frame.y(0.0)));
    for point in points {
        let x = decimal(frame.x(time.fraction(point.ttv_ms)));
        let y = decimal(frame.y(share.fraction(point.share)));
        // Writing to a string cannot fail.
        let _ = write!(path, "H{x}V{y}");
    }
    path
}

/// The SVG path of what lies under the curve.
pub fn area(points: &[CurvePoint], frame: Frame, time: TimeAxis, share: ShareAxis) -> String {
    format!(
        "{}V{}Z",
        line(points, frame, time, share),
        decimal(frame.y(0.0))
    )
}

/// The last point at or before a time.
pub fn point_at(points: &[CurvePoint], time: i64) -> Option<usize> {
    points
        .partition_point(|point| point.ttv_ms <= time)
        .checked_sub(1)
}

/// The share that had got there by a time.
pub fn share_at(points: &[CurvePoint], time: i64) -> f64 {
    point_at(points, time)
        .and_then(|at| points.get(at))
        .map_or(0.0, |point| point.share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn points() -> [CurvePoint; 2] {
        [
            CurvePoint {
                ttv_ms: HOUR,
                share: 0.25,
            },
            CurvePoint {
                ttv_ms: 24 * HOUR,
                share: 1.0,
            },
        ]
    }

    #[test]
    fn the_path_goes_along_and_then_up() {
        let frame = Frame {
            width: 154.0,
            height: 148.0,
        };
        let time = TimeAxis::holding([HOUR, 24 * HOUR]);
        let path = line(&points(), frame, time, ShareAxis::holding([1.0]));
        assert_eq!(path, "M40 122H40V97H140V22");
        let closed = area(&points(), frame, time, ShareAxis::holding([1.0]));
        assert_eq!(closed, "M40 122H40V97H140V22V122Z");
    }

    #[test]
    fn a_reading_finds_the_step_before_it() {
        assert_eq!(point_at(&points(), HOUR - 1), None);
        assert_eq!(point_at(&points(), HOUR), Some(0));
        assert_eq!(share_at(&points(), 23 * HOUR), 0.25);
        assert_eq!(share_at(&points(), 24 * HOUR), 1.0);
        assert_eq!(share_at(&[], HOUR), 0.0);
    }
}
