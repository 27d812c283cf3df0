//! The one number that the page opens on.

use crate::api::Milestone;

/// The id of the milestone that stands for first value, if the playbook has it.
pub const ACTIVATED: &str = "activated";

/// The place of the milestone that the page opens on: `activated`; without one the first on the way that
/// has a target, since somebody cares how soon it is reached; without targets the first.
pub fn north_star(milestones: &[Milestone]) -> Option<usize> {
    let position = |is: fn(&Milestone) -> bool| milestones.iter().position(is);
    position(|milestone| milestone.id == ACTIVATED)
        .or_else(|| position(|milestone| milestone.target_ms.is_some()))
        .or_else(|| position(|_| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::milestone_row::tests::milestone;

    #[test]
    fn activated_comes_before_the_first_with_a_target_and_that_before_the_first() {
        let of = |id: &str, target_ms| Milestone {
            id: String::from(id),
            target_ms,
            ..milestone()
        };
        let (signed_up, report) = (of("signed-up", None), of("first-report", Some(5)));
        let (habit, activated) = (of("habit", Some(9)), of("activated", None));
        let all = [signed_up, report, habit, activated];
        assert_eq!(north_star(&[]), None);
        assert_eq!(north_star(&all), Some(3));
        assert_eq!(north_star(&all[..3]), Some(1));
        assert_eq!(north_star(&all[..1]), Some(0));
    }
}
