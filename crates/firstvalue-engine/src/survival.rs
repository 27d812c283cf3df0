//! Time to value of many users, where some have not reached it yet.

use firstvalue_model::time::Millis;

/// The share of users who have reached a milestone, by the time since sign-up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// Where the share grows, by time.
    pub points: Vec<Point>,
    /// For how long anybody was watched; nothing is known of later.
    pub watched: Millis,
}

/// A step of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Milliseconds since sign-up.
    pub time: Millis,
    /// The share that has reached it by then, from 0 to 1.
    pub share: f64,
}

/// Estimates the distribution of time to value after Kaplan and Meier (1958).
///
/// `reached` holds the times of those who have got there; `censored`, for all others, how long
/// they have been watched in vain. Users who are new so count for as long as they are known, and
/// nobody is taken as lost for being new. Times below 0 count as 0.
pub fn kaplan_meier(reached: &[Millis], censored: &[Millis]) -> Curve {
    let sorted = |times: &[Millis]| {
        let mut times: Vec<Millis> = times.iter().map(|&time| time.max(0)).collect();
        times.sort_unstable();
        times
    };
    let (reached, censored) = (sorted(reached), sorted(censored));
    let longest = reached.last().max(censored.last()).copied();
    let mut watched = reached.len() + censored.len();
    let mut censored = censored.iter().peekable();
    let mut left = 1.0;
    let mut points = Vec::new();
    for together in reached.chunk_by(|a, b| a == b) {
        let Some(&time) = together.first() else {
            continue;
        };
        // Who was last seen at this very moment was still watched then.
        while censored.next_if(|&&until| until < time).is_some() {
            watched -= 1;
        }
        left *= 1.0 - together.len() as f64 / watched as f64;
        watched -= together.len();
        points.push(Point {
            time,
            share: 1.0 - left,
        });
    }
    Curve {
        points,
        watched: longest.unwrap_or_default(),
    }
}

impl Curve {
    /// The share that has reached it by a time; `None` if nobody was watched for so long and somebody
    /// may still get there, or there is nobody at all.
    pub fn by(&self, time: Millis) -> Option<f64> {
        let by_then = self.points.iter().take_while(|point| point.time <= time);
        let share = by_then.last().map_or(0.0, |point| point.share);
        (time <= self.watched || share >= 1.0).then_some(share)
    }

    /// The time by which the given share has reached it; `None` if so many have not.
    pub fn quantile(&self, share: f64) -> Option<Millis> {
        // The products of fractions end a little below the share that they stand for.
        const SLACK: f64 = 1e-9;
        self.points
            .iter()
            .find(|point| point.share + SLACK >= share)
            .map(|point| point.time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_censoring_it_is_the_plain_distribution() {
        let curve = kaplan_meier(&[4, 1, 3, 2], &[]);
        let shares: Vec<_> = curve.points.iter().map(|point| point.share).collect();
        assert_eq!(shares, [0.25, 0.5, 0.75, 1.0]);
        assert_eq!(curve.quantile(0.5), Some(2));
    }

    /// The textbook example: remission under 6-MP, Freireich et al. 1963, as in Cox and Oakes,
    /// "Analysis of Survival Data" (1984), table 1.1: estimates 0.857, 0.807, 0.753, 0.690, 0.627,
    /// 0.538, 0.448.
    #[test]
    fn censored_users_count_for_as_long_as_they_are_known() {
        let relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let in_remission = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        let curve = kaplan_meier(&relapsed, &in_remission);
        let left: Vec<_> = curve
            .points
            .iter()
            .map(|p| ((1.0 - p.share) * 1000.0).round() as i32)
            .collect();
        assert_eq!(left, [857, 807, 753, 690, 627, 538, 448]);
        assert_eq!(curve.quantile(0.5), Some(23));
        assert_eq!(curve.quantile(0.9), None);
    }

    #[test]
    fn nothing_is_said_of_later_than_anybody_was_watched() {
        let shares = |reached: &[Millis], censored: &[Millis]| {
            let curve = kaplan_meier(reached, censored);
            [0, 10, 20, 21].map(|time| curve.by(time))
        };
        let half = Some(0.5);
        assert_eq!(shares(&[10], &[20]), [Some(0.0), half, half, None]);
        assert_eq!(shares(&[10], &[10]), [Some(0.0), half, None, None]);
        assert_eq!(shares(&[10], &[9])[1..], [Some(1.0); 3]);
        assert_eq!(shares(&[], &[20]), [Some(0.0), Some(0.0), Some(0.0), None]);
        assert_eq!(shares(&[], &[])[1..], [None; 3]);
    }
}
