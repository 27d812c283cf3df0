//! Time to value: how many have reached a milestone, and how soon.

use firstvalue_engine::State;
use firstvalue_engine::survival::{self, Curve};
use firstvalue_model::playbook::Per;

use super::play::Played;

/// How a milestone stands at the end of a replay.
pub struct TimeToValue {
    /// How many have reached it.
    pub reached: usize,
    /// Of how many.
    pub of: usize,
    /// The share that has reached it by the time since sign-up. Whoever has not reached it counts
    /// as watched until the end.
    pub curve: Curve,
}

impl TimeToValue {
    /// Of the milestone at a place of a playbook.
    pub fn of(played: &Played, playbook: usize, milestone: usize) -> Self {
        let (mut reached, mut censored) = (Vec::new(), Vec::new());
        for (_, state) in subjects(played, playbook, milestone) {
            let signup = state.signup().unwrap_or(played.end());
            match state.milestone(milestone) {
                Some(at) => reached.push(at.saturating_sub(signup)),
                None => censored.push(played.end().saturating_sub(signup)),
            }
        }
        Self {
            reached: reached.len(),
            of: reached.len() + censored.len(),
            curve: survival::kaplan_meier(&reached, &censored),
        }
    }
}

/// The users or the accounts: whichever the milestone is of.
pub fn subjects(
    played: &Played,
    playbook: usize,
    milestone: usize,
) -> Box<dyn Iterator<Item = (&str, &State)> + '_> {
    match per(played, playbook, milestone) {
        Per::Account => Box::new(played.accounts(playbook)),
        Per::User => Box::new(played.users(playbook)),
    }
}

/// Who reaches a milestone.
pub fn per(played: &Played, playbook: usize, milestone: usize) -> Per {
    let rules = played.rules.get(playbook);
    let rule = rules.and_then(|rules| rules.milestones.get(milestone));
    rule.map_or(Per::User, |rule| rule.per)
}
