//! Events without code in the host.

use super::choice::choice;
use super::event::event_name;
use super::fields::Fields;
use super::glob::glob;
use super::node::Node;
use super::reader::Reader;
use super::selector::selector;
use crate::playbook::{CaptureRule, CaptureTrigger};

const EXAMPLE: &str = "a rule such as `{ event: report.shared, on: click, selector: \"#share\" }`";

pub(super) fn capture(reader: &mut Reader, node: &Node) -> Option<Vec<CaptureRule>> {
    let nodes = reader.list(node, "a list of rules")?;
    reader.each(nodes, capture_rule)
}

fn capture_rule(reader: &mut Reader, node: &Node) -> Option<CaptureRule> {
    let mut fields = Fields::of(node, EXAMPLE, reader)?;
    let event = fields.require("event", "report.shared", reader);
    let event = event.and_then(|node| event_name(reader, node, "the name of an event"));
    let on = fields.require("on", "click", reader);
    let on = on.and_then(|node| choice(reader, node, "what to listen to", ON))?;
    let target = match on {
        CaptureTrigger::Route => {
            fields.misplaced(
                "selector",
                "a route is a path: say `page: /reports/*`",
                reader,
            );
            None
        }
        CaptureTrigger::Rage | CaptureTrigger::Dead => fields.take("selector"),
        _ => fields.require("selector", "\"[data-fv=share]\"", reader),
    };
    let page = if on == CaptureTrigger::Route {
        fields.require("page", "/reports/*", reader)
    } else {
        fields.take("page")
    };
    let duration = if on == CaptureTrigger::Visible {
        fields.take("for")
    } else {
        fields.misplaced("for", "only `on: visible` takes some time", reader);
        None
    };
    let describe = if on == CaptureTrigger::Route {
        fields.misplaced("describe", "a route is no element", reader);
        None
    } else {
        fields.take("describe")
    };
    let target = target.and_then(|node| selector(reader, node));
    let page = page.and_then(|node| glob(reader, node));
    let duration = duration.and_then(|node| reader.duration(node));
    let describe = describe.and_then(|node| reader.truth(node));
    fields.finish(reader);
    Some(CaptureRule {
        event: event?,
        on,
        selector: target,
        page,
        duration,
        describe: describe.unwrap_or_default(),
    })
}

pub(super) const ON: &[(&str, CaptureTrigger)] = &[
    ("click", CaptureTrigger::Click),
    ("submit", CaptureTrigger::Submit),
    ("change", CaptureTrigger::Change),
    ("visible", CaptureTrigger::Visible),
    ("route", CaptureTrigger::Route),
    ("rage", CaptureTrigger::Rage),
    ("dead", CaptureTrigger::Dead),
];
