//! In which order milestones are looked at.

use std::collections::BTreeSet;

use firstvalue_model::playbook::Milestone;
use firstvalue_model::{Condition, Playbook};

/// Milestones, each after those that it refers to; else by id.
pub(crate) fn milestones(playbook: &Playbook) -> Vec<(&str, &Milestone)> {
    let mut ordered = Vec::new();
    let mut done = BTreeSet::new();
    while done.len() < playbook.milestones.len() {
        let before = done.len();
        for (id, milestone) in &playbook.milestones {
            let ready = references(playbook, &milestone.when).is_subset(&done);
            if ready && done.insert(id.as_str()) {
                ordered.push((id.as_str(), milestone));
            }
        }
        // "References must not form a cycle; one is an error."
        if done.len() == before {
            break;
        }
    }
    ordered
}

/// The milestones that a condition names, itself or through audiences.
fn references<'p>(playbook: &'p Playbook, condition: &'p Condition) -> BTreeSet<&'p str> {
    let of = |condition| references(playbook, condition);
    match condition {
        Condition::Milestone { id, .. } => [id.as_str()].into(),
        Condition::Audience(id) => playbook.audiences.get(id).map(of).unwrap_or_default(),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(of).collect(),
        Condition::Not(part) | Condition::Users { of: part, .. } => of(part),
        _ => BTreeSet::new(),
    }
}
