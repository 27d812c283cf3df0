//! Where steps lead, by branches and by buttons.

use super::step_id;
use crate::guide::{Branch, Effect, Step};
use crate::source::choice::choice;
use crate::source::condition::condition;
use crate::source::fields::Fields;
use crate::source::nearest;
use crate::source::node::{Node, shortened};
use crate::source::reader::Reader;

/// What a branch does that leads to no step.
const ENDS: &[(&str, ())] = &[("complete", ())];

/// Branches such as `[ { when: { milestone: activated }, to: sharing }, { do: complete } ]`.
pub(super) fn branches(reader: &mut Reader, node: &Node) -> Option<Vec<Branch>> {
    const EXAMPLE: &str = "[ { when: { milestone: activated }, to: sharing } ]";
    let nodes = reader.list(node, &format!("a list of branches such as `{EXAMPLE}`"))?;
    if nodes.is_empty() {
        let error = reader.error("invalid-value", node.span, "this leads nowhere");
        error.help(format!("write for example `next: {EXAMPLE}`"));
    }
    let branches = reader.each(nodes, branch)?;
    let open = branches.iter().position(|branch| branch.when.is_none());
    if let Some(open) = open
        && let (Some(before), Some(after)) = (nodes.get(open), nodes.get(open + 1))
    {
        let message = "this branch is never taken: the one before always is";
        let warning = reader.warning("unreachable-branch", after.span, message);
        warning.see(before.span, "the one before");
        warning.help("give that one a `when`, or put it last");
    }
    Some(branches)
}

fn branch(reader: &mut Reader, node: &Node) -> Option<Branch> {
    let expected = "a branch such as `{ when: { milestone: activated }, to: sharing }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let when = fields.take("when").map(|node| condition(reader, node));
    let to = match node.get("do") {
        Some(node) => {
            fields.take("do");
            choice(reader, node, "what the branch does", ENDS);
            let belongs = "a branch leads `to` a step, or completes the guide";
            fields.misplaced("to", belongs, reader);
            None
        }
        None => {
            let to = fields.require("to", "sharing", reader);
            Some(to.and_then(|node| step_id(reader, node)))
        }
    };
    fields.finish(reader);
    // What is there and cannot be read was reported, and leaves no branch.
    let when = when.map_or(Some(None), |when| when.map(Some))?;
    let to = to.map_or(Some(None), |to| to.map(Some))?;
    Some(Branch {
        to,
        rule: None,
        when,
    })
}

/// Notes steps that have one name, and what leads to none.
pub(super) fn destinations(reader: &mut Reader, steps: &[Step], nodes: &[Node]) {
    let mut known: Vec<&str> = Vec::new();
    for (step, node) in steps.iter().zip(nodes) {
        let Some(id) = step.id.as_deref() else {
            continue;
        };
        if known.contains(&id) {
            let message = format!("two steps have the name `{}`", shortened(id));
            let span = node.get("id").map_or(node.span, |node| node.span);
            let error = reader.error("duplicate-key", span, message);
            error.help("give each step a name of its own");
        }
        known.push(id);
    }
    let mut lead = |to: &str, node: &Node, key: &str| {
        if known.contains(&to) {
            return;
        }
        let message = format!("no step of this guide has the name `{}`", shortened(to));
        let span = node.get(key).map_or(node.span, |node| node.span);
        let hint = nearest::hint(to, known.iter().copied());
        let error = reader.error("unknown-step", span, message);
        error.help(hint.unwrap_or_else(|| format!("give one `id: {}`", shortened(to))));
    };
    for (step, node) in steps.iter().zip(nodes) {
        let listed = |key| node.get(key).map_or(&[][..], Node::elements);
        for (branch, node) in step.next.iter().zip(listed("next")) {
            if let Some(to) = &branch.to {
                lead(to, node, "to");
            }
        }
        for (action, node) in step.actions.iter().zip(listed("actions")) {
            if let (Effect::GoTo, Some(to)) = (action.effect, &action.with) {
                lead(to, node, "step");
            }
        }
    }
}
