//! Events without code in the host.

use super::choice::choice_or_later;
use super::event::event_name;
use super::fields::Fields;
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
    let on = on.and_then(|node| choice_or_later(reader, node, "what to listen to", ON, LATER));
    let target = fields.require("selector", "\"[data-fv=share]\"", reader);
    let target = target.and_then(|node| selector(reader, node));
    fields.finish(reader);
    Some(CaptureRule {
        event: event?,
        on: on?,
        selector: target?,
    })
}

pub(super) const ON: &[(&str, CaptureTrigger)] = &[("click", CaptureTrigger::Click)];
const LATER: &[&str] = &["submit", "input", "change", "route", "visible", "view"];
