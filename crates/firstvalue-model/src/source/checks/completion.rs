//! Steps that are never reached, buttons that do nothing, and guides that are never completed.
//!
//! Every guide can be sent away, by its close button and by Escape, so nobody is ever held in one.

use crate::Playbook;
use crate::guide::{Effect, Guide, GuideKind, Step, Until};
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let Some(guide) = playbook.guides.get(&key.text) else {
            continue;
        };
        if guide.content.kind.stands() {
            continue;
        }
        let steps = node.get("steps").map_or(&[][..], Node::elements);
        useless_back(reader, guide, steps);
        let stuck = stuck(guide);
        let after = stuck.and_then(|stuck| Some((steps.get(stuck)?, steps.get(stuck + 1)?)));
        if let Some((before, step)) = after {
            let message = "this step is never reached: nothing in the one before leads on";
            let warning = reader.warning("unreachable-step", step.span, message);
            warning.see(before.span, "the step before");
            warning.help("give that step a button that does `next`, or `advance: { on: click }`");
        } else if guide.frequency.until == Until::Completed && !is_possible(guide) {
            let until = node
                .get("frequency")
                .and_then(|frequency| frequency.get("until"));
            let span = until.map_or(key.span, |node| node.span);
            let message = "nothing in this guide completes it, so it never ends for good";
            let warning = reader.warning("never-completed", span, message);
            warning.help(
                "give its last step a button that does `complete`, or write `until: dismissed`",
            );
        }
    }
}

/// Reports buttons of the first step that lead back.
fn useless_back(reader: &mut Reader, guide: &Guide, nodes: &[Node]) {
    let (Some(step), Some(node)) = (guide.content.steps.first(), nodes.first()) else {
        return;
    };
    let actions = node.get("actions").map_or(&[][..], Node::elements);
    let back = step.actions.iter().zip(actions);
    for (_, node) in back.filter(|(action, _)| action.effect == Effect::Back) {
        let span = node.get("do").map_or(node.span, |node| node.span);
        let warning = reader.warning("useless-button", span, "there is no step before the first");
        warning.help("remove the button, or let it do `dismiss`");
    }
}

/// Whether a step leads on to the next one, or on the last to the end.
fn leads_on(guide: &Guide, step: &Step) -> bool {
    let usual = guide.content.kind != GuideKind::Banner || guide.content.steps.len() > 1;
    // A task is done by its milestone, whatever its buttons do; an answer leads on.
    step.done.is_some()
        || step.ask.is_some()
        || step.advance.is_some()
        || step.actions.iter().any(|action| action.effect.moves_on())
        || (step.actions.is_empty() && usual)
}

/// The place of the first step that does not lead on; none where buttons go from step to step as they
/// like.
fn stuck(guide: &Guide) -> Option<usize> {
    let steps = &guide.content.steps;
    let mut actions = steps.iter().flat_map(|step| &step.actions);
    if actions.any(|action| action.effect == Effect::GoTo) {
        return None;
    }
    steps.iter().position(|step| !leads_on(guide, step))
}

/// Whether anything in a guide follows it to its end.
pub(super) fn is_possible(guide: &Guide) -> bool {
    // What stands on the page has no end.
    if guide.content.kind.stands() {
        return false;
    }
    let completes = |step: &Step| {
        step.actions
            .iter()
            .any(|action| matches!(action.effect, Effect::Complete | Effect::Start))
    };
    match stuck(guide) {
        None => true,
        Some(last) => guide.content.steps.iter().take(last + 1).any(completes),
    }
}
