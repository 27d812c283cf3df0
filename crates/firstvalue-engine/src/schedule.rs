//! Which guide starts by itself: frequency, page, priority, and attention for all together.

use firstvalue_model::guide::{Frequency, Until};
use firstvalue_model::time::Millis;

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
    let rested = match (throttle.min_gap, session.last_ended) {
        (Some(gap), Some(ended)) => ended.saturating_add(gap),
        _ => now,
    };
    let mut best: Option<(i32, usize)> = None;
    let mut wait: Option<Millis> = None;
    for (place, (rule, history)) in rules.guides.iter().zip(&*user.guides).enumerate() {
        if !is_candidate(rule, history, path) {
            continue;
        }
        let every = rule.frequency.every;
        let every = every.or_else(|| history.snoozed.then_some(PUT_OFF));
        let due = match (every, history.last_shown.get()) {
            (Some(every), Some(shown)) => rested.max(shown.saturating_add(every)),
            _ => rested,
        };
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

fn is_candidate(rule: &GuideRule, history: &GuideHistory, path: &str) -> bool {
    rule.automatic
        && history.eligible
        && !is_over(&rule.frequency, history)
        && rule
            .page
            .as_ref()
            .is_none_or(|glob| glob::matches(glob, path))
}

/// Whether a guide has had its turns for good.
fn is_over(frequency: &Frequency, history: &GuideHistory) -> bool {
    let ended = match frequency.until {
        Until::Never => false,
        Until::Completed => history.completed,
        Until::Dismissed => history.dismissed,
        Until::Interacted => history.completed || history.dismissed,
    };
    let is_enough = |limit| history.shown.saturating_add(history.withheld) >= limit;
    // The showing that was put off is still to come.
    ended || !history.snoozed && frequency.limit.is_some_and(is_enough)
}
