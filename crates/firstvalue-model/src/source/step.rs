//! The steps of a guide.

use super::choice::{choice, choice_or_later};
use super::fields::Fields;
use super::node::{Content, Node};
use super::reader::Reader;
use super::selector::selector;
use super::text::text;
use crate::guide::{Action, Advance, AdvanceTrigger, Effect, GuideKind, Placement, Step, Target};

/// The steps, if they suit the kind of guide.
pub(super) fn steps(
    reader: &mut Reader,
    node: &Node,
    kind: Option<GuideKind>,
) -> Option<Vec<Step>> {
    let nodes = reader.list(node, "a list of steps such as `[ { title: Welcome } ]`")?;
    let alone = match kind {
        Some(GuideKind::Tooltip) => Some("tooltip"),
        Some(GuideKind::Banner) => Some("banner"),
        _ => None,
    };
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "a guide has at least one step");
        error.help("write for example `steps: [ { title: Welcome } ]`");
    } else if let (Some(kind), [_, second, ..]) = (alone, nodes) {
        let error = reader.error("guide-kind", second.span, format!("a {kind} has one step"));
        error.help("for several steps use a `tour`, or a `modal` if there is nothing to point at");
    }
    reader.each(nodes, |reader, node| step(reader, node, kind))
}

fn step(reader: &mut Reader, node: &Node, kind: Option<GuideKind>) -> Option<Step> {
    let mut fields = Fields::of(node, "a step such as `{ title: Welcome }`", reader)?;
    let written = Written {
        step: node,
        target: fields.take("target"),
        placement: fields.take("placement"),
        advance: fields.take("advance"),
    };
    let title = fields.take("title");
    let body = fields.take("body");
    if title.is_none() && body.is_none() {
        let error = reader.error("missing-key", node.span, "this step says nothing");
        error.help("give it a `title`, a `body` or both");
    }
    let actions = fields.take("actions");
    let step = Step {
        target: written.target.and_then(|node| target(reader, node)),
        title: title.and_then(|node| text(reader, node)),
        body: body.and_then(|node| text(reader, node)),
        placement: written.placement.and_then(|node| placement(reader, node)),
        advance: written.advance.and_then(|node| advance(reader, node)),
        actions: actions
            .and_then(|node| actions_of(reader, node))
            .unwrap_or_default(),
    };
    fields.finish(reader);
    written.suits(reader, kind, step.placement);
    Some(step)
}

/// The parts of a step that not every kind of guide has.
struct Written<'n> {
    step: &'n Node,
    target: Option<&'n Node>,
    placement: Option<&'n Node>,
    advance: Option<&'n Node>,
}

impl Written<'_> {
    /// Notes what does not go together.
    fn suits(&self, reader: &mut Reader, kind: Option<GuideKind>, placement: Option<Placement>) {
        let mut refuse = |node: &Node, message: &str, help: &str| {
            reader.error("guide-kind", node.span, message).help(help);
        };
        match (kind, self.target) {
            (Some(GuideKind::Tooltip), None) => {
                let help = "say where it points: `target: \"[data-fv=share]\"`";
                refuse(self.step, "a tooltip needs a target", help);
            }
            (Some(GuideKind::Modal), Some(target)) => {
                let help = "remove it, or make the guide a `tour` or a `tooltip`";
                refuse(target, "a modal points at nothing", help);
            }
            (Some(GuideKind::Banner), Some(target)) => {
                let help = "remove it, or make the guide a `tooltip`";
                refuse(target, "a banner points at nothing", help);
            }
            _ => {}
        }
        if let Some(node) = self.placement {
            let on_edge = matches!(placement, None | Some(Placement::Top | Placement::Bottom));
            match kind {
                Some(GuideKind::Banner) if on_edge => {}
                Some(GuideKind::Banner) => {
                    refuse(
                        node,
                        "a banner lies along the `top` or the `bottom`",
                        "use one of them",
                    );
                }
                Some(GuideKind::Modal) => {
                    refuse(
                        node,
                        "a modal is always in the middle",
                        "remove `placement`",
                    );
                }
                _ if self.target.is_none() => {
                    let help = "remove it, or give the step a `target`";
                    refuse(node, "without a target a step is in the middle", help);
                }
                _ => {}
            }
        }
        if let (Some(node), None) = (self.advance, self.target) {
            let help = "remove `advance`, or give the step a `target`";
            refuse(node, "there is no target that could be clicked", help);
        }
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
];

fn advance(reader: &mut Reader, node: &Node) -> Option<Advance> {
    let mut fields = Fields::of(node, "a mapping such as `{ on: click }`", reader)?;
    let on = fields.require("on", "click", reader);
    let later = [
        "input",
        "change",
        "submit",
        "event",
        "route",
        "page",
        "milestone",
    ];
    let on = on.and_then(|node| choice_or_later(reader, node, "what moves on", TRIGGERS, &later));
    fields.finish(reader);
    Some(Advance { on: on? })
}

pub(super) const TRIGGERS: &[(&str, AdvanceTrigger)] = &[("click", AdvanceTrigger::Click)];

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
    let later = ["snooze", "open", "start", "track", "link"];
    let effect = effect
        .and_then(|node| choice_or_later(reader, node, "what the button does", EFFECTS, &later));
    fields.finish(reader);
    Some(Action {
        label: label?,
        effect: effect?,
    })
}

pub(super) const EFFECTS: &[(&str, Effect)] = &[
    ("next", Effect::Next),
    ("back", Effect::Back),
    ("complete", Effect::Complete),
    ("dismiss", Effect::Dismiss),
];
