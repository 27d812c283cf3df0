//! The steps of a guide.

mod branch;
mod suits;

use super::choice::{choice, choice_or_later};
use super::condition::{condition, named};
use super::event::event_name;
use super::fields::Fields;
use super::glob::glob;
use super::node::{Node, shortened};
use super::question;
use super::reader::Reader;
use super::references::Kind;
use super::target::{interaction, missing, target};
use super::text::text;
use crate::guide::{Action, Advance, Effect, GuideKind, Placement, Step};

/// The steps, if they suit the kind of guide.
pub(super) fn steps(
    reader: &mut Reader,
    node: &Node,
    kind: Option<GuideKind>,
) -> Option<Vec<Step>> {
    let nodes = reader.list(node, "a list of steps such as `[ { title: Welcome } ]`")?;
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "a guide has at least one step");
        error.help("write for example `steps: [ { title: Welcome } ]`");
    }
    if let Some(kind) = kind {
        suits::count(reader, nodes, kind);
    }
    let steps = reader.each(nodes, |reader, node| step(reader, node, kind))?;
    question::check(reader, &steps, nodes);
    branch::destinations(reader, &steps, nodes);
    if kind == Some(GuideKind::Survey) && steps.iter().all(|step| step.ask.is_none()) {
        let error = reader.error("guide-kind", node.span, "this survey asks nothing");
        error.help("write for example `ask: { nps: likely }` in a step");
    }
    Some(steps)
}

fn step(reader: &mut Reader, node: &Node, kind: Option<GuideKind>) -> Option<Step> {
    let mut fields = Fields::of(node, "a step such as `{ title: Welcome }`", reader)?;
    let title = fields.take("title");
    let body = fields.take("body");
    if title.is_none() && body.is_none() {
        let error = reader.error("missing-key", node.span, "this step says nothing");
        error.help("give it a `title`, a `body` or both");
    }
    let mut decode = Decode {
        fields: &mut fields,
        reader,
    };
    let step = Step {
        id: decode.key("id", step_id),
        path: decode.key("path", path),
        target: decode.key("target", target),
        wait: decode.key("wait", |reader, node| reader.duration(node)),
        missing: decode.key("missing", missing).unwrap_or_default(),
        interaction: decode.key("interaction", interaction).unwrap_or_default(),
        title: title.and_then(|node| text(decode.reader, node)),
        body: body.and_then(|node| text(decode.reader, node)),
        placement: decode.key("placement", placement),
        advance: decode.key("advance", advance),
        next: decode.key("next", branch::branches).unwrap_or_default(),
        actions: decode.key("actions", actions_of).unwrap_or_default(),
        ask: decode.key("ask", question::question),
        only_if: decode.key("if", question::earlier).unwrap_or_default(),
        done: decode.key("done", |reader, node| named(reader, node, Kind::Milestone)),
    };
    fields.finish(reader);
    if let Some(kind) = kind {
        suits::check(reader, node, kind, &step);
    }
    Some(step)
}

fn step_id(reader: &mut Reader, node: &Node) -> Option<String> {
    reader
        .text(node, "the name of a step such as `sharing`")
        .map(str::to_owned)
}

/// Gives the conditions of a step their rules; no guide has such an id.
pub(super) fn name_rules(step: &mut Step, guide: &str, place: usize) {
    if let Some(Advance::When { rule, .. }) = &mut step.advance {
        *rule = format!("{guide}#{place}");
    }
    for (number, branch) in step.next.iter_mut().enumerate() {
        let named = || format!("{guide}#{place}.{number}");
        branch.rule = branch.when.is_some().then(named);
    }
}

/// Decodes the values of keys that are there.
pub(super) struct Decode<'f, 'n, 't> {
    pub(super) fields: &'f mut Fields<'n>,
    pub(super) reader: &'f mut Reader<'t>,
}

impl Decode<'_, '_, '_> {
    pub(super) fn key<T>(
        &mut self,
        name: &'static str,
        decode: impl Fn(&mut Reader, &Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.fields.take(name)?;
        decode(self.reader, node)
    }
}

/// Where in the product users are taken.
fn path(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "a path of the product such as `/reports`";
    let path = reader.text(node, EXPECTED)?;
    if !path.starts_with('/') || path.starts_with("//") || path.contains('*') {
        let message = format!("expected {EXPECTED}, found `{}`", shortened(path));
        let error = reader.error("invalid-value", node.span, message);
        error.help("write one path as it stands in the address, from its first `/` on");
    }
    Some(path.to_owned())
}

fn placement(reader: &mut Reader, node: &Node) -> Option<Placement> {
    choice(reader, node, "a side", PLACEMENTS)
}

pub(super) const PLACEMENTS: &[(&str, Placement)] = &[
    ("top", Placement::Top),
    ("right", Placement::Right),
    ("bottom", Placement::Bottom),
    ("left", Placement::Left),
    ("before", Placement::Before),
    ("after", Placement::After),
];

