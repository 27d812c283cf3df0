//! How much attention all guides together may take.

use super::fields::Fields;
use super::node::Node;
use super::reader::Reader;
use super::selector::selector;
use crate::playbook::Throttle;

pub(super) fn throttle(reader: &mut Reader, node: &Node) -> Option<Throttle> {
    let expected = "a mapping such as `{ max-per-session: 2, min-gap: 10m }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let most = fields.take("max-per-session");
    let most = most.and_then(|node| reader.whole(node, 0, i64::from(u32::MAX)));
    let min_gap = fields
        .take("min-gap")
        .and_then(|node| reader.duration(node));
    let never_over = fields.take("never-over").and_then(|node| {
        let nodes = reader.list(node, "a list of selectors such as `[ \"input:focus\" ]`")?;
        reader.each(nodes, selector)
    });
    fields.finish(reader);
    Some(Throttle {
        max_per_session: most.and_then(|most| u32::try_from(most).ok()),
        min_gap,
        never_over: never_over.unwrap_or_default(),
    })
}
