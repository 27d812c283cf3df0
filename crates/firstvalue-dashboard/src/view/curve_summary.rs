//! The plot in a sentence.

use crate::api::Milestone;
use crate::format::{count, duration, share};

/// `Half of the users get there within 20 h; 62% within the target of 3 d.`
pub fn curve_summary(milestone: &Milestone) -> String {
    if milestone.curve.is_empty() {
        return String::from("Nobody has got there yet.");
    }
    let who = milestone.who();
    let most = match milestone.ttv.median_ms {
        Some(median) => format!("Half of the {who} get there within {}", duration(median)),
        None => {
            let (reached, users) = (count(milestone.reached), count(milestone.users));
            format!("Fewer than half of the {who} get there: {reached} of {users} so far")
        }
    };
    match milestone.target_ms.zip(milestone.in_target) {
        Some((target, within)) => {
            format!(
                "{most}; {} within the target of {}.",
                share(within),
                duration(target)
            )
        }
        None => format!("{most}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::milestone_row::tests::milestone;

    #[test]
    fn the_sentence_names_median_and_target() {
        let mut of = milestone();
        assert_eq!(
            curve_summary(&of),
            "Half of the users get there within 20 h; 50% within the target of 3 d."
        );
        of.in_target = None;
        assert_eq!(
            curve_summary(&of),
            "Half of the users get there within 20 h."
        );
        of.ttv.median_ms = None;
        of.target_ms = None;
        assert_eq!(
            curve_summary(&of),
            "Fewer than half of the users get there: 1,200 of 1,500 so far."
        );
        of.per = String::from("account");
        assert_eq!(
            curve_summary(&of),
            "Fewer than half of the accounts get there: 1,200 of 1,500 so far."
        );
        of.curve.clear();
        assert_eq!(curve_summary(&of), "Nobody has got there yet.");
    }
}
