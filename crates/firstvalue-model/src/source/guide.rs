//! Guides: when they are due, and what they show.

use super::choice::choice;
use super::condition::{condition, named};
use super::fields::Fields;
use super::glob::glob;
use super::node::{Key, Node};
use super::panel;
use super::reader::Reader;
use super::references::Kind;
use super::step;
use super::text::text;
use crate::guide::{
    Checklist, Density, Dismissal, Font, Frequency, Guide, GuideContent, GuideKind, Scheme, Text,
    Theme, Until,
};

pub(super) fn guide(reader: &mut Reader, key: &Key, node: &Node) -> Option<Guide> {
    let expected = "a guide such as `{ kind: banner, steps: [ { title: Welcome } ] }`";
    let mut fields = Fields::of(node, expected, reader)?.named(key);
    let kind = fields.require("kind", "tour", reader);
    let kind = kind.and_then(|node| choice(reader, node, "a kind of guide", KINDS));
    let title = title(reader, key, &mut fields, kind);
    let slot = slot(reader, &mut fields, kind);
    let checklist = checklist(reader, &mut fields, kind);
    let stands = kind.filter(|kind| kind.stands());
    if let Some(kind) = stands {
        panel::misplaced(reader, &mut fields, kind);
    }
    let audience = fields.take("audience");
    let audience = audience.and_then(|node| named(reader, node, Kind::Audience));
    let when = fields.take("when").and_then(|node| condition(reader, node));
    let page = fields.take("page").and_then(|node| glob(reader, node));
    // What stands on the page has no turns; only an entry that comes up by itself competes with others.
    let frequency = match stands {
        None => fields.take("frequency"),
        Some(_) => None,
    };
    let frequency = frequency.and_then(|node| self::frequency(reader, node));
    let priority = match stands {
        None | Some(GuideKind::Announcement) => fields.take("priority"),
        Some(_) => None,
    };
    let priority =
        priority.and_then(|node| reader.whole(node, i64::from(i32::MIN), i64::from(i32::MAX)));
    let theme = fields.take("theme").and_then(|node| theme(reader, node));
    let (mut steps, panel) = match stands {
        Some(kind) => {
            let panel = panel::panel(reader, key, &mut fields, kind);
            (Some(Vec::new()), panel.map(Some))
        }
        None => {
            panel::of_others(reader, &mut fields);
            let steps = fields.require("steps", "[ { title: Welcome } ]", reader);
            (
                steps.and_then(|node| step::steps(reader, node, kind)),
                Some(None),
            )
        }
    };
    for (place, step) in steps.iter_mut().flatten().enumerate() {
        step::name_rules(step, &key.text, place);
    }
    fields.finish(reader);
    let kind = kind?;
    let (panel, parts) = panel?.unzip();
    Some(Guide {
        audience,
        when,
        page,
        frequency: frequency.unwrap_or(Frequency::usual(kind)),
        priority: priority
            .and_then(|priority| i32::try_from(priority).ok())
            .unwrap_or(0),
        content: GuideContent {
            kind,
            title,
            slot,
            checklist,
            theme: theme.unwrap_or_default(),
            steps: steps?,
            panel,
        },
        parts: parts.unwrap_or_default(),
    })
}

/// The heading of a guide that is not one screen after another.
fn title(
    reader: &mut Reader,
    key: &Key,
    fields: &mut Fields,
    kind: Option<GuideKind>,
) -> Option<Text> {
    let title = fields.take("title");
    let has_title = |kind: &GuideKind| *kind == GuideKind::Checklist || kind.stands();
    if let (Some(node), Some(_)) = (title, kind.filter(|kind| !has_title(kind))) {
        let message = "only a checklist and a panel have a title of their own";
        let error = reader.error("guide-kind", node.span, message);
        error.help("write the `title` in a step");
    }
    if let (None, Some(kind)) = (title, kind.filter(has_title)) {
        let (what, example) = match kind {
            GuideKind::Announcement => ("an announcement", "What's new"),
            GuideKind::ResourceCenter => ("a resource centre", "Help"),
            GuideKind::ValueReport => ("a value report", "What you have saved"),
            _ => ("a checklist", "Getting started"),
        };
        let error = reader.error("guide-kind", key.span, format!("{what} needs a `title`"));
        error.help(format!("write for example `title: {example}`"));
    }
    title.and_then(|node| text(reader, node))
}

/// The place in the page that a guide is drawn in.
fn slot(reader: &mut Reader, fields: &mut Fields, kind: Option<GuideKind>) -> Option<String> {
    let slot = fields.take("slot");
    let has_slot =
        |kind: GuideKind| matches!(kind, GuideKind::Banner | GuideKind::Checklist) || kind.stands();
    if let (Some(node), Some(false)) = (slot, kind.map(has_slot)) {
        let message = "only a banner, a checklist and a launcher are drawn in a slot of the page";
        let error = reader.error("guide-kind", node.span, message);
        error.help("remove `slot`");
    }
    let slot = slot.and_then(|node| reader.text(node, "the name of a slot such as `start`"));
    slot.map(str::to_owned)
}

