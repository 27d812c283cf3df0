//! What refers to what: every name must be there, and none may depend on itself.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Span;
use super::nearest;
use super::node::shortened;
use super::reader::Reader;
use super::scope::Scope;

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Audience,
    Milestone,
    Guide,
    Outcome,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Milestone => "milestone",
            Self::Guide => "guide",
            Self::Outcome => "outcome",
        }
    }
}

/// Something that can be referred to, by its id.
pub(super) type Item = (Kind, String);

/// A place that names an item.
#[derive(Debug)]
pub(super) struct Reference {
    /// What the place is part of; nothing if nobody can refer to that (a goal, a stage).
    pub(super) from: Option<Item>,
    /// What the condition around it is about.
    pub(super) scope: Scope,
    pub(super) to: Item,
    pub(super) span: Span,
}

impl Reader<'_> {
    /// Notes that an item is named here.
    pub(super) fn refer(&mut self, kind: Kind, id: &str, span: Span) {
        let from = self.item.clone();
        self.references.push(Reference {
            from,
            scope: self.scope,
            to: (kind, id.to_owned()),
            span,
        });
    }
}

/// Reports references to what is not declared, and cycles.
pub(super) fn check(reader: &mut Reader, references: &[Reference], declared: &BTreeSet<Item>) {
    for Reference { to, span, .. } in references {
        if !declared.contains(to) {
            let (kind, id) = to;
            let message = format!("there is no {} `{}`", kind.name(), shortened(id));
            let same_kind = declared.iter().filter(|(declared, _)| declared == kind);
            let hint = nearest::hint(id, same_kind.map(|(_, id)| id.as_str()));
            let none = || format!("declare it under `{}s`", kind.name());
            reader
                .error(unknown(*kind), *span, message)
                .help(hint.unwrap_or_else(none));
        }
    }
    for (cycle, span) in cycles(references) {
        let names: Vec<String> = cycle
            .iter()
            .map(|(kind, id)| format!("{} `{id}`", kind.name()))
            .collect();
        let message = match names.as_slice() {
            [item, _] => format!("{item} refers to itself"),
            _ => format!(
                "these refer to each other in a cycle: {}",
                names.join(" → ")
            ),
        };
        let error = reader.error("cycle", span, message);
        error.help("whether they hold could never be decided; remove one of the references");
    }
}

const fn unknown(kind: Kind) -> &'static str {
    match kind {
        Kind::Audience => "unknown-audience",
        Kind::Milestone => "unknown-milestone",
        Kind::Guide => "unknown-guide",
        Kind::Outcome => "unknown-outcome",
    }
}

/// Where a search stands with an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// What it refers to is being followed.
    Open,
    Done,
}

/// The cycles among audiences and milestones, each as the items in order, the first again at the
/// end, and the place that closes it.
///
/// How a guide stands is recorded history and not decided from its condition, so a guide may well
/// be shown until a milestone is reached which is that it was completed.
fn cycles(references: &[Reference]) -> Vec<(Vec<&Item>, Span)> {
    let mut edges: BTreeMap<&Item, Vec<(&Item, Span)>> = BTreeMap::new();
    for Reference { from, to, span, .. } in references {
        if let Some(from) = from
            && to.0 != Kind::Guide
        {
            edges.entry(from).or_default().push((to, *span));
        }
    }
    let mut cycles = Vec::new();
    let mut visits: BTreeMap<&Item, Visit> = BTreeMap::new();
    for start in edges.keys() {
        if visits.contains_key(start) {
            continue;
        }
        // By hand rather than by recursion: a chain of references may be as long as the playbook.
        visits.insert(start, Visit::Open);
        let mut path = vec![(*start, edges.get(start).into_iter().flatten())];
        while let Some((item, rest)) = path.last_mut() {
            let Some((to, span)) = rest.next() else {
                visits.insert(item, Visit::Done);
                path.pop();
                continue;
            };
            match visits.get(to) {
                None => {
                    visits.insert(to, Visit::Open);
                    path.push((to, edges.get(to).into_iter().flatten()));
                }
                Some(Visit::Open) => {
                    let items = path.iter().map(|(item, _)| *item);
                    let cycle = items.skip_while(|item| item != to).chain([*to]).collect();
                    cycles.push((cycle, *span));
                }
                Some(Visit::Done) => {}
            }
        }
    }
    cycles
}
