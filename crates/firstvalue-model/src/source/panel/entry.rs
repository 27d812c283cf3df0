//! What an announcement announces.

use super::{Parts, buttons, part_id};
use crate::guide::{Entry, Notice};
use crate::source::choice::choice;
use crate::source::fields::Fields;
use crate::source::node::{Node, shortened};
use crate::source::reader::Reader;
use crate::source::text::text;
use crate::time;

/// How much can be made of an entry.
pub(in crate::source) const NOTICES: &[(&str, Notice)] = &[
    ("silent", Notice::Silent),
    ("badge", Notice::Badge),
    ("popup", Notice::Popup),
];

pub(super) fn entries(
    reader: &mut Reader,
    fields: &mut Fields,
    parts: &mut Parts,
) -> Option<Vec<Entry>> {
    const EXAMPLE: &str = "[ { id: dark-mode, date: 2026-03-31, title: Dark mode } ]";
    let node = fields.require("entries", EXAMPLE, reader)?;
    let nodes = reader.list(node, "a list of entries such as `[ { id: … } ]`")?;
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "this announces nothing");
        error.help(format!("write for example `entries: {EXAMPLE}`"));
    }
    let entries: Vec<_> = nodes
        .iter()
        .map(|node| entry(reader, node, parts))
        .collect();
    entries.into_iter().collect()
}

fn entry(reader: &mut Reader, node: &Node, parts: &mut Parts) -> Option<Entry> {
    let expected = "an entry such as `{ id: dark-mode, date: 2026-03-31, title: Dark mode }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let id = fields.require("id", "dark-mode", reader);
    let id = id.and_then(|node| part_id(reader, node));
    parts.note(reader, node, id.as_deref().unwrap_or_default(), &mut fields);
    let date = fields.require("date", "2026-03-31", reader);
    let date = date.and_then(|node| day(reader, node));
    let title = fields.require("title", "Dark mode", reader);
    let title = title.and_then(|node| text(reader, node));
    let body = fields.take("body").and_then(|node| text(reader, node));
    let actions = fields.take("actions");
    let actions = actions.and_then(|node| buttons(reader, node));
    let notice = fields.take("notice");
    let notice = notice.and_then(|node| choice(reader, node, "how much is made of it", NOTICES));
    fields.finish(reader);
    Some(Entry {
        id: id?,
        date: date?,
        title: title?,
        body,
        actions: actions.unwrap_or_default(),
        notice: notice.unwrap_or_default(),
    })
}

/// A day as `2026-03-31`, by which entries are ordered.
fn day(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "a day such as `2026-03-31`";
    let day = reader.text(node, EXPECTED)?;
    // A day that there is comes back as it was written.
    let midnight = time::timestamp(&format!("{day}T00:00:00Z"));
    if midnight.is_none_or(|it| time::to_iso(it.at).get(..10) != Some(day)) {
        let message = format!("expected {EXPECTED}, found `{}`", shortened(day));
        let error = reader.error("invalid-value", node.span, message);
        error.help("write the year, the month and the day with `-` between them");
    }
    Some(day.to_owned())
}
