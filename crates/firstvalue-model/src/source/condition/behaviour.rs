//! What a user did, how often, when, and in which order.

use crate::source::comparison::{Compared, comparison};
use crate::source::event::event_match;
use crate::source::fields::Fields;
use crate::source::measure::{self, OF_PROPERTY};
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Comparison, Condition, EventMatch, Measure};

const WHERE: &str = "put it with the event: `{ event: …, where: … }`";

pub(super) fn did(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let event = event_match(reader, node);
    let within = fields.take("within").and_then(|node| reader.duration(node));
    let measured = measured(reader, fields, event.as_ref());
    fields.misplaced("where", WHERE, reader);
    fields.misplaced(
        "ago",
        "for how long ago write `{ last: …, ago: … }`",
        reader,
    );
    fields.misplaced("count", "the number of events is `times`", reader);
    let (measure, is) = measured?;
    Some(Condition::Did {
        event: event?,
        measure,
        is,
        within,
    })
}

/// What can be counted.
pub(in crate::source) const COUNTS: [(&str, Measure); 3] = [
    ("times", Measure::Times),
    ("days", Measure::Days),
    ("weeks", Measure::Weeks),
];

/// What is measured, and what it must be; at least one event if nothing is said.
fn measured(
    reader: &mut Reader,
    fields: &mut Fields,
    event: Option<&EventMatch>,
) -> Option<(Measure, Comparison)> {
    // Of each that is written: its key, and what could be read of it.
    let mut written = Vec::new();
    for (name, measure) in COUNTS {
        if let Some((key, node)) = fields.entry(name) {
            let is = comparison(reader, node, Compared::Count);
            written.push((key, is.map(|is| (measure, is))));
        }
    }
    for name in OF_PROPERTY {
        let Some((key, node)) = fields.entry(name) else {
            continue;
        };
        let measure = measure::of_property(reader, node, name, event);
        let (compared, example) = match name {
            "sum" => (Compared::Number, "{ gte: 1000 }"),
            _ => (Compared::Count, "{ gte: 3 }"),
        };
        // It belongs to whichever stands first.
        let is = match fields.take("is") {
            None if written.is_empty() => fields.require("is", example, reader),
            is => is,
        };
        let is = is.and_then(|node| comparison(reader, node, compared));
        written.push((key, measure.zip(is)));
    }
    let instead = "compare the number of events with `times: { gte: 3 }`";
    fields.misplaced("is", instead, reader);
    // It is one of the keys of this form all the same.
    fields.take("is");
    for (key, _) in written.iter().skip(1) {
        let message = format!("`{}` is a second count in one condition", key.text);
        let error = reader.error("several-conditions", key.span, message);
        error.help("count one thing at a time, and join the two by `all: [ … ]`");
    }
    let at_least_once = || Some((Measure::Times, Comparison::at_least(1.0)));
    written
        .into_iter()
        .next()
        .map_or_else(at_least_once, |(_, measured)| measured)
}

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
    fields.misplaced(
        "within",
        "for no longer ago than 7 days write `ago: { lte: 7d }`",
        reader,
    );
    let node = fields.require("ago", "{ gte: 3d }", reader)?;
    comparison(reader, node, Compared::Duration)
}

pub(super) fn never(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    fields.misplaced("where", WHERE, reader);
    let instead = "for none within a time write `{ did: …, times: { eq: 0 }, within: … }`";
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