/// What only a checklist has.
fn checklist(reader: &mut Reader, fields: &mut Fields, kind: Option<GuideKind>) -> Checklist {
    const KEYS: [&str; 2] = ["ordered", "dismiss"];
    if kind.is_some_and(GuideKind::stands) {
        for key in KEYS {
            fields.misplaced(key, "it goes with `kind: checklist`", reader);
        }
        return Checklist::default();
    }
    let [ordered, dismiss] = KEYS.map(|key| fields.take(key));
    if kind.is_some_and(|kind| kind != GuideKind::Checklist) {
        for (key, node) in KEYS.iter().zip([ordered, dismiss]) {
            if let Some(node) = node {
                let message = format!("only a checklist has `{key}`");
                let error = reader.error("guide-kind", node.span, message);
                error.help(format!("remove `{key}`"));
            }
        }
        return Checklist::default();
    }
    let ordered = ordered.and_then(|node| reader.truth(node));
    let dismiss =
        dismiss.and_then(|node| choice(reader, node, "a time to send it away", DISMISSALS));
    Checklist {
        ordered: ordered.unwrap_or_default(),
        dismiss: dismiss.unwrap_or_default(),
    }
}

pub(super) const DISMISSALS: &[(&str, Dismissal)] = &[
    ("always", Dismissal::Always),
    ("when-done", Dismissal::WhenDone),
    ("never", Dismissal::Never),
];

pub(super) const KINDS: &[(&str, GuideKind)] = &[
    ("tour", GuideKind::Tour),
    ("tooltip", GuideKind::Tooltip),
    ("hotspot", GuideKind::Hotspot),
    ("modal", GuideKind::Modal),
    ("slideout", GuideKind::Slideout),
    ("banner", GuideKind::Banner),
    ("survey", GuideKind::Survey),
    ("checklist", GuideKind::Checklist),
    ("announcement", GuideKind::Announcement),
    ("resource-center", GuideKind::ResourceCenter),
    ("value-report", GuideKind::ValueReport),
];

fn frequency(reader: &mut Reader, node: &Node) -> Option<Frequency> {
    let expected = "a mapping such as `{ limit: 3, every: 2d, until: completed }`";
    if node.as_text().is_some() {
        let error = reader.wrong_type(node, expected);
        error.help("for once write `{ limit: 1 }`, for once a week `{ every: 7d }`");
        return None;
    }
    let mut fields = Fields::of(node, expected, reader)?;
    let limit = fields.take("limit");
    let limit = limit.and_then(|node| reader.whole(node, 1, i64::from(u32::MAX)));
    let every = fields.take("every").and_then(|node| reader.duration(node));
    let until = fields.take("until");
    let until = until.and_then(|node| choice(reader, node, "what ends the guide", UNTIL));
    fields.finish(reader);
    Some(Frequency {
        limit: limit.and_then(|limit| u32::try_from(limit).ok()),
        every,
        until: until.unwrap_or(Frequency::default().until),
    })
}

pub(super) const UNTIL: &[(&str, Until)] = &[
    ("never", Until::Never),
    ("completed", Until::Completed),
    ("dismissed", Until::Dismissed),
    ("interacted", Until::Interacted),
];

fn theme(reader: &mut Reader, node: &Node) -> Option<Theme> {
    let expected = "a mapping such as `{ accent: \"#2459d6\" }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let accent = fields.take("accent").and_then(|node| colour(reader, node));
    let scheme = fields.take("scheme");
    let scheme = scheme.and_then(|node| choice(reader, node, "a colour scheme", SCHEMES));
    let radius = fields.take("radius");
    let radius = radius.and_then(|node| reader.whole(node, 0, MOST_ROUND));
    let density = fields.take("density");
    let density = density.and_then(|node| choice(reader, node, "a density", DENSITIES));
    let font = fields.take("font");
    let font = font.and_then(|node| choice(reader, node, "whose font", FONTS));
    fields.finish(reader);
    Some(Theme {
        accent,
        scheme,
        radius: radius.and_then(|radius| u8::try_from(radius).ok()),
        density,
        font,
    })
}

/// The largest radius: with a larger one there is no room for the arrow beside a corner.
pub(super) const MOST_ROUND: i64 = 20;

pub(super) const DENSITIES: &[(&str, Density)] = &[
    ("compact", Density::Compact),
    ("comfortable", Density::Comfortable),
];

pub(super) const FONTS: &[(&str, Font)] = &[("own", Font::Own), ("inherit", Font::Inherit)];

pub(super) const SCHEMES: &[(&str, Scheme)] = &[("light", Scheme::Light), ("dark", Scheme::Dark)];

/// A colour as `#rrggbb`, from which the guide renderer works out contrasting ones.
fn colour(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "a colour such as `\"#2459d6\"`";
    let Some(text) = node.as_text() else {
        let is_comment = reader.is_comment(node);
        let error = reader.wrong_type(node, EXPECTED);
        if !is_comment {
            error.help("put the colour in quotes");
        }
        return None;
    };
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        let message = format!("expected {EXPECTED}, found {}", node.describe());
        let error = reader.error("invalid-value", node.span, message);
        error.help("a colour is `#` and six hexadecimal digits");
    }
    Some(text.to_owned())
}
