//! Guides that stand on the page: what opens them, and what is in their panel.

mod entry;
mod report;
mod section;

use std::collections::BTreeMap;

pub(in crate::source) use entry::NOTICES;

use super::choice::choice;
use super::condition::condition;
use super::fields::Fields;
use super::node::{Key, Node, shortened};
use super::reader::Reader;
use super::step::Decode;
use super::target::target;
use crate::condition::Condition;
use crate::guide::{Action, Effect, GuideKind, Panel, Placement};

/// What is in a panel, and on what condition its parts are.
pub(super) type PanelWithParts = (Panel, BTreeMap<String, Condition>);

/// The keys that only guides have that stand on the page, and whose they are.
const OF_PANELS: [(&str, &str); 7] = [
    (
        "launcher",
        "it goes with `kind: announcement`, `kind: resource-center` and `kind: value-report`",
    ),
    (
        "placement",
        "it goes in a step, or with a guide that has a launcher",
    ),
    ("entries", "it goes with `kind: announcement`"),
    ("sections", "it goes with `kind: resource-center`"),
    ("outcomes", "it goes with `kind: value-report`"),
    (
        "body",
        "it goes in a step, an entry or an item, or with `kind: value-report`",
    ),
    (
        "actions",
        "they go in a step, an entry or an article, or with `kind: value-report`",
    ),
];

/// Which of them guides of a kind have.
fn of_kind(kind: GuideKind) -> &'static [&'static str] {
    match kind {
        GuideKind::Announcement => &["launcher", "placement", "entries"],
        GuideKind::ResourceCenter => &["launcher", "placement", "sections"],
        GuideKind::ValueReport => &["launcher", "placement", "outcomes", "body", "actions"],
        _ => &[],
    }
}

/// The corners that a launcher may be in.
pub(in crate::source) const CORNERS: &[(&str, Placement)] =
    &[("left", Placement::Left), ("right", Placement::Right)];

/// Reports what only goes with guides that stand on the page.
pub(super) fn of_others(reader: &mut Reader, fields: &mut Fields) {
    for (key, belongs) in OF_PANELS {
        fields.misplaced(key, belongs, reader);
    }
}

/// Reports what does not go with a guide that stands on the page.
pub(super) fn misplaced(reader: &mut Reader, fields: &mut Fields, kind: GuideKind) {
    let there = "it is there for as long as it is due: remove it";
    fields.misplaced("frequency", there, reader);
    if kind != GuideKind::Announcement {
        fields.misplaced("priority", there, reader);
    }
    let own = of_kind(kind);
    for (key, belongs) in OF_PANELS.iter().filter(|(key, _)| !own.contains(key)) {
        fields.misplaced(key, belongs, reader);
    }
    let instead = match kind {
        GuideKind::Announcement => "write `entries`, each with a `date`",
        GuideKind::ResourceCenter => "write `sections`, each with its `items`",
        _ => "write `body`, and `outcomes` if it shows only some",
    };
    fields.misplaced("steps", instead, reader);
}

/// What is in the panel of a guide of this kind.
pub(super) fn panel(
    reader: &mut Reader,
    key: &Key,
    fields: &mut Fields,
    kind: GuideKind,
) -> Option<PanelWithParts> {
    let mut decode = Decode { fields, reader };
    let launcher = decode.key("launcher", target);
    let placement = decode.key("placement", |reader, node| {
        choice(reader, node, "a corner", CORNERS)
    });
    let mut panel = Panel {
        launcher,
        placement,
        ..Panel::default()
    };
    let mut parts = Parts::default();
    match kind {
        GuideKind::Announcement => panel.entries = entry::entries(reader, fields, &mut parts)?,
        GuideKind::ResourceCenter => {
            panel.sections = section::sections(reader, fields, &mut parts)?;
        }
        _ => report::report(reader, key, fields, &mut panel)?,
    }
    Some((panel, parts.conditions))
}

/// What is known of the parts of a panel.
#[derive(Default)]
struct Parts {
    names: Vec<String>,
    conditions: BTreeMap<String, Condition>,
}

impl Parts {
    /// Notes a part by its name, and on what condition it is there.
    fn note(&mut self, reader: &mut Reader, node: &Node, id: &str, fields: &mut Fields) {
        if self.names.iter().any(|name| name == id) {
            let message = format!("two parts of this guide have the name `{}`", shortened(id));
            let span = node.get("id").map_or(node.span, |node| node.span);
            let error = reader.error("duplicate-key", span, message);
            error.help("give each a name of its own");
        }
        self.names.push(id.to_owned());
        let when = fields.take("when").and_then(|node| condition(reader, node));
        self.conditions
            .extend(when.map(|when| (id.to_owned(), when)));
    }
}

/// The name of a part, which stands in logs as an id does.
fn part_id(reader: &mut Reader, node: &Node) -> Option<String> {
    let id = reader.text(node, "a name such as `dark-mode`")?;
    super::playbook::check_plain(reader, id, node.span);
    Some(id.to_owned())
}

/// Buttons in a panel: there is no next step to go to.
fn buttons(reader: &mut Reader, node: &Node) -> Option<Vec<Action>> {
    let actions = super::step::actions_of(reader, node)?;
    for (action, node) in actions.iter().zip(node.elements()) {
        if !DONE_IN_PANELS.contains(&action.effect) {
            let span = node.get("do").map_or(node.span, |node| node.span);
            let message = "there are no steps here that this could be about";
            let error = reader.error("guide-kind", span, message);
            error.help("use `start`, `link`, `track` or `call`");
        }
    }
    Some(actions)
}

/// What a press in a panel can do.
pub(in crate::source) const DONE_IN_PANELS: &[Effect] =
    &[Effect::Start, Effect::Link, Effect::Track, Effect::Call];
