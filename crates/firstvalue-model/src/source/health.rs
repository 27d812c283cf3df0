//! What health scores are made of.

mod number;

use super::condition::condition;
use super::fields::Fields;
use super::node::{Content, Node, shortened};
use super::reader::Reader;
use super::scope::Scope;
use crate::playbook::{Health, HealthPart, Score};
use number::{Unit, number};

pub(super) fn health(reader: &mut Reader, node: &Node) -> Option<Health> {
    let mut fields = Fields::of(node, "a mapping such as `{ weights: [ … ] }`", reader)?;
    let mut score = |name, scope| match fields.take(name) {
        Some(node) => reader.about(scope, |reader| parts(reader, node)),
        None => Some(Vec::new()),
    };
    let weights = score("weights", Scope::User);
    let account_weights = score("account-weights", Scope::Account);
    fields.finish(reader);
    Some(Health {
        weights: weights?,
        account_weights: account_weights?,
    })
}

fn parts(reader: &mut Reader, node: &Node) -> Option<Vec<HealthPart>> {
    const EXPECTED: &str = "a list of parts such as `[ { name: Sharing, weight: 40, score: { did: report.shared } } ]`";
    let nodes = reader.list(node, EXPECTED)?;
    let parts = reader.each(nodes, part)?;
    for (place, (part, node)) in parts.iter().zip(nodes).enumerate() {
        let before = parts.iter().zip(nodes).take(place);
        let first = before
            .into_iter()
            .find(|(before, _)| before.name == part.name);
        if let Some((_, first)) = first {
            let message = format!("`{}` names two parts of one score", shortened(&part.name));
            let help = format!(
                "the first is on line {}; rename or remove one",
                first.span.line
            );
            reader.error("duplicate-key", node.span, message).help(help);
        }
    }
    Some(parts)
}

fn part(reader: &mut Reader, node: &Node) -> Option<HealthPart> {
    let expected = "a part such as `{ name: Sharing, weight: 40, score: { did: report.shared } }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let name = fields.require("name", "Sharing", reader);
    let name = name.and_then(|node| reader.text(node, "a name that people read"));
    let weight = fields.require("weight", "40", reader);
    let weight = weight.and_then(|node| weight_of(reader, node));
    let score = fields.require("score", "{ did: report.shared }", reader);
    let score = score.and_then(|node| score_of(reader, node));
    fields.finish(reader);
    Some(HealthPart {
        name: name?.to_owned(),
        weight: weight?,
        score: score?,
    })
}

/// How much a part counts: more than nothing.
fn weight_of(reader: &mut Reader, node: &Node) -> Option<f64> {
    let weight = reader.number(node)?;
    if weight > 0.0 {
        return Some(weight);
    }
    let message = format!("a part of weight `{weight}` does not count");
    let error = reader.error("invalid-value", node.span, message);
    error.help("a weight is above 0; for what should lower the score, score that it is not so");
    None
}

/// A condition, or a number between two bounds.
fn score_of(reader: &mut Reader, node: &Node) -> Option<Score> {
    let keys = match &node.content {
        Content::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let entry = |name: &str| keys.iter().find(|(key, _)| key.text == name);
    if entry("number").is_some() {
        return scaled(reader, node);
    }
    if let Some((key, _)) = entry("from").or_else(|| entry("to")) {
        let message = format!("`{}` is for a number, and this is a condition", key.text);
        let error = reader.error("unknown-key", key.span, message);
        error.help("write `{ number: { did: …, count: days }, from: 0, to: 12 }`");
        return None;
    }
    condition(reader, node).map(Score::Condition)
}

fn scaled(reader: &mut Reader, node: &Node) -> Option<Score> {
    const EXPECTED: &str = "a score such as `{ number: { user: nps }, from: 0, to: 10 }`";
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let measured = fields.take("number");
    let number = measured.and_then(|node| number(reader, node));
    // Of what could not be read the unit is not known, and neither is what its bounds must be.
    let unit = number.as_ref().map(Unit::of);
    let example = match unit {
        Some(Unit::Time) => ["30d", "1d"],
        _ => ["0", "10"],
    };
    let mut bound = |name, example| {
        let node = fields.require(name, example, reader)?;
        let bound = match unit? {
            Unit::Time => reader.duration(node).map(|duration| duration as f64),
            Unit::None => reader.number(node),
        };
        Some((bound?, node))
    };
    let from = bound("from", example[0]);
    let to = bound("to", example[1]);
    fields.finish(reader);
    let ((from, _), (to, node)) = (from?, to?);
    if from == to {
        let error = reader.error("invalid-value", node.span, "`from` and `to` are the same");
        error.help("`from` is where the score is 0, and `to` where it is full");
    }
    Some(Score::Scaled {
        number: number?,
        from,
        to,
    })
}
