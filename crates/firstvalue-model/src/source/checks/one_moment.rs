//! Guides that are due for a single millisecond.

use super::place;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Condition, Playbook};

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    for condition in place::of_guides(document, playbook) {
        for placed in condition.with_parts() {
            let (key, time) = match placed.condition {
                Condition::Last { ago, .. }
                | Condition::First { ago, .. }
                | Condition::Milestone { ago: Some(ago), .. } => ("ago", ago),
                Condition::SinceSignup(is) => ("is", is),
                _ => continue,
            };
            let node = placed.node.get(key).and_then(|node| node.get("eq"));
            if let (Some(_), Some(node)) = (time.eq, node) {
                let message = "this holds for a single millisecond, in which the page must be open";
                let warning = reader.warning("one-moment", node.span, message);
                let text = node.as_text().unwrap_or("7d");
                warning.help(format!("write `gte: {text}`: from then on"));
            }
        }
    }
}
