//! The distribution of the time to value in words: the same as the plot, for those who
//! do not see it and those who want the figures.

use crate::api::CurvePoint;
use crate::format::{duration_in_words, share};
use crate::plot::{TimeAxis, share_at};

/// Rows of `(time, share by then)` at round times, to the end of what is known.
pub fn curve_table(points: &[CurvePoint], axis: TimeAxis) -> Vec<(String, String)> {
    let Some(last) = points.last() else {
        return Vec::new();
    };
    let mut rows: Vec<(String, String)> = axis
        .ticks(0.0)
        .into_iter()
        .filter(|time| *time < last.ttv_ms)
        .map(|time| (duration_in_words(time), share(share_at(points, time))))
        .collect();
    rows.push((duration_in_words(last.ttv_ms), share(last.share)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_goes_by_round_times_to_the_last_point() {
        let hour = 3_600_000;
        let points = [
            CurvePoint {
                ttv_ms: 2 * hour,
                share: 0.2,
            },
            CurvePoint {
                ttv_ms: 20 * hour,
                share: 0.7,
            },
        ];
        let rows = curve_table(&points, TimeAxis::holding([2 * hour, 20 * hour]));
        let text = |time: &str, share: &str| (String::from(time), String::from(share));
        assert_eq!(
            rows,
            [
                text("1 hour", "0%"),
                text("3 hours", "20%"),
                text("6 hours", "20%"),
                text("12 hours", "20%"),
                text("20 hours", "70%"),
            ]
        );
        assert!(curve_table(&[], TimeAxis::holding([])).is_empty());
    }
}
