//! The upward axis: shares of users.

/// Possible upper ends with the distance between their lines. A milestone that one in
/// twenty reaches should not be a line along the floor.
const ENDS: [(f64, f64); 4] = [(0.1, 0.025), (0.25, 0.05), (0.5, 0.1), (1.0, 0.25)];

/// From nothing to a round share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareAxis {
    top: f64,
    step: f64,
}

impl ShareAxis {
    /// The smallest axis that holds all the shares with a little air above.
    pub fn holding(shares: impl IntoIterator<Item = f64>) -> Self {
        let largest = shares.into_iter().fold(0.0, f64::max) * 1.04;
        let [.., whole] = ENDS;
        let (top, step) = ENDS
            .into_iter()
            .find(|(top, _)| largest <= *top)
            .unwrap_or(whole);
        ShareAxis { top, step }
    }

    /// How far up a share is, 0 to 1.
    pub fn fraction(self, share: f64) -> f64 {
        (share / self.top).clamp(0.0, 1.0)
    }

    /// The shares that get a line, from the bottom.
    pub fn ticks(self) -> impl Iterator<Item = f64> {
        let lines = (self.top / self.step).round() as u32;
        (0..=lines).map(move |line| f64::from(line) * self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_a_round_share_above_the_data() {
        let top = |share| ShareAxis::holding([share]).top;
        assert_eq!(top(0.03), 0.1);
        assert_eq!(top(0.3), 0.5);
        assert_eq!(top(0.49), 1.0);
        assert_eq!(top(1.0), 1.0);
    }

    #[test]
    fn lines_go_from_nothing_to_the_end() {
        let lines: Vec<f64> = ShareAxis::holding([0.7]).ticks().collect();
        assert_eq!(lines, [0.0, 0.25, 0.5, 0.75, 1.0]);
    }
}
