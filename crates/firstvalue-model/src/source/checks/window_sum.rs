//! Sums over a window: of all conditions these alone remember more the more is done.

use super::place::Owned;
use crate::playbook::{Number, Score};
use crate::source::diagnostic::Span;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Condition, Measure, Playbook};

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook, owned: &[Owned]) {
    for condition in owned {
        for placed in condition.placed.with_parts() {
            let summed = matches!(
                placed.condition,
                Condition::Did {
                    measure: Measure::Sum(_),
                    within: Some(_),
                    ..
                }
            );
            if summed {
                remark(reader, placed.node, placed.span);
            }
        }
    }
    let health = document.get("health");
    for (name, parts) in [
        ("weights", &playbook.health.weights),
        ("account-weights", &playbook.health.account_weights),
    ] {
        let nodes = health.and_then(|health| health.get(name));
        let nodes = nodes.map_or(&[][..], Node::elements);
        for (part, node) in parts.iter().zip(nodes) {
            let summed = matches!(
                part.score,
                Score::Scaled {
                    number: Number::Did {
                        measure: Measure::Sum(_),
                        within: Some(_),
                        ..
                    },
                    ..
                }
            );
            let number = node.get("score").and_then(|score| score.get("number"));
            if let (true, Some(number)) = (summed, number) {
                remark(reader, number, number.span);
            }
        }
    }
}

fn remark(reader: &mut Reader, node: &Node, span: Span) {
    let span = node.entry("sum").map_or(span, |(key, _)| key.span);
    let message = "a sum over a window remembers every value within it";
    let note = reader.remark("window-sum", span, message);
    note.help("fine for what is rare; for what is done all day count it, or sum over all time");
}
