//! Steps that are never reached or lead nowhere, buttons that do nothing, and guides that are never completed.
//!
//! Every guide can be sent away, by its close button and by Escape, so nobody is ever held in one.

mod ways;

use crate::Playbook;
use crate::guide::{Effect, Guide, Step, Until};
use crate::source::node::Node;
use crate::source::reader::Reader;
use ways::{Ways, leads_on};

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
        let Some(ways) = Ways::of(guide) else {
            continue;
        };
        if unreached(reader, guide, steps, &ways) || dead_end(reader, steps, &ways) {
            continue;
        }
        if guide.frequency.until == Until::Completed && !is_possible(guide) {
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

/// Reports the first of all steps in a row to which no way leads; whether there are any.
fn unreached(reader: &mut Reader, guide: &Guide, nodes: &[Node], ways: &Ways) -> bool {
    let mut any = false;
    let reached = ways.reached();
    let pairs = reached.windows(2).zip(nodes.windows(2));
    for (before, (reached, nodes)) in guide.content.steps.iter().zip(pairs) {
        let ([true, false], [node_before, node]) = (reached, nodes) else {
            continue;
        };
        any = true;
        let (message, help) = if leads_on(guide, before) {
            (
                "this step is never reached: the one before leads elsewhere, and no other leads here",
                "lead here by a branch or a button, or remove the step",
            )
        } else {
            (
                "this step is never reached: nothing in the one before leads on",
                "give that step a button that does `next`, or `advance: { on: click }`",
            )
        };
        let warning = reader.warning("unreachable-step", node.span, message);
        warning.see(node_before.span, "the step before");
        warning.help(help);
    }
    any
}

/// Reports the first step from which no way leads to an end; whether there is one.
fn dead_end(reader: &mut Reader, nodes: &[Node], ways: &Ways) -> bool {
    let (reached, ending) = (ways.reached(), ways.ending());
    let mut all = nodes.iter().zip(reached.iter().zip(&ending));
    let found = all.find(|(_, state)| matches!(state, (true, false)));
    // One step alone is closed.
    let Some((node, _)) = found.filter(|_| nodes.len() > 1) else {
        return false;
    };
    let message = "from this step no way leads to an end: the guide can only be sent away";
    let warning = reader.warning("dead-end", node.span, message);
    warning.help("lead on to a step after it, or give it a button that does `complete`");
    true
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
    let Some(ways) = Ways::of(guide) else {
        return true;
    };
    let reached = ways.reached();
    let mut steps = guide.content.steps.iter().zip(&reached);
    reached.last() == Some(&true) || steps.any(|(step, reached)| *reached && completes(step))
}
