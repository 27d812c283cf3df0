//! What steps of each kind of guide have, and what they do not.

use crate::guide::{Advance, GuideKind, Interaction, Missing, Placement, Step};
use crate::source::guide::KINDS;
use crate::source::node::Node;
use crate::source::reader::Reader;

/// How a step of this kind stands to an element of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pointing {
    /// It points at one.
    Always,
    /// It points at one, or is in the middle.
    Perhaps,
    /// It lies beside one, or along an edge of the page.
    Beside,
    /// It is in a corner.
    Corner,
    /// It is in the middle.
    Never,
}

fn pointing(kind: GuideKind) -> Pointing {
    match kind {
        GuideKind::Tooltip | GuideKind::Hotspot => Pointing::Always,
        GuideKind::Tour => Pointing::Perhaps,
        GuideKind::Banner => Pointing::Beside,
        GuideKind::Slideout | GuideKind::Survey => Pointing::Corner,
        // Those that stand on the page have no steps.
        GuideKind::Modal
        | GuideKind::Checklist
        | GuideKind::Announcement
        | GuideKind::ResourceCenter
        | GuideKind::ValueReport => Pointing::Never,
    }
}

fn name(kind: GuideKind) -> &'static str {
    let found = KINDS.iter().find(|(_, known)| *known == kind);
    found.map_or("guide", |(name, _)| name)
}

/// Notes a second step where there can only be one.
pub(super) fn count(reader: &mut Reader, nodes: &[Node], kind: GuideKind) {
    let alone = matches!(
        kind,
        GuideKind::Tooltip | GuideKind::Hotspot | GuideKind::Banner
    );
    if let (true, [_, second, ..]) = (alone, nodes) {
        let message = format!("a {} has one step", name(kind));
        let error = reader.error("guide-kind", second.span, message);
        error.help("for several steps use a `tour`, or a `modal` if there is nothing to point at");
    }
}

/// Notes what does not go together.
pub(super) fn check(reader: &mut Reader, node: &Node, kind: GuideKind, step: &Step) {
    let mut refuse = |node: &Node, message: &str, help: &str| {
        reader.error("guide-kind", node.span, message).help(help);
    };
    let written = |key| node.get(key);
    let name = name(kind);
    match (pointing(kind), written("target")) {
        (Pointing::Always, None) => {
            let help = "say where it points: `target: \"[data-fv=share]\"`";
            refuse(node, &format!("a {name} needs a target"), help);
        }
        (Pointing::Never | Pointing::Corner, Some(target)) => {
            let help = "remove it, or make the guide a `tour` or a `tooltip`";
            refuse(target, &format!("a {name} points at nothing"), help);
        }
        _ => {}
    }
    if let Some(node) = written("placement") {
        let (fits, message, help) = fitting(kind, step.placement, written("target"));
        if !fits {
            refuse(node, message, help);
        }
    } else if let (Pointing::Beside, Some(target)) = (pointing(kind), written("target")) {
        let help = "write `placement: before` or `placement: after`, or make the guide a `tooltip`";
        refuse(target, "a banner points at nothing", help);
    }
    if let Some(node) = written("advance") {
        let acts_on_target = matches!(step.advance, Some(Advance::Click | Advance::Input));
        if matches!(kind, GuideKind::Survey | GuideKind::Checklist) {
            refuse(
                node,
                &format!("a {name} moves on by itself"),
                "remove `advance`",
            );
        } else if acts_on_target && written("target").is_none() {
            let help = "remove `advance`, or give the step a `target`";
            refuse(node, "there is no target that could be used", help);
        }
    }
    with_target(reader, node, kind, step);
    leading(reader, node, kind);
    let mut refuse = |node: &Node, message: &str, help: &str| {
        reader.error("guide-kind", node.span, message).help(help);
    };
    for key in ["ask", "if"] {
        if let Some(node) = written(key).filter(|_| kind != GuideKind::Survey) {
            refuse(
                node,
                "only a survey asks questions",
                "make the guide a `survey`",
            );
        }
    }
    match (kind, written("done")) {
        (GuideKind::Checklist, None) => {
            let help = "write `done:` and the id of the milestone by which it is done";
            refuse(node, "this task is never done", help);
        }
        (GuideKind::Checklist, Some(_)) if written("title").is_none() => {
            refuse(
                node,
                "a task needs a title",
                "write for example `title: Create a report`",
            );
        }
        (GuideKind::Checklist, Some(_)) | (_, None) => {}
        (_, Some(done)) => {
            refuse(
                done,
                "only tasks of a checklist are done",
                "make the guide a `checklist`",
            );
        }
    }
}

