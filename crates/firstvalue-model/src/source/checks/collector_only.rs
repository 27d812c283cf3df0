//! Guides that depend on what only the collector decides: about other users of an account.

use super::place;
use crate::playbook::Per;
use crate::source::diagnostic::Span;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Condition, Playbook};

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    for condition in place::of_guides(document, playbook) {
        for placed in condition.with_parts() {
            if is_collectors(placed.condition, playbook) {
                warn(reader, placed.span);
            }
        }
    }
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let Some(guide) = playbook.guides.get(&key.text) else {
            continue;
        };
        let audience = guide.audience.as_ref();
        let condition = audience.map(|id| Condition::Audience(id.clone()));
        if let (Some(condition), Some(node)) = (condition, node.get("audience"))
            && is_collectors(&condition, playbook)
        {
            warn(reader, node.span);
        }
        for node in node.get("steps").map_or(&[][..], Node::elements) {
            let awaited = node.get("advance").and_then(|node| node.get("milestone"));
            for node in [node.get("done"), awaited].into_iter().flatten() {
                if node
                    .as_text()
                    .is_some_and(|id| is_collectors(&reached(id), playbook))
                {
                    warn(reader, node.span);
                }
            }
        }
    }
}

fn reached(milestone: &str) -> Condition {
    Condition::Milestone {
        id: milestone.to_owned(),
        ago: None,
    }
}

/// Whether the collector alone decides it, also by way of what it names. What it joins is looked at by itself.
fn is_collectors(condition: &Condition, playbook: &Playbook) -> bool {
    let joins = matches!(
        condition,
        Condition::All(_) | Condition::Any(_) | Condition::Not(_)
    );
    !joins && asks(condition, playbook, &mut Vec::new())
}

fn asks<'p>(condition: &Condition, playbook: &'p Playbook, seen: &mut Vec<&'p str>) -> bool {
    let named = match condition {
        Condition::Users { .. } => return true,
        Condition::All(parts) | Condition::Any(parts) => {
            return parts.iter().any(|part| asks(part, playbook, seen));
        }
        Condition::Not(part) => return asks(part, playbook, seen),
        Condition::Milestone { id, .. } => match playbook.milestones.get_key_value(id) {
            Some((_, milestone)) if milestone.per == Per::Account => return true,
            found => found.map(|(id, milestone)| (id, &milestone.when)),
        },
        Condition::Audience(id) => playbook.audiences.get_key_value(id),
        _ => None,
    };
    named.is_some_and(|(id, condition)| {
        // What refers to itself is an error of its own.
        let is_new = !seen.contains(&id.as_str());
        seen.push(id);
        is_new && asks(condition, playbook, seen)
    })
}

fn warn(reader: &mut Reader, span: Span) {
    let message =
        "browsers do not know this: what others of the account do counts there as not done";
    let warning = reader.warning("collector-only", span, message);
    warning.help("for a guide ask what its user did, or what your product says of the account: `{ account: { … } }`");
}
