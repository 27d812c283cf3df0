//! Events that arrive after time has passed beyond them.

use std::collections::BTreeMap;

use firstvalue_model::Playbook;
use firstvalue_model::message::Message;
use firstvalue_model::time::Millis;

/// The log in the order and at the moments in which it is taken: "the engine's clock never runs
/// backwards: an event that is older than the clock is taken as happening at the clock".
pub(crate) fn in_order(_playbook: &Playbook, log: &[(Message, Millis)]) -> Vec<(Message, Millis)> {
    let mut clocks: BTreeMap<String, Millis> = BTreeMap::new();
    let mut taken = Vec::new();
    for (message, at) in log {
        let Some(user) = message.user() else { continue };
        let clock = clocks.entry(user.to_owned()).or_insert(*at);
        *clock = (*clock).max(*at);
        taken.push((message.clone(), *clock));
    }
    // Stable, so that lines of one moment stay in order.
    taken.sort_by_key(|(_, at)| *at);
    taken
}
