//! A milestone as a row of the table.

use super::standing::Standing;
use crate::api::Milestone;
use crate::format::{count, duration, share};
use crate::plot::TimeAxis;

#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneRow {
    pub id: String,
    pub title: String,
    pub is_of_accounts: bool,
    pub reached: String,
    pub share: f64,
    pub share_text: String,
    pub median: Option<String>,
    /// The middle half of the users: p25 to p75.
    pub middle: Option<String>,
    pub p90: Option<String>,
    pub spread: Spread,
    pub target: Option<Target>,
}

/// The quantiles as places along the axis of time, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub p25: Option<f64>,
    pub median: Option<f64>,
    pub p75: Option<f64>,
    pub p90: Option<f64>,
    pub target: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub time: String,
    pub standing: Standing,
    /// Share of users within it, if that is known.
    pub within: Option<String>,
}

impl MilestoneRow {
    pub fn of(milestone: &Milestone, axis: TimeAxis) -> Self {
        let ttv = milestone.ttv;
        let place = |time: Option<i64>| time.map(|time| axis.fraction(time));
        MilestoneRow {
            id: milestone.id.clone(),
            title: milestone.title.clone(),
            is_of_accounts: milestone.is_of_accounts(),
            reached: count(milestone.reached),
            share: milestone.share,
            share_text: share(milestone.share),
            median: ttv.median_ms.map(duration),
            middle: ttv.p25_ms.map(|p25| range(p25, ttv.p75_ms)),
            p90: ttv.p90_ms.map(duration),
            spread: Spread {
                p25: place(ttv.p25_ms),
                median: place(ttv.median_ms),
                p75: place(ttv.p75_ms),
                p90: place(ttv.p90_ms),
                target: place(milestone.target_ms),
            },
            target: Target::of(milestone),
        }
    }
}

impl Target {
    /// Nothing for a milestone without a target.
    pub fn of(milestone: &Milestone) -> Option<Self> {
        Some(Target {
            time: duration(milestone.target_ms?),
            standing: Standing::of(milestone)?,
            within: milestone.in_target.map(share),
        })
    }
}

/// One axis for all milestones, so that they can be compared. The fastest few of each
/// are at its edge rather than stretching it.
pub fn time_axis(milestones: &[Milestone]) -> TimeAxis {
    let curves = milestones.iter().flat_map(|milestone| {
        let height = milestone.curve.last().map_or(0.0, |last| last.share);
        let rest = milestone
            .curve
            .iter()
            .filter(move |point| point.share >= 0.02 * height);
        rest.map(|point| point.ttv_ms)
    });
    let targets = milestones
        .iter()
        .filter_map(|milestone| milestone.target_ms);
    TimeAxis::holding(curves.chain(targets))
}

/// `1.1–4.2 d`, `5 h – 4.2 d`, `from 3 d` where the end is not known.
fn range(from: i64, to: Option<i64>) -> String {
    let from = duration(from);
    let Some(to) = to.map(duration) else {
        return format!("from {from}");
    };
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((low, one)), Some((high, other))) if one == other => format!("{low}–{high} {one}"),
        _ => format!("{from} – {to}"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::api::{CurvePoint, TimeToValue};

    const HOUR: i64 = 3_600_000;

    pub(in crate::view) fn milestone() -> Milestone {
        let point = |ttv_ms, share| CurvePoint { ttv_ms, share };
        Milestone {
            id: String::from("first-report"),
            title: String::from("First report"),
            per: String::from("user"),
            target_ms: Some(72 * HOUR),
            in_target: Some(0.5),
            reached: 1_200,
            users: 1_500,
            share: 0.8,
            ttv: TimeToValue {
                p25_ms: Some(5 * HOUR),
                median_ms: Some(20 * HOUR),
                p75_ms: Some(96 * HOUR),
                p90_ms: None,
            },
            curve: vec![
                point(1_000, 0.01),
                point(5 * HOUR, 0.25),
                point(20 * HOUR, 0.5),
                point(96 * HOUR, 0.8),
            ],
        }
    }

    #[test]
    fn a_row_says_how_many_how_soon_and_how_well() {
        let row = MilestoneRow::of(&milestone(), time_axis(&[milestone()]));
        assert_eq!(row.reached, "1,200");
        assert_eq!(row.share_text, "80%");
        assert_eq!(row.median.as_deref(), Some("20 h"));
        assert_eq!(row.middle.as_deref(), Some("5 h – 4 d"));
        assert_eq!(row.p90, None);
        let target = row.target.unwrap();
        assert_eq!(
            (target.time.as_str(), target.within.as_deref()),
            ("3 d", Some("50%"))
        );
        assert_eq!(target.standing, Standing::Met);
        assert!(row.spread.p25 < row.spread.median && row.spread.median < row.spread.p75);
    }

    #[test]
    fn a_range_names_a_unit_once_if_it_can() {
        assert_eq!(range(26 * HOUR, Some(100 * HOUR)), "1.1–4.2 d");
        assert_eq!(range(HOUR, Some(100 * HOUR)), "1 h – 4.2 d");
        assert_eq!(range(72 * HOUR, None), "from 3 d");
    }

    #[test]
    fn the_fastest_few_do_not_stretch_the_axis() {
        let axis = time_axis(&[milestone()]);
        assert_eq!(axis, TimeAxis::holding([5 * HOUR, 96 * HOUR]));
    }
}
