//! The playbook as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::capture::capture;
use super::condition::condition;
use super::fields::Fields;
use super::guide::guide;
use super::milestone::{goal, milestone};
use super::node::{Content, Key, Node, shortened};
use super::reader::Reader;
use super::references::{self, Item, Kind};
use super::throttle::throttle;
use super::tracking_plan::tracking_plan;
use crate::Playbook;

/// The sections that the playbook format has and this version does not support, and what to do.
const LATER: [(&str, &str); 3] = [
    (
        "outcomes",
        "record results as events, and what counts as one as a milestone",
    ),
    (
        "health",
        "say what counts by milestones, such as `{ did: …, days: { gte: 4 }, within: 28d }`",
    ),
    (
        "holdout",
        "remove it; every user for whom a guide is due gets it",
    ),
];

pub(super) fn playbook(reader: &mut Reader, document: &Node) -> Option<Playbook> {
    let expected = "a playbook: a mapping with `version`, `product`, `milestones`, `guides`";
    let mut fields = Fields::of(document, expected, reader)?;
    version(reader, &mut fields);
    let product = fields.require("product", "Ledgerly", reader);
    let product = product.and_then(|node| reader.text(node, "the product's name"));
    // First, since what follows is checked against it.
    let events = section(&mut fields, "events").map(|node| tracking_plan(reader, node));
    reader.plan = events.clone().filter(|plan| !plan.is_empty());
    let capture = section(&mut fields, "capture").and_then(|node| capture(reader, node));

    let mut declared = BTreeSet::new();
    let mut items = Items {
        reader: &mut *reader,
        declared: &mut declared,
    };
    let audiences = items.of(
        &mut fields,
        "audiences",
        Some(Kind::Audience),
        |reader, _, node| condition(reader, node),
    );
    let milestones = items.of(&mut fields, "milestones", Some(Kind::Milestone), milestone);
    let goals = items.of(&mut fields, "goals", None, goal);
    let guides = items.of(&mut fields, "guides", Some(Kind::Guide), guide);
    let throttle = section(&mut fields, "throttle").and_then(|node| throttle(reader, node));
    for (name, instead) in LATER {
        fields.refuse(name, instead, reader);
    }
    fields.finish(reader);
    references::check(reader, &declared);
    Some(Playbook {
        product: product?.to_owned(),
        events: events.unwrap_or_default(),
        capture: capture.unwrap_or_default(),
        audiences,
        milestones,
        goals,
        guides,
        throttle: throttle.unwrap_or_default(),
        ..Playbook::default()
    })
}

fn version(reader: &mut Reader, fields: &mut Fields) {
    let Some(node) = fields.require("version", "1", reader) else {
        return;
    };
    match &node.content {
        Content::Number(version) if version.as_i64() == Some(1) => {}
        Content::Number(version) => {
            let message = format!("there is no version `{version}` of the playbook format");
            reader
                .error("invalid-value", node.span, message)
                .help("write `version: 1`");
        }
        _ => reader
            .wrong_type(node, "the number `1`")
            .help("write `version: 1`"),
    }
}

/// The value of a section; one that is empty is as good as absent.
fn section<'n>(fields: &mut Fields<'n>, name: &'static str) -> Option<&'n Node> {
    fields
        .take(name)
        .filter(|node| !matches!(node.content, Content::Null))
}

/// Decodes the sections that hold one thing after another by its id.
struct Items<'r, 't> {
    reader: &'r mut Reader<'t>,
    declared: &'r mut BTreeSet<Item>,
}

impl Items<'_, '_> {
    /// The items of a section. Those of a kind can be referred to, even if one has a mistake in it.
    fn of<T>(
        &mut self,
        fields: &mut Fields,
        name: &'static str,
        kind: Option<Kind>,
        decode: impl Fn(&mut Reader, &Key, &Node) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let mut items = BTreeMap::new();
        let Some(node) = section(fields, name) else {
            return items;
        };
        let expected = format!("a mapping of {name} by their ids");
        let Some(fields) = Fields::of(node, &expected, self.reader) else {
            return items;
        };
        for (key, node) in fields.entries() {
            check_id(self.reader, key);
            let item = kind.map(|kind| (kind, key.text.clone()));
            self.declared.extend(item.clone());
            self.reader.item = item;
            if let Some(decoded) = decode(self.reader, key, node) {
                items.insert(key.text.clone(), decoded);
            }
            self.reader.item = None;
        }
        items
    }
}

/// Notes an id that could not stand in an address or a log line.
fn check_id(reader: &mut Reader, key: &Key) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.text.is_empty() || !key.text.chars().all(plain) {
        let message = format!("`{}` is no id", shortened(&key.text));
        let error = reader.error("invalid-value", key.span, message);
        error.help("an id is made of letters, digits, `-`, `_` and `.`");
    }
}
