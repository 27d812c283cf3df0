//! Ids that are easily taken for each other.

use std::collections::BTreeMap;

use crate::source::node::{Key, Node};
use crate::source::reader::Reader;

/// The sections whose ids stand beside each other in logs and on the dashboard.
const SECTIONS: [(&str, &str); 7] = [
    ("events", "event"),
    ("audiences", "audience"),
    ("milestones", "milestone"),
    ("goals", "goal"),
    ("stages", "stage"),
    ("outcomes", "outcome"),
    ("guides", "guide"),
];

pub(super) fn check(reader: &mut Reader, document: &Node) {
    for (section, kind) in SECTIONS {
        let mut seen: BTreeMap<String, &Key> = BTreeMap::new();
        for (key, _) in document.get(section).map_or(&[][..], Node::entries) {
            if let Some(first) = seen.get(&key.text.to_lowercase()) {
                let message = format!(
                    "the {kind} `{}` differs from `{}` by letter case alone",
                    key.text, first.text
                );
                let warning = reader.warning("similar-ids", key.span, message);
                warning.see(first.span, "the other one");
                warning.help("rename one, so that nobody takes it for the other");
            } else {
                seen.insert(key.text.to_lowercase(), key);
            }
        }
    }
    named_alike(reader, document);
}

/// Reports guides with the id of a milestone or an audience: `guide: x` and `milestone: x` are then
/// different things of one name.
fn named_alike(reader: &mut Reader, document: &Node) {
    for (key, _) in document.get("guides").map_or(&[][..], Node::entries) {
        for (section, kind) in [("milestones", "a milestone"), ("audiences", "an audience")] {
            let other = document
                .get(section)
                .and_then(|section| section.entry(&key.text));
            if let Some((other, _)) = other {
                let message = format!("`{}` is the id of {kind} too", key.text);
                let warning = reader.warning("similar-ids", key.span, message);
                warning.see(other.span, format!("{kind} of the same id"));
                warning.help(
                    "name a guide after what it shows, and a milestone after what was reached",
                );
            }
        }
    }
}