/// Notes ways on where the kind has none.
fn leading(reader: &mut Reader, node: &Node, kind: GuideKind) {
    use GuideKind::{Modal, Slideout, Survey, Tour};
    if matches!(kind, Tour | Modal | Slideout) {
        return;
    }
    let name = name(kind);
    if let Some(node) = node.get("next") {
        let help = match kind {
            Survey => "write `if` in the questions that depend on earlier answers",
            _ => "remove `next`",
        };
        let message = format!("the steps of a {name} do not branch");
        reader.error("guide-kind", node.span, message).help(help);
    }
    if let Some(node) = node.get("path") {
        let message = format!("a {name} takes nobody to another page");
        let error = reader.error("guide-kind", node.span, message);
        error.help(
            "say by `page` of the guide where it is shown, or give it a button that does `link`",
        );
    }
}

/// Notes what is said of a target that is not there, or cannot be meant of it.
fn with_target(reader: &mut Reader, node: &Node, kind: GuideKind, step: &Step) {
    let mut refuse = |node: &Node, message: &str, help: &str| {
        reader.error("guide-kind", node.span, message).help(help);
    };
    let used = matches!(step.advance, Some(Advance::Click | Advance::Input));
    let alone = matches!(kind, GuideKind::Tooltip | GuideKind::Hotspot);
    for key in ["wait", "missing", "interaction"] {
        let Some(written) = node.get(key) else {
            continue;
        };
        if node.get("target").is_none() {
            let help = format!("remove `{key}`, or give the step a `target`");
            refuse(written, "this step has no target", &help);
        } else if pointing(kind) == Pointing::Beside && key != "wait" {
            let help = format!("remove `{key}`, or make the guide a `tooltip`");
            refuse(written, "a banner points at nothing", &help);
        } else if key == "wait" && step.missing == Missing::Hold {
            let help = "remove `wait`, or say what comes after it: `missing: skip`";
            refuse(written, "`missing: hold` waits as long as it takes", help);
        } else if key == "missing" && step.missing == Missing::Skip && alone {
            let help = "use `end`, `middle` or `hold`";
            refuse(written, "there is no other step to go on with", help);
        } else if key == "interaction" && used && step.interaction != Interaction::Allow {
            let help = "remove `interaction`, or remove `advance`";
            refuse(written, "using the target moves this step on", help);
        }
    }
}

/// Whether a placement suits a kind of guide; if it does not, what to say and what to do.
fn fitting(
    kind: GuideKind,
    placement: Option<Placement>,
    target: Option<&Node>,
) -> (bool, &'static str, &'static str) {
    use Placement::{After, Before, Bottom, Left, Right, Top};
    let help = "use one of them";
    // What could not be read has been said already.
    let is = |placements: &[Placement]| placement.is_none_or(|it| placements.contains(&it));
    match (pointing(kind), target) {
        (Pointing::Beside, None) => (
            is(&[Top, Bottom]),
            "a banner lies along the `top` or the `bottom`",
            help,
        ),
        (Pointing::Beside, Some(_)) => (
            is(&[Before, After]),
            "a banner with a target lies `before` or `after` it",
            help,
        ),
        (Pointing::Corner, _) => (
            is(&[Left, Right]),
            "it is in the corner at the `left` or the `right`",
            help,
        ),
        (Pointing::Never, _) if kind == GuideKind::Checklist => (
            false,
            "a checklist is always in its corner",
            "remove `placement`",
        ),
        (Pointing::Never, _) => (
            false,
            "a modal is always in the middle",
            "remove `placement`",
        ),
        (Pointing::Perhaps, None) => (
            false,
            "without a target a step is in the middle",
            "remove it, or give the step a `target`",
        ),
        (Pointing::Always | Pointing::Perhaps, _) => (
            is(&[Top, Right, Bottom, Left]),
            "a step is at a side of its target",
            "use `top`, `right`, `bottom` or `left`",
        ),
    }
}
