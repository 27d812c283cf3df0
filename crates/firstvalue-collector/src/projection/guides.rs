use std::collections::{BTreeMap, HashSet};

use firstvalue_engine::Rules;
use firstvalue_model::message::{Message, guide_event};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who has met a guide, and how it went with them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct GuideCounts {
    pub(crate) shown: HashSet<String>,
    pub(crate) completed: HashSet<String>,
    pub(crate) dismissed: HashSet<String>,
    pub(crate) failed: HashSet<String>,
    pub(crate) snoozed: HashSet<String>,
    /// Who would have met it, and is in the hold-out.
    pub(crate) withheld: HashSet<String>,
    /// Who has seen a step, by its place.
    pub(crate) steps: BTreeMap<u64, HashSet<String>>,
    /// For whom it ended early, by step and reason: `dismissed`, or why the step could not be shown.
    pub(crate) ends: BTreeMap<(u64, String), HashSet<String>>,
}

/// The most ends of a guide that are told apart, the most bytes of a reason, and the most steps: all are
/// what clients say.
const MOST_ENDS: usize = 200;
const LONGEST_REASON: usize = 40;
const MOST_STEPS: u64 = 500;

impl GuideCounts {
    /// What is known under an id is known of somebody else from now on.
    pub(super) fn rename(&mut self, id: &str, user: &str) {
        for users in self.sets() {
            if users.remove(id) {
                users.insert(user.to_owned());
            }
        }
    }

    /// Forgets somebody.
    pub(super) fn forget(&mut self, user: &str) {
        for users in self.sets() {
            users.remove(user);
        }
    }

    fn sets(&mut self) -> impl Iterator<Item = &mut HashSet<String>> {
        let ends = [
            &mut self.shown,
            &mut self.completed,
            &mut self.dismissed,
            &mut self.failed,
            &mut self.snoozed,
            &mut self.withheld,
        ];
        ends.into_iter()
            .chain(self.steps.values_mut())
            .chain(self.ends.values_mut())
    }
}

/// Counts an event by which a guide reports.
pub(super) fn count(guides: &mut [GuideCounts], rules: &Rules, user: &str, message: &Message) {
    let Some(event) = message
        .event
        .as_deref()
        .filter(|name| name.starts_with("guide."))
    else {
        return;
    };
    let property = |name| message.properties.as_ref()?.get(name);
    let guide = property("guide")
        .and_then(Value::as_str)
        .and_then(|id| rules.guide(id));
    let Some(counts) = guide.and_then(|guide| guides.get_mut(guide)) else {
        return;
    };
    if matches!(event, guide_event::SHOWN | guide_event::STEP_SHOWN)
        && let Some(step) = property("step").and_then(Value::as_u64)
        && step < MOST_STEPS
    {
        counts
            .steps
            .entry(step)
            .or_default()
            .insert(user.to_owned());
    }
    let reason = match event {
        guide_event::DISMISSED => Some("dismissed"),
        guide_event::FAILED => property("reason")
            .and_then(Value::as_str)
            .filter(|reason| reason.len() <= LONGEST_REASON)
            .or(Some("unknown")),
        _ => None,
    };
    if let Some(reason) = reason {
        let step = property("step").and_then(Value::as_u64).unwrap_or(0);
        let end = (step, reason.to_owned());
        if counts.ends.len() < MOST_ENDS || counts.ends.contains_key(&end) {
            counts.ends.entry(end).or_default().insert(user.to_owned());
        }
    }
    let users = match event {
        guide_event::SHOWN => &mut counts.shown,
        guide_event::COMPLETED => &mut counts.completed,
        guide_event::DISMISSED => &mut counts.dismissed,
        guide_event::FAILED => &mut counts.failed,
        guide_event::SNOOZED => &mut counts.snoozed,
        guide_event::WITHHELD => &mut counts.withheld,
        _ => return,
    };
    users.insert(user.to_owned());
}
