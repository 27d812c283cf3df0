//! A guide as a row of the table.

use crate::api::{Ended, Guide};
use crate::format::{count, share};

#[derive(Clone, Debug, PartialEq)]
pub struct GuideRow {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub eligible: String,
    pub shown: String,
    pub completed: String,
    pub dismissed: String,
    pub failed: u64,
    /// Completed of shown; nothing before it was shown.
    pub completion: Option<f64>,
    pub steps: Vec<StepRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StepRow {
    pub title: String,
    pub shown: String,
    /// Of those who saw the first step, 0 to 1.
    pub share: f64,
    pub share_text: String,
    /// How many did not come here from the step before.
    pub lost: u64,
    /// For how many it ended here, and why.
    pub ended: Vec<String>,
}

impl GuideRow {
    pub fn of(guide: &Guide) -> Self {
        GuideRow {
            id: guide.id.clone(),
            title: guide.title.clone(),
            kind: kind(&guide.kind),
            eligible: count(guide.eligible),
            shown: count(guide.shown),
            completed: count(guide.completed),
            dismissed: count(guide.dismissed),
            failed: guide.failed,
            completion: ratio(guide.completed, guide.shown),
            steps: steps(guide),
        }
    }
}

fn steps(guide: &Guide) -> Vec<StepRow> {
    let first = guide.steps.first().map_or(0, |step| step.shown);
    let before = std::iter::once(first).chain(guide.steps.iter().map(|step| step.shown));
    let rows = guide.steps.iter().zip(before).map(|(step, before)| {
        // A tour that goes on after a reload can show a later step to more people than
        // the first, so the share is held at the whole.
        let of_first = ratio(step.shown, first).unwrap_or_default();
        StepRow {
            title: step.title.clone(),
            shown: count(step.shown),
            share: of_first,
            share_text: share(of_first),
            lost: before.saturating_sub(step.shown),
            ended: step.ended.iter().map(ended).collect(),
        }
    });
    rows.collect()
}

/// `12 dismissed`, `3 target not found`
fn ended(ended: &Ended) -> String {
    let reason = ended.reason.replace(['-', '_', '.'], " ");
    format!("{} {reason}", count(ended.users))
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64).min(1.0))
}

/// `resource-center` → `Resource center`
fn kind(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters)
        .map(|letter| if letter == '-' { ' ' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::GuideStep;

    fn guide(shown: &[u64]) -> Guide {
        let step = |shown: &u64| GuideStep {
            title: String::from("Share it"),
            shown: *shown,
            ended: vec![Ended {
                reason: String::from("target-not-found"),
                users: 1_200,
            }],
        };
        Guide {
            id: String::from("tour"),
            title: String::from("Your first report"),
            kind: String::from("resource-center"),
            eligible: 1_240,
            shown: 200,
            completed: 90,
            dismissed: 30,
            failed: 0,
            steps: shown.iter().map(step).collect(),
        }
    }

    #[test]
    fn completion_is_of_those_who_saw_it() {
        let row = GuideRow::of(&guide(&[]));
        assert_eq!(row.completion, Some(0.45));
        assert_eq!(row.kind, "Resource center");
        assert_eq!(row.eligible, "1,240");
        let unseen = Guide {
            shown: 0,
            completed: 0,
            ..guide(&[])
        };
        assert_eq!(GuideRow::of(&unseen).completion, None);
    }

    #[test]
    fn steps_are_measured_against_the_first_and_the_one_before() {
        let row = GuideRow::of(&guide(&[200, 150, 120]));
        assert_eq!(row.steps[0].ended, ["1,200 target not found"]);
        let shares: Vec<&str> = row
            .steps
            .iter()
            .map(|step| step.share_text.as_str())
            .collect();
        let lost: Vec<u64> = row.steps.iter().map(|step| step.lost).collect();
        assert_eq!(shares, ["100%", "75%", "60%"]);
        assert_eq!(lost, [0, 50, 30]);
    }

    #[test]
    fn a_later_step_with_more_users_is_no_loss_and_not_over_the_whole() {
        let row = GuideRow::of(&guide(&[10, 12]));
        assert_eq!((row.steps[1].lost, row.steps[1].share), (0, 1.0));
        assert_eq!(GuideRow::of(&guide(&[0, 0])).steps[1].share, 0.0);
    }
}
