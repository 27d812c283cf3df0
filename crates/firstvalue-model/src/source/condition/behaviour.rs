//! What a user did, how often, when, and in which order.

use crate::source::comparison::{Compared, comparison};
use crate::source::event::event_match;
use crate::source::fields::Fields;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Comparison, Condition, Measure};

const WHERE: &str = "put it with the event: `{ event: …, where: … }`";

pub(super) fn did(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let event = event_match(reader, node);
    let within = fields.take("within").and_then(|node| reader.duration(node));
    let counts = COUNTS.map(|(name, of)| (fields.entry(name), of));
    let other = ["sum", "distinct"]
        .into_iter()
        .find(|name| fields.refuse(name, "count with `times`, `days` or `weeks`", reader));
    if other.is_some() {
        // Part of what was refused.
        fields.take("is");
    }
    fields.misplaced(
        "is",
        "compare the number of events with `times: { gte: 3 }`",
        reader,
    );
    fields.misplaced("where", WHERE, reader);
    fields.misplaced(
        "ago",
        "for how long ago write `{ last: …, ago: … }`",
        reader,
    );
    fields.misplaced("count", "the number of events is `times`", reader);
    let mut measure = None;
    for ((key, node), of) in counts
        .into_iter()
        .filter_map(|(entry, of)| Some((entry?, of)))
    {
        let compared = comparison(reader, node, Compared::Count);
        if measure.is_some() {
            let message = format!("`{}` is a second count in one condition", key.text);
            let error = reader.error("several-conditions", key.span, message);
            error.help("count one thing at a time, and join the two by `all: [ … ]`");
        }
        measure = Some(compared.map(|compared| (of.clone(), compared)));
    }
    let at_least_once = (Measure::Times, Comparison::at_least(1.0));
    let (measure, is) = measure.unwrap_or(Some(at_least_once))?;
    Some(Condition::Did {
        event: event?,
        measure,
        is,
        within,
    })
}

/// What can be counted.
const COUNTS: [(&str, Measure); 3] = [
    ("times", Measure::Times),
    ("days", Measure::Days),
    ("weeks", Measure::Weeks),
];

pub(super) fn last(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let event = event_match(reader, node);
    let ago = ago(reader, fields);
    Some(Condition::Last {
        event: event?,
        ago: ago?,
    })
}

pub(super) fn first(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let event = event_match(reader, node);
    let ago = ago(reader, fields);
    Some(Condition::First {
        event: event?,
        ago: ago?,
    })
}

fn ago(reader: &mut Reader, fields: &mut Fields) -> Option<Comparison> {
    fields.misplaced("where", WHERE, reader);
    fields.misplaced("within", "for a time write `ago: { lte: … }`", reader);
    let node = fields.require("ago", "{ gte: 3d }", reader)?;
    comparison(reader, node, Compared::Duration)
}

pub(super) fn never(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    fields.misplaced("where", WHERE, reader);
    let instead = "for a time write `{ did: …, times: { eq: 0 }, within: … }`";
    fields.misplaced("within", instead, reader);
    event_match(reader, node).map(Condition::Never)
}

pub(super) fn sequence(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    const EXPECTED: &str = "a list of events such as `[report.created, report.shared]`";
    let events = reader.list(node, EXPECTED).and_then(|nodes| {
        if nodes.is_empty() {
            reader.error(
                "invalid-value",
                node.span,
                format!("expected {EXPECTED}, found none"),
            );
        }
        reader.each(nodes, event_match)
    });
    let within = fields.take("within").and_then(|node| reader.duration(node));
    let without = fields.take("without").map(|node| {
        let nodes = reader.list(node, EXPECTED)?;
        reader.each(nodes, event_match)
    });
    let without = without.unwrap_or(Some(Vec::new()));
    Some(Condition::Sequence {
        events: events?,
        within,
        without: without?,
    })
}
