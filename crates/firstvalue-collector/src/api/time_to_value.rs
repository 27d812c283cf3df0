//! How long users take to reach a milestone, as numbers to draw.

use firstvalue_engine::survival::{self, Curve};
use firstvalue_model::time::{DAY, Millis};
use serde::Serialize;
use utoipa::ToSchema;

/// The most points of a curve: more would not be seen.
const MAX_POINTS: usize = 100;

/// The most bins of a histogram.
const MAX_BINS: Millis = 24;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

/// Widths of bins that people can name; beyond the last come multiples of it.
const WIDTHS: [Millis; 14] = [
    1_000,
    5_000,
    15_000,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    28 * DAY,
];

/// The times of all users with one milestone, since their sign-up.
#[derive(Debug, Clone, Default)]
pub(crate) struct TimesToValue {
    /// Of those who have reached it: until then.
    pub(crate) reached: Vec<Millis>,
    /// Of those who have not: until now.
    pub(crate) waiting: Vec<Millis>,
}

impl TimesToValue {
    /// The share that has reached it by the time since sign-up. Whoever has not reached it counts
    /// for as long as they have been here.
    pub(crate) fn curve(&self) -> Curve {
        survival::kaplan_meier(&self.reached, &self.waiting)
    }

    /// How many have taken how long, of those who have reached it.
    pub(crate) fn histogram(&self) -> Vec<Bin> {
        let Some(longest) = self.reached.iter().max() else {
            return Vec::new();
        };
        let width = width((*longest).max(0));
        let bin = |time: Millis| time.max(0) / width;
        let mut bins: Vec<Bin> = (0..=bin(*longest))
            .map(|place| Bin {
                from_ms: place * width,
                to_ms: (place + 1) * width,
                users: 0,
            })
            .collect();
        for time in &self.reached {
            let place = usize::try_from(bin(*time)).unwrap_or_default();
            if let Some(bin) = bins.get_mut(place) {
                bin.users += 1;
            }
        }
        bins
    }
}

/// The smallest width at which everything up to `longest` fits.
fn width(longest: Millis) -> Millis {
    let fits = |width: &Millis| longest / width < MAX_BINS;
    let last = WIDTHS.last().copied().unwrap_or(DAY);
    WIDTHS
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| last * (longest / (last * MAX_BINS) + 1))
}

/// Users by how long they took.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Bin {
    from_ms: Millis,
    /// The first moment that is not in it.
    to_ms: Millis,
    users: usize,
}

/// The time by which a quarter, half, … of all users have reached it; null if so many have not.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Percentiles {
    p25_ms: Option<Millis>,
    pub(super) median_ms: Option<Millis>,
    p75_ms: Option<Millis>,
    p90_ms: Option<Millis>,
}

impl Percentiles {
    pub(crate) fn of(curve: &Curve) -> Self {
        Self {
            p25_ms: curve.quantile(0.25),
            median_ms: curve.quantile(0.5),
            p75_ms: curve.quantile(0.75),
            p90_ms: curve.quantile(0.9),
        }
    }
}

/// The share that has reached it by a time since sign-up.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CurvePoint {
    ttv_ms: Millis,
    share: f64,
}

impl CurvePoint {
    /// The curve's points, thinned evenly if there are many; the last is always among them.
    pub(crate) fn of(curve: &Curve) -> Vec<Self> {
        let points = &curve.points;
        let count = points.len().min(MAX_POINTS);
        (1..=count)
            .filter_map(|n| points.get((n * points.len()).div_ceil(count) - 1))
            .map(|point| Self {
                ttv_ms: point.time,
                share: rounded(point.share),
            })
            .collect()
    }
}

/// A share as written in answers: what lies beyond a millionth is noise.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(reached: &[Millis]) -> Vec<(Millis, Millis, usize)> {
        let times = TimesToValue {
            reached: reached.to_vec(),
            waiting: Vec::new(),
        };
        times
            .histogram()
            .iter()
            .map(|bin| (bin.from_ms, bin.to_ms, bin.users))
            .collect()
    }

    #[test]
    fn bins_have_widths_that_people_can_name_and_hold_everybody() {
        assert_eq!(histogram(&[]), []);
        assert_eq!(
            histogram(&[-5, 0, 999, 1_000]),
            [(0, 1_000, 3), (1_000, 2_000, 1)]
        );
        let days = histogram(&[DAY, 23 * DAY]);
        assert_eq!(
            (days.len(), days[1], days[23]),
            (24, (DAY, 2 * DAY, 1), (23 * DAY, 24 * DAY, 1))
        );
        for longest in [
            0,
            1,
            24_000,
            90 * DAY,
            24 * 28 * DAY,
            5_000 * DAY,
            Millis::MAX / 4,
        ] {
            let bins = histogram(&[0, longest]);
            assert!(bins.len() <= 24, "{longest}: {}", bins.len());
            assert_eq!(bins.iter().map(|bin| bin.2).sum::<usize>(), 2, "{longest}");
        }
    }

    #[test]
    fn long_curves_are_thinned_and_keep_their_end() {
        for (users, points) in [(0, 0), (1, 1), (100, 100), (101, 100), (1_234, 100)] {
            let times = TimesToValue {
                reached: (0..users).collect(),
                waiting: vec![Millis::MAX],
            };
            let curve = CurvePoint::of(&times.curve());
            assert_eq!(curve.len(), points);
            assert_eq!(
                curve.last().map(|point| point.ttv_ms),
                (users > 0).then_some(users - 1)
            );
        }
    }
}
