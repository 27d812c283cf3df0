//! Whether a milestone meets its target.

use crate::api::Milestone;
use crate::plot::share_at;

/// The target is met if half of the users get there in that time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    Met,
    Missed,
    /// Fewer than half have got there, and there is time left.
    Open,
}

impl Standing {
    /// Nothing for a milestone without a target.
    pub fn of(milestone: &Milestone) -> Option<Standing> {
        let target = milestone.target_ms?;
        Some(match milestone.ttv.median_ms {
            Some(median) if median <= target => Standing::Met,
            Some(_) => Standing::Missed,
            // Somebody was followed for longer, and still not half had got there by then.
            None if milestone
                .curve
                .last()
                .is_some_and(|last| last.ttv_ms > target) =>
            {
                Standing::Missed
            }
            None => Standing::Open,
        })
    }

    pub fn label(self) -> &'static str {
        match self {
            Standing::Met => "Met",
            Standing::Missed => "Missed",
            Standing::Open => "Open",
        }
    }
}

/// The share of users that gets there within the target.
pub fn share_within_target(milestone: &Milestone) -> Option<f64> {
    milestone
        .target_ms
        .map(|target| share_at(&milestone.curve, target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::milestone_row::tests::milestone;

    #[test]
    fn the_median_decides() {
        let mut of = milestone();
        of.target_ms = Some(100);
        of.ttv.median_ms = Some(100);
        assert_eq!(Standing::of(&of), Some(Standing::Met));
        of.ttv.median_ms = Some(101);
        assert_eq!(Standing::of(&of), Some(Standing::Missed));
        of.ttv.median_ms = None;
        assert_eq!(Standing::of(&of), Some(Standing::Missed));
        of.target_ms = Some(1_000 * 24 * 3_600_000);
        assert_eq!(Standing::of(&of), Some(Standing::Open));
        of.target_ms = None;
        assert_eq!(Standing::of(&of), None);
    }

    #[test]
    fn the_share_within_the_target_is_read_from_the_curve() {
        let mut of = milestone();
        of.target_ms = Some(24 * 3_600_000);
        assert_eq!(share_within_target(&of), Some(0.5));
        of.target_ms = None;
        assert_eq!(share_within_target(&of), None);
    }
}
