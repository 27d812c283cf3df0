//! Comparisons: `{ gte: 3, lt: 10 }`.

use super::fields::Fields;
use super::node::{Content, Node};
use super::reader::Reader;
use crate::Comparison;

/// What is compared.
#[derive(Clone, Copy)]
pub(super) enum Compared {
    /// How many: whole numbers from 0.
    Count,
    /// How much: any numbers.
    Number,
    /// How long: durations.
    Duration,
}

pub(super) fn comparison(
    reader: &mut Reader,
    node: &Node,
    compared: Compared,
) -> Option<Comparison> {
    let (expected, example) = match compared {
        Compared::Count | Compared::Number => ("a comparison such as `{ gte: 3 }`", "3"),
        Compared::Duration => ("a comparison such as `{ gte: 3d }`", "3d"),
    };
    let Content::Mapping(entries) = &node.content else {
        let value = match (&node.content, compared) {
            (Content::Number(number), Compared::Count | Compared::Number) => number.to_string(),
            (Content::Text(text), Compared::Duration) => text.clone(),
            _ => example.to_owned(),
        };
        let help =
            format!("write `{{ gte: {value} }}` for at least, `{{ eq: {value} }}` for exactly");
        reader.wrong_type(node, expected).help(help);
        return None;
    };
    if entries.is_empty() {
        let error = reader.error(
            "invalid-value",
            node.span,
            "this comparison compares nothing",
        );
        error.help(format!("write for example `{{ gte: {example} }}`"));
        return None;
    }
    let mut fields = Fields::of(node, expected, reader)?;
    let mut bound = |name| {
        let node = fields.take(name)?;
        match compared {
            // Exact: counts and durations are far below 2^53.
            Compared::Count => reader.whole(node, 0, i64::from(u32::MAX)).map(|n| n as f64),
            Compared::Duration => reader.duration(node).map(|duration| duration as f64),
            Compared::Number => reader.number(node),
        }
    };
    let comparison = Comparison::of(Comparison::NAMES.map(&mut bound));
    fields.finish(reader);
    Some(comparison)
}
