//! The stages of a user's life cycle.

use super::condition::condition;
use super::fields::Fields;
use super::milestone::title;
use super::node::{Key, Node};
use super::reader::Reader;
use crate::playbook::Stage;

pub(super) fn stage(reader: &mut Reader, key: &Key, node: &Node) -> Option<Stage> {
    let expected = "a stage such as `{ title: Adopting, when: { milestone: first-report } }`";
    let mut fields = Fields::of(node, expected, reader)?.named(key);
    let title = title(reader, key, &mut fields);
    let when = fields.require("when", "{ milestone: first-report }", reader);
    let when = when.and_then(|node| condition(reader, node));
    fields.finish(reader);
    Some(Stage {
        id: key.text.clone(),
        title,
        when: when?,
    })
}
