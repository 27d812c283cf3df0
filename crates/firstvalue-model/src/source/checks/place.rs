//! Conditions together with where they stand.

use crate::Condition;
use crate::guide::Advance;
use crate::playbook::{Per, Playbook, Score};
use crate::source::diagnostic::Span;
use crate::source::node::Node;

/// A condition and the text that it was read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) condition: &'a Condition,
    /// The mapping that says it.
    pub(super) node: &'a Node,
    pub(super) span: Span,
}

impl<'a> Placed<'a> {
    fn new(condition: &'a Condition, node: &'a Node) -> Self {
        Self {
            condition,
            node,
            span: node.span,
        }
    }

    /// The conditions that it joins, turns round or counts users by.
    pub(super) fn parts(&self) -> Vec<Self> {
        let under = |key| self.node.get(key);
        let joined = |key, parts: &'a [Condition]| {
            let nodes = under(key).map_or(&[][..], Node::elements);
            let parts = parts.iter().zip(nodes);
            parts.map(|(part, node)| Self::new(part, node)).collect()
        };
        match self.condition {
            // Who somebody is can be written in one mapping.
            Condition::All(parts) if under("all").is_none() => {
                let keys = ["user", "account"].into_iter();
                let written = keys.filter_map(|key| self.node.entry(key));
                let place = |(condition, (key, node)): (&'a Condition, &'a (_, Node))| {
                    let key: &crate::source::node::Key = key;
                    Self {
                        condition,
                        node: self.node,
                        span: Span {
                            end: node.span.end,
                            ..key.span
                        },
                    }
                };
                parts.iter().zip(written).map(place).collect()
            }
            Condition::All(parts) => joined("all", parts),
            Condition::Any(parts) => joined("any", parts),
            Condition::Not(part) => under("not")
                .map(|node| Self::new(part, node))
                .into_iter()
                .collect(),
            Condition::Users { of, .. } => under("users")
                .map(|node| Self::new(of, node))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// It and all that is in it.
    pub(super) fn with_parts(self) -> Vec<Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(placed) = all.get(next) {
            let parts = placed.parts();
            all.extend(parts);
            next += 1;
        }
        all
    }
}

/// A condition that is not part of another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owned<'a> {
    /// Whom it is about: an audience is asked of either.
    pub(super) about: &'static [Per],
    pub(super) placed: Placed<'a>,
}

const USER: &[Per] = &[Per::User];
const ACCOUNT: &[Per] = &[Per::Account];
const EITHER: &[Per] = &[Per::User, Per::Account];

/// All conditions of a playbook that could be read.
pub(super) fn conditions<'a>(document: &'a Node, playbook: &'a Playbook) -> Vec<Owned<'a>> {
    let section = |name| document.get(name).map_or(&[][..], Node::entries);
    let mut found = Vec::new();
    let mut add = |about, condition, node| {
        let placed = Placed::new(condition, node);
        found.push(Owned { about, placed });
    };
    for (key, node) in section("audiences") {
        if let Some(condition) = playbook.audiences.get(&key.text) {
            add(EITHER, condition, node);
        }
    }
    for (key, node) in section("milestones") {
        if let (Some(milestone), Some(when)) =
            (playbook.milestones.get(&key.text), node.get("when"))
        {
            let about = match milestone.per {
                Per::User => USER,
                Per::Account => ACCOUNT,
            };
            add(about, &milestone.when, when);
        }
    }
    for (key, node) in section("stages") {
        let stage = playbook.stages.iter().find(|stage| stage.id == key.text);
        if let (Some(stage), Some(when)) = (stage, node.get("when")) {
            add(USER, &stage.when, when);
        }
    }
    for placed in of_guides(document, playbook) {
        add(USER, placed.condition, placed.node);
    }
    let health = document.get("health");
    let scores = [
        ("weights", &playbook.health.weights, USER),
        ("account-weights", &playbook.health.account_weights, ACCOUNT),
    ];
    for (name, parts, about) in scores {
        let nodes = health.and_then(|health| health.get(name));
        let nodes = nodes.map_or(&[][..], Node::elements);
        for (part, node) in parts.iter().zip(nodes) {
            if let (Score::Condition(condition), Some(node)) = (&part.score, node.get("score")) {
                add(about, condition, node);
            }
        }
    }
    found
}

/// The conditions of guides, which browsers decide.
pub(super) fn of_guides<'a>(document: &'a Node, playbook: &'a Playbook) -> Vec<Placed<'a>> {
    let mut found = Vec::new();
    let mut add = |condition, node| found.push(Placed::new(condition, node));
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let guide = playbook.guides.get(&key.text);
        let when = guide.and_then(|guide| guide.when.as_ref());
        if let (Some(condition), Some(when)) = (when, node.get("when")) {
            add(condition, when);
        }
        for key in ["entries", "sections"] {
            for node in node.get(key).map_or(&[][..], Node::elements) {
                let id = node.get("id").and_then(Node::as_text);
                let condition = guide.zip(id).and_then(|(guide, id)| guide.parts.get(id));
                if let (Some(condition), Some(when)) = (condition, node.get("when")) {
                    add(condition, when);
                }
            }
        }
        let steps = guide.map_or(&[][..], |guide| &guide.content.steps);
        let nodes = node.get("steps").map_or(&[][..], Node::elements);
        for (step, node) in steps.iter().zip(nodes) {
            let when = node.get("advance").and_then(|node| node.get("when"));
            if let (Some(Advance::When { when: Some(it), .. }), Some(node)) = (&step.advance, when)
            {
                add(it, node);
            }
            let branches = node.get("next").map_or(&[][..], Node::elements);
            for (branch, node) in step.next.iter().zip(branches) {
                if let (Some(condition), Some(when)) = (&branch.when, node.get("when")) {
                    add(condition, when);
                }
            }
        }
    }
    found
}
