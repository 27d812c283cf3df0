//! What of events is measured besides their number: what one of their properties holds.

use super::event::properties;
use super::node::Node;
use super::query;
use super::reader::Reader;
use super::tracking_plan::type_name;
use crate::playbook::PropertyType;
use crate::{EventMatch, Measure};

/// The measures that are taken of a property.
pub(super) const OF_PROPERTY: [&str; 2] = ["sum", "distinct"];

/// The measure that is written under one of these keys.
pub(super) fn of_property(
    reader: &mut Reader,
    node: &Node,
    name: &str,
    event: Option<&EventMatch>,
) -> Option<Measure> {
    let (wanted, measure): (_, fn(String) -> Measure) = match name {
        "sum" => (Some(PropertyType::Number), Measure::Sum),
        _ => (None, Measure::Distinct),
    };
    property(reader, node, event, wanted).map(measure)
}

/// A property of the events, which the tracking plan has if it lists what they carry.
fn property(
    reader: &mut Reader,
    node: &Node,
    event: Option<&EventMatch>,
    wanted: Option<PropertyType>,
) -> Option<String> {
    let name = reader.text(node, "the name of a property such as `rows`")?;
    let carried = event.and_then(|event| properties(reader, &event.name));
    let kind = query::property(reader, name, node.span, carried.as_ref());
    if let (Some(kind), Some(wanted)) = (kind, wanted)
        && kind != wanted
    {
        let message = format!(
            "`{name}` is a {} in the tracking plan, and only a {} has a sum",
            type_name(kind),
            type_name(wanted)
        );
        let error = reader.error("property-type", node.span, message);
        error.help("for how many different values there are write `distinct`");
    }
    Some(name.to_owned())
}
