//! The axis of time since sign-up. It is logarithmic, because some users get there in
//! minutes and some in months, with ticks at times that people use.

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// Times that may carry a tick; those with the lower rank are labelled first.
const TIMES: [(i64, u8); 19] = [
    (SECOND, 1),
    (5 * SECOND, 3),
    (15 * SECOND, 2),
    (MINUTE, 0),
    (5 * MINUTE, 2),
    (15 * MINUTE, 1),
    (30 * MINUTE, 3),
    (HOUR, 0),
    (3 * HOUR, 2),
    (6 * HOUR, 1),
    (12 * HOUR, 3),
    (DAY, 0),
    (2 * DAY, 3),
    (3 * DAY, 1),
    (WEEK, 0),
    (2 * WEEK, 2),
    (4 * WEEK, 1),
    (12 * WEEK, 1),
    (52 * WEEK, 1),
];

/// What the axis shows while there is nothing to show.
const EMPTY: TimeAxis = TimeAxis {
    from: HOUR,
    to: 4 * WEEK,
};

/// From one round time to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    from: i64,
    to: i64,
}

impl TimeAxis {
    /// The smallest axis between round times that holds all of `times`, and at least
    /// a factor of twenty, so that a few equal times still make a readable plot.
    pub fn holding(times: impl IntoIterator<Item = i64>) -> Self {
        let range = times
            .into_iter()
            .fold(None, |range: Option<(i64, i64)>, time| {
                let (least, most) = range.unwrap_or((time, time));
                Some((least.min(time), most.max(time)))
            });
        let Some((least, most)) = range else {
            return EMPTY;
        };
        let round = TIMES.iter().map(|(time, _)| *time);
        let from = round.clone().rfind(|time| *time <= least).unwrap_or(SECOND);
        let least_end = most.max(from.saturating_mul(20));
        // Beyond a year the axis ends where the data do.
        let to = round
            .clone()
            .find(|time| *time >= least_end)
            .unwrap_or(least_end);
        TimeAxis { from, to }
    }

    /// How far along the axis a time is, 0 to 1. What lies outside is at the end.
    pub fn fraction(self, time: i64) -> f64 {
        let time = time.clamp(self.from, self.to);
        ratio(time, self.from).ln() / ratio(self.to, self.from).ln()
    }

    /// The time at a place along the axis: the inverse of [`TimeAxis::fraction`].
    pub fn time(self, fraction: f64) -> i64 {
        let span = ratio(self.to, self.from).ln();
        (self.from as f64 * (fraction.clamp(0.0, 1.0) * span).exp()).round() as i64
    }

    /// Round times for which there is room if each needs `gap` of the axis (0 to 1),
    /// in order. Minutes, hours, days and weeks come before what lies between them.
    pub fn ticks(self, gap: f64) -> Vec<i64> {
        let mut chosen: Vec<i64> = Vec::new();
        for wanted in 0..=3 {
            for (time, rank) in TIMES {
                let inside = (self.from..=self.to).contains(&time);
                let place = self.fraction(time);
                let free = || {
                    chosen
                        .iter()
                        .all(|other| (self.fraction(*other) - place).abs() >= gap)
                };
                if rank == wanted && inside && free() {
                    chosen.push(time);
                }
            }
        }
        chosen.sort_unstable();
        chosen
    }
}

fn ratio(time: i64, to: i64) -> f64 {
    time as f64 / to as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_round_times_around_the_data() {
        let axis = TimeAxis::holding([90 * MINUTE, 9 * DAY]);
        assert_eq!(
            axis,
            TimeAxis {
                from: HOUR,
                to: 2 * WEEK
            }
        );
    }

    #[test]
    fn equal_times_and_none_still_make_an_axis() {
        assert_eq!(
            TimeAxis::holding([DAY]),
            TimeAxis {
                from: DAY,
                to: 4 * WEEK
            }
        );
        assert_eq!(TimeAxis::holding([]), EMPTY);
        assert_eq!(
            TimeAxis::holding([0]),
            TimeAxis {
                from: SECOND,
                to: MINUTE
            }
        );
        let years = TimeAxis::holding([DAY, 200 * WEEK]);
        assert_eq!(years.to, 200 * WEEK);
    }

    #[test]
    fn places_and_times_are_inverse_and_outside_is_at_the_end() {
        let axis = TimeAxis {
            from: HOUR,
            to: 4 * WEEK,
        };
        assert_eq!(axis.fraction(0), 0.0);
        assert_eq!(axis.fraction(HOUR), 0.0);
        assert_eq!(axis.fraction(52 * WEEK), 1.0);
        let there = axis.time(axis.fraction(3 * DAY));
        assert!((there - 3 * DAY).abs() <= 1);
    }

    #[test]
    fn ticks_are_the_round_times_for_which_there_is_room() {
        let axis = TimeAxis {
            from: 15 * MINUTE,
            to: 4 * WEEK,
        };
        assert_eq!(axis.ticks(0.2), [HOUR, DAY, WEEK]);
        assert_eq!(
            axis.ticks(0.09),
            [15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, WEEK, 4 * WEEK]
        );
        assert_eq!(axis.ticks(2.0).len(), 1);
    }
}
