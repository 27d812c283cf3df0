//! Why a guide does not start by itself now.

use firstvalue_model::time::Millis;

use super::{Session, comes_again, has_ended, is_for, is_spent, rested};
use crate::rules::Rules;
use crate::state::State;

/// One reason why a guide does not start by itself now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Its audience or its condition does not hold.
    Condition,
    /// Only the host starts it.
    Manual,
    /// It is for other pages.
    Page,
    /// It has come to the end that its `until` names.
    Ended,
    /// It was shown as often as its `limit` says.
    Limit,
    /// It comes again at this moment.
    Every(Millis),
    /// As many guides as may start in a session have started.
    Session,
    /// Guides rest until this moment.
    Gap(Millis),
    /// The one at this place in the rules comes first.
    Outdone(usize),
}

/// Every reason why the guide at a place in the rules does not start now; none if [`choose`] gives it.
///
/// [`choose`]: super::choose
pub fn blocks(
    rules: &Rules,
    user: &State,
    session: &Session,
    path: &str,
    now: Millis,
    guide: usize,
) -> Vec<Block> {
    let mut blocks = its_own(rules, user, path, now, guide);
    let throttle = &rules.throttle;
    if throttle
        .max_per_session
        .is_some_and(|most| session.started >= most)
    {
        blocks.push(Block::Session);
    }
    let rested = rested(throttle, session, now);
    if rested > now {
        blocks.push(Block::Gap(rested));
    }
    let comes_before = |other: usize| {
        let priority = |place: usize| rules.guides.get(place).map(|rule| rule.priority);
        (priority(other), guide) > (priority(guide), other)
    };
    let outdone = (0..rules.guides.len())
        .find(|&other| comes_before(other) && its_own(rules, user, path, now, other).is_empty());
    blocks.extend(outdone.map(Block::Outdone));
    blocks
}

/// The reasons that have nothing to do with other guides.
fn its_own(rules: &Rules, user: &State, path: &str, now: Millis, guide: usize) -> Vec<Block> {
    let (Some(rule), Some(history)) = (rules.guides.get(guide), user.guides.get(guide)) else {
        return vec![Block::Condition];
    };
    let again = comes_again(&rule.frequency, history).filter(|&again| again > now);
    let reasons = [
        (!history.eligible).then_some(Block::Condition),
        (!rule.automatic).then_some(Block::Manual),
        (!is_for(rule, path)).then_some(Block::Page),
        has_ended(&rule.frequency, history).then_some(Block::Ended),
        is_spent(&rule.frequency, history).then_some(Block::Limit),
        again.map(Block::Every),
    ];
    reasons.into_iter().flatten().collect()
}
