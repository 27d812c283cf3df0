//! What a resource centre holds.

use super::{DONE_IN_PANELS, Parts, buttons, part_id};
use crate::guide::{Effect, Item, Section};
use crate::source::condition::named;
use crate::source::event::event_name;
use crate::source::fields::Fields;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::source::references::Kind;
use crate::source::step::address;
use crate::source::text::text;

pub(super) fn sections(
    reader: &mut Reader,
    fields: &mut Fields,
    parts: &mut Parts,
) -> Option<Vec<Section>> {
    const EXAMPLE: &str = "[ { title: First steps, items: [ … ] } ]";
    let node = fields.require("sections", EXAMPLE, reader)?;
    let nodes = reader.list(node, &format!("a list of sections such as `{EXAMPLE}`"))?;
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "there is nothing in this");
        error.help(format!("write for example `sections: {EXAMPLE}`"));
    }
    let sections: Vec<_> = nodes
        .iter()
        .map(|node| section(reader, node, parts))
        .collect();
    sections.into_iter().collect()
}

fn section(reader: &mut Reader, node: &Node, parts: &mut Parts) -> Option<Section> {
    let expected = "a section such as `{ title: First steps, items: [ … ] }`";
    let mut fields = Fields::of(node, expected, reader)?;
    // Whether it is shown is remembered by its name.
    let id = match node.get("when") {
        Some(_) => fields.require("id", "for-admins", reader),
        None => fields.take("id"),
    };
    let id = id.and_then(|node| part_id(reader, node));
    match id.as_deref() {
        Some(id) => parts.note(reader, node, id, &mut fields),
        None => drop(fields.take("when")),
    }
    let title = fields.require("title", "First steps", reader);
    let title = title.and_then(|node| text(reader, node));
    let items = fields.require("items", "[ { title: Sharing, body: … } ]", reader);
    let items = items.and_then(|node| {
        let nodes = reader.list(node, "a list of items such as `[ { title: … } ]`")?;
        if nodes.is_empty() {
            let error = reader.error(
                "invalid-value",
                node.span,
                "there is nothing in this section",
            );
            error.help("write for example `items: [ { title: Sharing, body: … } ]`");
        }
        reader.each(nodes, item)
    });
    fields.finish(reader);
    Some(Section {
        id,
        title: title?,
        items: items?,
    })
}

fn item(reader: &mut Reader, node: &Node) -> Option<Item> {
    let mut fields = Fields::of(
        node,
        "an item such as `{ title: Sharing, body: … }`",
        reader,
    )?;
    let title = fields.require("title", "Sharing", reader);
    let title = title.and_then(|node| text(reader, node));
    let keywords = fields.take("keywords");
    let keywords = keywords.and_then(|node| text(reader, node));
    let body = fields.take("body").map(|node| (node, text(reader, node)));
    let effect = does(reader, &mut fields);
    let actions = fields.take("actions");
    if let (Some(node), None) = (actions, &body) {
        let error = reader.error("guide-kind", node.span, "only an article has buttons");
        error.help("give it a `body`");
    }
    let actions = actions.and_then(|node| buttons(reader, node));
    match (&body, &effect) {
        (None, None) => {
            let error = reader.error("missing-key", node.span, "this leads nowhere");
            error.help("give it a `body`, or one of `guide`, `href`, `event` and `name`");
        }
        (Some((node, _)), Some(_)) => {
            let error = reader.error("guide-kind", node.span, "this is an article and a button");
            error.help("put the button into the article's `actions`");
        }
        _ => {}
    }
    fields.finish(reader);
    let (effect, with) = effect.unzip();
    Some(Item {
        title: title?,
        keywords,
        body: match body {
            Some((_, body)) => Some(body?),
            None => None,
        },
        actions: actions.unwrap_or_default(),
        effect,
        with: match with {
            Some(with) => Some(with?),
            None => None,
        },
    })
}

/// What a press on an item does, by the key with which a button would do that.
fn does(reader: &mut Reader, fields: &mut Fields) -> Option<(Effect, Option<String>)> {
    let mut found = None;
    for effect in DONE_IN_PANELS {
        let Some(node) = effect.key().and_then(|key| fields.take(key)) else {
            continue;
        };
        if found.is_some() {
            let error = reader.error("guide-kind", node.span, "this does two things");
            error.help("make it two items");
            continue;
        }
        let with = match effect {
            Effect::Start => named(reader, node, Kind::Guide),
            Effect::Link => address(reader, node),
            Effect::Track => event_name(reader, node, "the name of an event"),
            _ => {
                let name = reader.text(node, "a name that the host knows, such as `open-chat`");
                name.map(str::to_owned)
            }
        };
        found = Some((*effect, with));
    }
    found
}
