//! Milestones, and the goals that group them.

use super::choice::choice;
use super::condition::{condition, named};
use super::fields::Fields;
use super::node::{Key, Node};
use super::reader::Reader;
use super::references::Kind;
use super::scope::Scope;
use crate::playbook::{Goal, Milestone, Per};

pub(super) fn milestone(reader: &mut Reader, key: &Key, node: &Node) -> Option<Milestone> {
    let expected = "a milestone such as `{ title: First report, when: { did: report.created } }`";
    let mut fields = Fields::of(node, expected, reader)?.named(key);
    let title = title(reader, key, &mut fields);
    let per = match fields.take("per") {
        Some(node) => choice(reader, node, "whom it is about", PER),
        None => Some(Per::default()),
    };
    let scope = match per {
        Some(Per::User) => Scope::User,
        Some(Per::Account) => Scope::Account,
        // What it was meant to be about is not known, so nothing is held against it.
        None => Scope::Open,
    };
    reader.per.extend(per.map(|per| (key.text.clone(), per)));
    let when = fields.require("when", "{ did: report.created }", reader);
    let when = when.and_then(|node| reader.about(scope, |reader| condition(reader, node)));
    let target = fields.take("target").and_then(|node| reader.duration(node));
    fields.finish(reader);
    Some(Milestone {
        per: per?,
        title,
        when: when?,
        target,
    })
}

pub(super) const PER: &[(&str, Per)] = &[("user", Per::User), ("account", Per::Account)];

pub(super) fn goal(reader: &mut Reader, key: &Key, node: &Node) -> Option<Goal> {
    let expected = "a goal such as `{ title: Report to the board, milestones: [first-report] }`";
    let mut fields = Fields::of(node, expected, reader)?.named(key);
    let title = title(reader, key, &mut fields);
    let milestones = fields
        .require("milestones", "[first-report]", reader)
        .and_then(|node| {
            let nodes = reader.list(node, "a list of milestones such as `[first-report]`")?;
            if nodes.is_empty() {
                let error = reader.error("invalid-value", node.span, "this goal has no milestones");
                error.help("name the milestones on the way there");
            }
            reader.each(nodes, |reader, node| named(reader, node, Kind::Milestone))
        });
    fields.finish(reader);
    Some(Goal {
        title,
        milestones: milestones?,
    })
}

/// The title; its id for what has none.
pub(super) fn title(reader: &mut Reader, key: &Key, fields: &mut Fields) -> String {
    let title = fields
        .take("title")
        .and_then(|node| reader.text(node, "text"));
    title.unwrap_or(&key.text).to_owned()
}
