//! The one number that the page opens on.

use crate::api::Milestone;

/// The place of the milestone that stands for first value: `activated` if the
/// playbook has one, else the last.
pub fn north_star(milestones: &[Milestone]) -> Option<usize> {
    milestones
        .iter()
        .position(|milestone| milestone.id == "activated")
        .or_else(|| milestones.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::milestone_row::tests::milestone;

    #[test]
    fn activated_comes_before_the_last() {
        let named = |id: &str| Milestone {
            id: String::from(id),
            ..milestone()
        };
        assert_eq!(north_star(&[]), None);
        assert_eq!(
            north_star(&[named("first-report"), named("habit")]),
            Some(1)
        );
        assert_eq!(north_star(&[named("activated"), named("habit")]), Some(0));
    }
}
