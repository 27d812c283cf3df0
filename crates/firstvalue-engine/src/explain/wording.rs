//! Conditions in the words of the playbook.

use firstvalue_model::message::Object;
use firstvalue_model::playbook::Per;
use firstvalue_model::time::{self, Millis};
use firstvalue_model::{Comparison, EventMatch, GuideStanding, Query};
use serde_json::Value;

use crate::graph::{Counted, Graph, Node, Quantity};
use crate::query;
use crate::rules::Rules;

/// A condition without the conditions that it is made of, and without its comparison.
pub(super) fn condition(rules: &Rules, per: Per, node: &Node) -> String {
    let graph = rules.graph(per);
    match node {
        Node::Compare { of, .. } => quantity(rules, per, of),
        Node::Sequence(place) => graph.sequences.get(*place as usize).map_or_else(
            || "sequence".to_owned(),
            |sequence| {
                let list = |events: &[EventMatch]| {
                    let events: Vec<_> = events.iter().map(event).collect();
                    events.join(", ")
                };
                let mut text = format!("sequence: [{}]", list(&sequence.events));
                if let Some(within) = sequence.within {
                    text += &format!(", within: {}", time::duration_text(within));
                }
                if !sequence.without.is_empty() {
                    text += &format!(", without: [{}]", list(&sequence.without));
                }
                text
            },
        ),
        Node::Reached(milestone) => format!("milestone: {}", milestone_id(rules, *milestone)),
        Node::Guide { guide, is } => {
            let id = rules
                .guides
                .get(*guide as usize)
                .map_or("", |rule| &rule.id);
            let is = match is {
                GuideStanding::Shown => "shown",
                GuideStanding::Completed => "completed",
                GuideStanding::Dismissed => "dismissed",
                GuideStanding::Snoozed => "snoozed",
            };
            format!("guide: {id}, is: {is}")
        }
        Node::User(_) => "user".to_owned(),
        Node::Account(_) => "account".to_owned(),
        Node::Theirs(place) => {
            let node = rules.shared.of_accounts.get(*place as usize);
            let node = node.and_then(|node| rules.accounts.nodes.get(*node as usize));
            let node = node.map(|node| condition(rules, Per::Account, node));
            format!("of the account: {}", node.unwrap_or_default())
        }
        Node::Page(glob) => format!("page: {glob}"),
        Node::Element(selector) => format!("element: {selector}"),
        Node::All(_) => "all".to_owned(),
        Node::Any(_) => "any".to_owned(),
        Node::Not(_) => "not".to_owned(),
    }
}

fn quantity(rules: &Rules, per: Per, of: &Quantity) -> String {
    let graph = rules.graph(per);
    let did = |counted: &Counted, what: &str| {
        let mut text = format!("did: {}{what}", atom(graph, counted.atom));
        if let Some(within) = counted.within {
            text += &format!(", within: {}", time::duration_text(within));
        }
        text
    };
    let kept = |atom: u32| graph.atoms.get(atom as usize).map(|atom| &atom.keep);
    match of {
        Quantity::Times(counted) => did(counted, ", times"),
        Quantity::Days(counted) => did(counted, ", days"),
        Quantity::Weeks(counted) => did(counted, ", weeks"),
        Quantity::Sum(atom, place) => {
            let sum = kept(*atom).and_then(|keep| keep.sums.get(*place as usize));
            let within = sum.and_then(|sum| sum.within);
            let property = sum.map_or("", |sum| &sum.property);
            did(
                &Counted {
                    atom: *atom,
                    within,
                },
                &format!(", sum: {property}"),
            )
        }
        Quantity::Distinct(counted, place) => {
            let values = kept(counted.atom).and_then(|keep| keep.distinct.get(*place as usize));
            let property = values.map_or("", |values| &values.property);
            did(counted, &format!(", distinct: {property}"))
        }
        Quantity::Last(place) => format!("last: {}, ago", atom(graph, *place)),
        Quantity::First(place) => format!("first: {}, ago", atom(graph, *place)),
        Quantity::Signup => "since: signup".to_owned(),
        Quantity::Reached(milestone) => {
            format!("milestone: {}, ago", milestone_id(rules, *milestone))
        }
        Quantity::User(path) => format!("user: {path}"),
        Quantity::Account(path) => format!("account: {path}"),
        Quantity::Users(place) => {
            let node = rules.shared.of_users.get(*place as usize);
            let node = node.and_then(|node| rules.users.nodes.get(*node as usize));
            let node = node.map(|node| {
                let text = condition(rules, Per::User, node);
                match compared_with(node).as_str() {
                    "" => text,
                    compared => format!("{text}: {{ {compared} }}"),
                }
            });
            format!("users: {{ {} }}, count", node.unwrap_or_default())
        }
    }
}

fn milestone_id(rules: &Rules, milestone: u32) -> &str {
    rules
        .milestones
        .get(milestone as usize)
        .map_or("", |rule| &rule.id)
}

fn atom(graph: &Graph, place: u32) -> String {
    graph
        .atoms
        .get(place as usize)
        .map_or_else(String::new, |atom| event(&atom.event))
}

fn event(event: &EventMatch) -> String {
    match &event.query {
        None => event.name.clone(),
        Some(query) => format!("{{ event: {}, where: {} }}", event.name, json(query)),
    }
}

fn json(query: &Query) -> String {
    serde_json::to_string(query).unwrap_or_default()
}

/// What a condition compares with.
pub(super) fn compared_with(node: &Node) -> String {
    match node {
        Node::Compare { of, is } => comparison(is, is_time(of)),
        Node::User(query) | Node::Account(query) => json(query),
        _ => String::new(),
    }
}

/// Between which numbers a part of the health score lies.
pub(super) fn scale(of: &Quantity, from: f64, to: f64) -> String {
    let is_time = is_time(of);
    format!("from: {}, to: {}", bound(from, is_time), bound(to, is_time))
}

fn is_time(of: &Quantity) -> bool {
    matches!(
        of,
        Quantity::Last(_) | Quantity::First(_) | Quantity::Signup | Quantity::Reached(_)
    )
}

fn comparison(is: &Comparison, is_time: bool) -> String {
    let bounds: Vec<String> = Comparison::NAMES
        .into_iter()
        .zip(is.bounds())
        .filter_map(|(name, of)| Some(format!("{name}: {}", bound(of?, is_time))))
        .collect();
    bounds.join(", ")
}

fn bound(bound: f64, is_time: bool) -> String {
    if is_time {
        time::duration_text(bound as Millis)
    } else {
        bound.to_string()
    }
}

/// Of an object, what a query asks about.
pub(super) fn asked_of(query: &Query, object: &Object) -> Value {
    let mut found = Object::new();
    collect(query, object, &mut found);
    Value::Object(found)
}

fn collect(query: &Query, object: &Object, found: &mut Object) {
    for (key, value) in query {
        match (key.strip_prefix('$'), value) {
            (None, _) => {
                found.insert(key.clone(), query::value_at(object, key).clone());
            }
            (Some(_), Value::Object(query)) => collect(query, object, found),
            (Some(_), Value::Array(queries)) => {
                for query in queries.iter().filter_map(Value::as_object) {
                    collect(query, object, found);
                }
            }
            _ => {}
        }
    }
}
