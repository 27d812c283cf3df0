//! What a value report shows.

use super::buttons;
use crate::guide::Panel;
use crate::source::condition::named;
use crate::source::fields::Fields;
use crate::source::node::Key;
use crate::source::reader::Reader;
use crate::source::references::Kind;
use crate::source::text::text;

pub(super) fn report(
    reader: &mut Reader,
    key: &Key,
    fields: &mut Fields,
    panel: &mut Panel,
) -> Option<()> {
    if !reader.has_outcomes {
        let message = "there is nothing to report: this playbook has no `outcomes`";
        let error = reader.error("nothing-to-report", key.span, message);
        error
            .help("write for example `outcomes: { hours-saved: { title: Hours saved, unit: h } }`");
    }
    let outcomes = fields.take("outcomes").map(|node| {
        let nodes = reader.list(node, "a list of outcomes such as `[hours-saved]`")?;
        if nodes.is_empty() {
            let error = reader.error("invalid-value", node.span, "this report shows nothing");
            error.help("name outcomes, or remove `outcomes` to show all of them");
        }
        reader.each(nodes, |reader, node| named(reader, node, Kind::Outcome))
    });
    let body = fields.take("body").map(|node| text(reader, node));
    let actions = fields.take("actions").map(|node| buttons(reader, node));
    panel.outcomes = outcomes.unwrap_or(Some(Vec::new()))?;
    panel.body = body.map_or(Some(None), |body| body.map(Some))?;
    panel.actions = actions.unwrap_or(Some(Vec::new()))?;
    Some(())
}
