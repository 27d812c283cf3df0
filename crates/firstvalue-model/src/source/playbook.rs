//! The playbook as a whole.

use std::collections::BTreeSet;

use super::capture::capture;
use super::condition::condition;
use super::diagnostic::Span;
use super::fields::Fields;
use super::guide::guide;
use super::health::health;
use super::holdout::holdout;
use super::milestone::{goal, milestone};
use super::node::{Content, Key, Node, shortened};
use super::outcome::outcome;
use super::reader::Reader;
use super::references::{self, Item, Kind};
use super::scope::{self, Scope};
use super::stage::stage;
use super::throttle::throttle;
use super::tracking_plan::tracking_plan;
use crate::Playbook;

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
        |reader, _, node| reader.about(Scope::Open, |reader| condition(reader, node)),
    );
    let milestones = items.of(&mut fields, "milestones", Some(Kind::Milestone), milestone);
    let goals = items.of(&mut fields, "goals", None, goal);
    let stages = items.of(&mut fields, "stages", None, stage);
    let outcomes = items.of(&mut fields, "outcomes", Some(Kind::Outcome), outcome);
    let is_outcome = |(kind, _): &Item| *kind == Kind::Outcome;
    items.reader.has_outcomes = items.declared.iter().any(is_outcome);
    let guides = items.of(&mut fields, "guides", Some(Kind::Guide), guide);
    let health = section(&mut fields, "health").and_then(|node| health(reader, node));
    let holdout = section(&mut fields, "holdout").and_then(|node| holdout(reader, node));
    let throttle = section(&mut fields, "throttle").and_then(|node| throttle(reader, node));
    fields.finish(reader);
    let references = std::mem::take(&mut reader.references);
    references::check(reader, &references, &declared);
    scope::check(reader, &references);
    Some(Playbook {
        product: product?.to_owned(),
        events: events.unwrap_or_default(),
        capture: capture.unwrap_or_default(),
        audiences: audiences.into_iter().collect(),
        milestones: milestones.into_iter().collect(),
        goals: goals.into_iter().collect(),
        stages: stages.into_iter().map(|(_, stage)| stage).collect(),
        outcomes: outcomes.into_iter().collect(),
        guides: guides.into_iter().collect(),
        health: health.unwrap_or_default(),
        holdout: holdout.unwrap_or_default(),
        throttle: throttle.unwrap_or_default(),
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
    /// The items of a section, in the order of the text. Those of a kind can be referred to, even
    /// if one has a mistake in it.
    fn of<T>(
        &mut self,
        fields: &mut Fields,
        name: &'static str,
        kind: Option<Kind>,
        decode: impl Fn(&mut Reader, &Key, &Node) -> Option<T>,
    ) -> Vec<(String, T)> {
        let mut items = Vec::new();
        let Some(node) = section(fields, name) else {
            return items;
        };
        let expected = format!("a mapping of {name} by their ids");
        let Some(fields) = Fields::of(node, &expected, self.reader) else {
            return items;
        };
        for (key, node) in fields.entries() {
            check_plain(self.reader, &key.text, key.span);
            let item = kind.map(|kind| (kind, key.text.clone()));
            self.declared.extend(item.clone());
            self.reader.item = item;
            if let Some(decoded) = decode(self.reader, key, node) {
                items.push((key.text.clone(), decoded));
            }
            self.reader.item = None;
        }
        items
    }
}

/// Notes an id that could not stand in an address or a log line.
pub(super) fn check_plain(reader: &mut Reader, id: &str, span: Span) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || !id.chars().all(plain) {
        let message = format!("`{}` is no id", shortened(id));
        let error = reader.error("invalid-value", span, message);
        error.help("an id is made of letters, digits, `-`, `_` and `.`");
    }
}
