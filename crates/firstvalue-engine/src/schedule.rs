//! Which guide starts by itself: frequency, page, priority, and attention for all together.

mod blocks;

use firstvalue_model::guide::{Frequency, Until};
use firstvalue_model::playbook::Throttle;
use firstvalue_model::time::Millis;

pub use blocks::{Block, blocks};

use crate::glob;
use crate::rules::{GuideRule, Rules};
use crate::state::{GuideHistory, State};

/// What guides have taken of this session's attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Session {
    /// How many have started by themselves.
    pub started: u32,
    /// When the latest ended.
    pub last_ended: Option<Millis>,
}

/// After what time a guide that was put off comes again, unless its frequency says so.
pub(crate) const PUT_OFF: Millis = 86_400_000;

/// Why no guide starts, or none but later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// This guide starts now; its place in the rules.
    Start(usize),
    /// None now; it is worth asking again at this moment, if nothing else happens until then.
    Wait(Millis),
    /// None, as long as nothing happens.
    None,
}

/// Chooses the guide that starts now on the page with this path: of all that are due the one with
/// the highest priority, among equals the one whose id comes first.
pub fn choose(rules: &Rules, user: &State, session: &Session, path: &str, now: Millis) -> Choice {
    let throttle = &rules.throttle;
    if throttle
        .max_per_session
        .is_some_and(|most| session.started >= most)
    {
        return Choice::None;
    }
    let rested = rested(throttle, session, now);
    let mut best: Option<(i32, usize)> = None;
    let mut wait: Option<Millis> = None;
    for (place, (rule, history)) in rules.guides.iter().zip(&*user.guides).enumerate() {
        if !is_candidate(rule, history, path) {
            continue;
        }
        let again = comes_again(&rule.frequency, history);
        let due = again.map_or(rested, |again| rested.max(again));
        if due > now {
            wait = Some(wait.map_or(due, |wait| wait.min(due)));
        } else if best.is_none_or(|(priority, _)| rule.priority > priority) {
            best = Some((rule.priority, place));
        }
    }
    match (best, wait) {
        (Some((_, guide)), _) => Choice::Start(guide),
        (None, Some(moment)) => Choice::Wait(moment),
        (None, None) => Choice::None,
    }
}

/// From when on guides may start again after the latest.
fn rested(throttle: &Throttle, session: &Session, now: Millis) -> Millis {
    match (throttle.min_gap, session.last_ended) {
        (Some(gap), Some(ended)) => ended.saturating_add(gap),
        _ => now,
    }
}

/// From when on a guide that was shown may be shown again; nothing if that is not for time to say.
fn comes_again(frequency: &Frequency, history: &GuideHistory) -> Option<Millis> {
    let every = frequency.every;
    let every = every.or_else(|| history.snoozed.then_some(PUT_OFF))?;
    Some(history.last_shown.get()?.saturating_add(every))
}

fn is_candidate(rule: &GuideRule, history: &GuideHistory, path: &str) -> bool {
    rule.automatic
        && history.eligible
        && !has_ended(&rule.frequency, history)
        && !is_spent(&rule.frequency, history)
        && is_for(rule, path)
}

fn is_for(rule: &GuideRule, path: &str) -> bool {
    rule.page
        .as_ref()
        .is_none_or(|glob| glob::matches(glob, path))
}

/// Whether a guide has come to the end that it was for.
fn has_ended(frequency: &Frequency, history: &GuideHistory) -> bool {
    match frequency.until {
        Until::Never => false,
        Until::Completed => history.completed,
        Until::Dismissed => history.sent_away > 0,
        Until::Interacted => history.completed || history.sent_away > 0,
    }
}

/// Whether a guide was shown as often as it may be. The showing that was put off is still to come.
fn is_spent(frequency: &Frequency, history: &GuideHistory) -> bool {
    let is_enough = |limit| u32::from(history.shown) + u32::from(history.withheld) >= limit;
    !history.snoozed && frequency.limit.is_some_and(is_enough)
}
