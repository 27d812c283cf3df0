//! Whether a milestone meets its target.

use crate::api::Milestone;

/// The target is met if half of the users get there in that time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    Met,
    Missed,
    /// Fewer than half have got there, and all of them have time left.
    Open,
}

impl Standing {
    /// Nothing for a milestone without a target.
    pub fn of(milestone: &Milestone) -> Option<Standing> {
        let target = milestone.target_ms?;
        Some(match milestone.ttv.median_ms {
            Some(median) if median <= target => Standing::Met,
            // Somebody was followed for so long, and still not half had got there by then.
            _ if milestone.in_target.is_some() => Standing::Missed,
            _ => Standing::Open,
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
        of.in_target = None;
        assert_eq!(Standing::of(&of), Some(Standing::Open));
        of.target_ms = None;
        assert_eq!(Standing::of(&of), None);
    }
}
