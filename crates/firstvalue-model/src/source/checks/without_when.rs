//! Guides that say where and for whom they start, and not when, so that they never do.

use std::collections::BTreeSet;

use crate::Playbook;
use crate::source::node::{Content, Key, Node};
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    let Some(guides) = document.get("guides") else {
        return;
    };
    let mut started = BTreeSet::new();
    started_in(guides, &mut started);
    for (id, node) in guides.entries() {
        let Some(guide) = playbook.guides.get(&id.text) else {
            continue;
        };
        // Those that stand on the page are there without being started.
        if guide.content.kind.stands() || guide.when.is_some() || started.contains(&*id.text) {
            continue;
        }
        let Some(key) = for_starting(node) else {
            continue;
        };
        let message = format!(
            "the guide `{}` has no `when`, so it never starts by itself",
            id.text
        );
        let warning = reader.warning("never-starts", key.span, message);
        warning.help(format!(
            "say when it is due: `when: {{ did: … }}`, or `when: {{ all: [] }}` for always; if your product starts it, leave out `{}`",
            key.text
        ));
    }
}

/// The guides that buttons and items start. A condition on a guide says how it stands (`is`), too.
fn started_in<'n>(node: &'n Node, started: &mut BTreeSet<&'n str>) {
    match &node.content {
        Content::List(nodes) => nodes.iter().for_each(|node| started_in(node, started)),
        Content::Mapping(entries) => {
            if node.get("is").is_none() {
                started.extend(node.get("guide").and_then(Node::as_text));
            }
            entries
                .iter()
                .for_each(|(_, node)| started_in(node, started));
        }
        _ => {}
    }
}

/// The first key that only has a meaning for a guide that starts by itself.
fn for_starting(guide: &Node) -> Option<&Key> {
    let mut keys = guide.entries().iter();
    let found = keys.find(|(key, node)| match key.text.as_str() {
        "audience" | "page" | "priority" => true,
        // What is never over may be said of a guide that the host starts, too.
        "frequency" => node
            .entries()
            .iter()
            .any(|(key, node)| key.text != "until" || node.as_text() != Some("never")),
        _ => false,
    });
    found.map(|(key, _)| key)
}
