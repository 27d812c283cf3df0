use std::collections::{BTreeMap, HashSet};

use firstvalue_engine::Rules;
use firstvalue_model::message::{Message, guide_event};
use serde_json::Value;

/// Who has met a guide, and how it went with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct GuideCounts {
    pub(crate) shown: HashSet<String>,
    pub(crate) completed: HashSet<String>,
    pub(crate) dismissed: HashSet<String>,
    pub(crate) failed: HashSet<String>,
    /// Who has seen a step, by its place.
    pub(crate) steps: BTreeMap<u64, HashSet<String>>,
}

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
        ];
        ends.into_iter().chain(self.steps.values_mut())
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
    {
        counts
            .steps
            .entry(step)
            .or_default()
            .insert(user.to_owned());
    }
    let users = match event {
        guide_event::SHOWN => &mut counts.shown,
        guide_event::COMPLETED => &mut counts.completed,
        guide_event::DISMISSED => &mut counts.dismissed,
        guide_event::FAILED => &mut counts.failed,
        _ => return,
    };
    users.insert(user.to_owned());
}
