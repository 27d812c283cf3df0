//! The steps of a guide.

mod suits;

use super::choice::{choice, choice_or_later};
use super::condition::named;
use super::event::event_name;
use super::fields::Fields;
use super::glob::glob;
use super::node::{Content, Node};
use super::question;
use super::reader::Reader;
use super::references::Kind;
use super::selector::selector;
use super::text::text;
use crate::guide::{Action, Advance, Effect, GuideKind, Placement, Step, Target};

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
        target: decode.key("target", target),
        title: title.and_then(|node| text(decode.reader, node)),
        body: body.and_then(|node| text(decode.reader, node)),
        placement: decode.key("placement", placement),
        advance: decode.key("advance", advance),
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

/// Decodes the values of keys that are there.
struct Decode<'f, 'n, 't> {
    fields: &'f mut Fields<'n>,
    reader: &'f mut Reader<'t>,
}

impl Decode<'_, '_, '_> {
    fn key<T>(
        &mut self,
        name: &'static str,
        decode: impl Fn(&mut Reader, &Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.fields.take(name)?;
        decode(self.reader, node)
    }
}

/// A selector, or a selector with the text that the element holds.
fn target(reader: &mut Reader, node: &Node) -> Option<Target> {
    const EXPECTED: &str = "a CSS selector, or `{ css: …, text: … }`";
    let Content::Mapping(_) = node.content else {
        let css = selector(reader, node)?;
        return Some(Target { css, text: None });
    };
    let mut fields = Fields::of(node, EXPECTED, reader)?;
    let css = fields.require("css", "\"[data-fv=share]\"", reader);
    let css = css.and_then(|node| selector(reader, node));
    let text = fields
        .take("text")
        .and_then(|node| reader.text(node, "text"));
    fields.finish(reader);
    Some(Target {
        css: css?,
        text: text.map(str::to_owned),
    })
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
    let on = fields.require("on", "click", reader);
    let later = ["change", "submit", "page", "milestone"];
    let on = on.and_then(|node| choice_or_later(reader, node, "what moves on", TRIGGERS, &later));
    for (name, trigger) in [("event", Trigger::Event), ("page", Trigger::Route)] {
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
];

fn actions_of(reader: &mut Reader, node: &Node) -> Option<Vec<Action>> {
    let nodes = reader.list(
        node,
        "a list of buttons such as `[ { label: Done, do: complete } ]`",
    )?;
    reader.each(nodes, action)
}

fn action(reader: &mut Reader, node: &Node) -> Option<Action> {
    let mut fields = Fields::of(
        node,
        "a button such as `{ label: Done, do: complete }`",
        reader,
    )?;
    let label = fields.require("label", "Done", reader);
    let label = label.and_then(|node| text(reader, node));
    let effect = fields.require("do", "complete", reader);
    let later = ["snooze", "open", "track", "link"];
    let effect = effect
        .and_then(|node| choice_or_later(reader, node, "what the button does", EFFECTS, &later));
    let guide = if effect == Some(Effect::Start) {
        fields.require("guide", "first-steps", reader)
    } else {
        let belongs = "it goes with `do: start`, and says which guide that starts";
        fields.misplaced("guide", belongs, reader);
        None
    };
    let guide = guide.and_then(|node| named(reader, node, Kind::Guide));
    fields.finish(reader);
    Some(Action {
        label: label?,
        effect: effect?,
        guide,
    })
}

pub(super) const EFFECTS: &[(&str, Effect)] = &[
    ("next", Effect::Next),
    ("back", Effect::Back),
    ("complete", Effect::Complete),
    ("dismiss", Effect::Dismiss),
    ("start", Effect::Start),
];