fn advance(reader: &mut Reader, node: &Node) -> Option<Advance> {
    let mut fields = Fields::of(node, "a mapping such as `{ on: click }`", reader)?;
    if let Some(node) = node.get("when") {
        fields.take("when");
        fields.misplaced("on", "a step moves on by an `on` or by a `when`", reader);
        fields.finish(reader);
        let when = condition(reader, node)?;
        return Some(Advance::When {
            rule: String::new(),
            when: Some(when),
        });
    }
    let on = fields.require("on", "click", reader);
    let later = ["change", "submit", "page"];
    let on = on.and_then(|node| choice_or_later(reader, node, "what moves on", TRIGGERS, &later));
    for (name, trigger) in [
        ("event", Trigger::Event),
        ("page", Trigger::Route),
        ("milestone", Trigger::Milestone),
    ] {
        if on.is_some_and(|on| on != trigger) {
            let belongs = format!("it goes with `on: {}`", trigger.word());
            fields.misplaced(name, &belongs, reader);
        }
    }
    let advance = match on {
        Some(Trigger::Click) => Some(Advance::Click),
        Some(Trigger::Input) => Some(Advance::Input),
        Some(Trigger::Event) => {
            let node = fields.require("event", "report.created", reader);
            let name = node.and_then(|node| event_name(reader, node, "the name of an event"));
            name.map(|event| Advance::Event { event })
        }
        Some(Trigger::Route) => {
            let node = fields.require("page", "/reports/*", reader);
            let page = node.and_then(|node| glob(reader, node));
            page.map(|page| Advance::Route { page })
        }
        Some(Trigger::Milestone) => {
            let node = fields.require("milestone", "first-report", reader);
            let milestone = node.and_then(|node| named(reader, node, Kind::Milestone));
            milestone.map(|milestone| Advance::Milestone { milestone })
        }
        None => None,
    };
    fields.finish(reader);
    advance
}

/// What must happen for a step to move on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trigger {
    Click,
    Input,
    Event,
    Route,
    Milestone,
}

impl Trigger {
    fn word(self) -> &'static str {
        let found = TRIGGERS.iter().find(|(_, trigger)| *trigger == self);
        found.map_or("", |(word, _)| word)
    }
}

pub(super) const TRIGGERS: &[(&str, Trigger)] = &[
    ("click", Trigger::Click),
    ("input", Trigger::Input),
    ("event", Trigger::Event),
    ("route", Trigger::Route),
    ("milestone", Trigger::Milestone),
];

pub(super) fn actions_of(reader: &mut Reader, node: &Node) -> Option<Vec<Action>> {
    let nodes = reader.list(
        node,
        "a list of buttons such as `[ { label: Done, do: complete } ]`",
    )?;
    reader.each(nodes, action)
}

pub(super) fn action(reader: &mut Reader, node: &Node) -> Option<Action> {
    let mut fields = Fields::of(
        node,
        "a button such as `{ label: Done, do: complete }`",
        reader,
    )?;
    let label = fields.require("label", "Done", reader);
    let label = label.and_then(|node| text(reader, node));
    let effect = fields.require("do", "complete", reader);
    let effect = effect.and_then(|node| choice(reader, node, "what the button does", EFFECTS));
    for (word, other) in EFFECTS {
        if let Some(key) = other
            .key()
            .filter(|_| effect.is_some_and(|it| it != *other))
        {
            let belongs = format!("it goes with `do: {word}`");
            fields.misplaced(key, &belongs, reader);
        }
    }
    let with = effect.and_then(|effect| with(reader, &mut fields, effect));
    fields.finish(reader);
    Some(Action {
        label: label?,
        effect: effect?,
        with,
    })
}

/// With what a button does what it does.
fn with(reader: &mut Reader, fields: &mut Fields, effect: Effect) -> Option<String> {
    if effect == Effect::Snooze {
        let length = reader.duration(fields.take(effect.key()?)?)?;
        return Some(length.to_string());
    }
    let example = match effect {
        Effect::Start => "first-steps",
        Effect::GoTo => "sharing",
        Effect::Link => "/reports",
        Effect::Track => "report.shared",
        _ => "open-chat",
    };
    let node = fields.require(effect.key()?, example, reader)?;
    match effect {
        Effect::Start => named(reader, node, Kind::Guide),
        Effect::GoTo => step_id(reader, node),
        Effect::Link => address(reader, node),
        Effect::Track => event_name(reader, node, "the name of an event"),
        _ => {
            let name = reader.text(node, "a name that the host knows, such as `open-chat`");
            name.map(str::to_owned)
        }
    }
}

/// An address that a button may open: a path, or one of the schemes that links may name.
pub(super) fn address(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "an address such as `/reports` or `https://example.com/`";
    const BEGINNINGS: &[&str] = &["/", "?", "#", "https://", "http://", "mailto:", "tel:"];
    let address = reader.text(node, EXPECTED)?;
    if !BEGINNINGS.iter().any(|it| address.starts_with(it)) {
        let message = format!("expected {EXPECTED}, found `{}`", shortened(address));
        let error = reader.error("invalid-value", node.span, message);
        error.help("begin with `/`, `https://`, `mailto:` or `tel:`");
    }
    Some(address.to_owned())
}

pub(super) const EFFECTS: &[(&str, Effect)] = &[
    ("next", Effect::Next),
    ("back", Effect::Back),
    ("complete", Effect::Complete),
    ("dismiss", Effect::Dismiss),
    ("start", Effect::Start),
    ("go-to", Effect::GoTo),
    ("snooze", Effect::Snooze),
    ("link", Effect::Link),
    ("track", Effect::Track),
    ("call", Effect::Call),
];
