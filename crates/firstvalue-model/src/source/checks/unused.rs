//! Audiences and events that nothing in the playbook refers to.

use std::collections::BTreeSet;

use crate::message::OUTCOME_RECORDED;
use crate::source::node::{Content, Node};
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node) {
    let mut named = Named::default();
    for (key, node) in document.entries() {
        // What the tracking plan says of an event is no use of it.
        if key.text != "events" {
            named.look_at(node);
        }
    }
    for (key, _) in document.get("audiences").map_or(&[][..], Node::entries) {
        if !named.audiences.contains(key.text.as_str()) {
            let message = format!("nothing refers to the audience `{}`", key.text);
            let warning = reader.warning("unused", key.span, message);
            warning.help(
                "remove it, or give it to a guide: `audience: …`; leave it if your product asks `firstvalue.state()` for it",
            );
        }
    }
    if document.get("outcomes").is_some() {
        // By it the host reports them.
        named.texts.insert(OUTCOME_RECORDED);
    }
    for (key, _) in document.get("events").map_or(&[][..], Node::entries) {
        if !named.texts.contains(key.text.as_str()) {
            let message = format!("nothing refers to the event `{}`", key.text);
            let note = reader.remark("unused-event", key.span, message);
            note.help("it is recorded and stored all the same, which may be what it is for");
        }
    }
}

/// Everything that a document says, whatever it is.
#[derive(Default)]
struct Named<'a> {
    audiences: BTreeSet<&'a str>,
    texts: BTreeSet<&'a str>,
}

impl<'a> Named<'a> {
    fn look_at(&mut self, node: &'a Node) {
        match &node.content {
            Content::Text(text) => {
                self.texts.insert(text);
            }
            Content::List(nodes) => nodes.iter().for_each(|node| self.look_at(node)),
            Content::Mapping(entries) => {
                for (key, node) in entries {
                    if key.text == "audience" {
                        self.audiences.extend(node.as_text());
                    }
                    self.look_at(node);
                }
            }
            Content::Null | Content::Boolean(_) | Content::Number(_) => {}
        }
    }
}
