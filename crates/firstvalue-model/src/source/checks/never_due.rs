//! Guides that never start by themselves though nothing in their `when` is wrong by itself: their
//! audience, their page or their priority stands in the way.

use crate::Playbook;
use crate::condition::Condition;
use crate::guide::{Guide, Until};
use crate::playbook::Per;
use crate::source::logic::{self, Logic};
use crate::source::node::Node;
use crate::source::reader::Reader;

/// The most guides that are compared with each other, which takes their square.
const MOST_GUIDES: usize = 200;

pub(super) fn check(
    reader: &mut Reader,
    document: &Node,
    playbook: &Playbook,
    [logic, due]: [&Logic; 2],
) {
    let guides = document.get("guides").map_or(&[][..], Node::entries);
    for (key, node) in guides {
        let Some(guide) = playbook.guides.get(&key.text) else {
            continue;
        };
        let excluded = excluded(reader, node, guide, playbook, [logic, due]);
        if !excluded && !due.is_never_due(&key.text) && guides.len() <= MOST_GUIDES {
            outdone(reader, document, &key.text, guide, playbook, logic);
        }
    }
}

/// Reports what in a guide excludes something else in it.
fn excluded(
    reader: &mut Reader,
    node: &Node,
    guide: &Guide,
    playbook: &Playbook,
    [logic, due]: [&Logic; 2],
) -> bool {
    let possible = |condition: &&Condition| !due.never(condition, Per::User);
    let audience = guide.audience.as_ref();
    let declared = audience.and_then(|id| playbook.audiences.get(id));
    if let (Some(id), Some(_), None) = (audience, declared, declared.filter(possible)) {
        if let (Some(at), true) = (node.get("audience"), guide.when.is_some()) {
            let message = format!("nobody is ever in the audience `{id}`");
            let warning = reader.warning("unreachable", at.span, message);
            warning.help("so this guide never starts by itself; put right what the audience says");
        }
        return true;
    }
    let Some(when) = guide.when.as_ref().filter(possible) else {
        return false;
    };
    let Some(at) = node.get("when") else {
        return false;
    };
    if let Some(audience) = declared
        && logic.exclude(&[when, audience], Per::User)
    {
        let message = "this never holds of anybody in the guide's audience";
        let error = reader.error("never-due", at.span, message);
        if let Some(audience) = node.get("audience") {
            error.see(audience.span, "the audience");
        }
        error.help("put one of the two right; a guide is due where both hold");
        return true;
    }
    let on_page = guide.page.clone().map(Condition::Page);
    if let Some(on_page) = &on_page
        && logic.exclude(&[when, on_page], Per::User)
    {
        let error = reader.error("never-due", at.span, "this never holds on the guide's page");
        if let Some(page) = node.get("page") {
            error.see(page.span, "the page");
        }
        error.help("put one of the two right; a guide is due where both hold");
        return true;
    }
    false
}

/// Reports that whenever a guide could start another one does, again and again.
///
/// Between two that are due the priority decides, then the id. One that is always due with the
/// other, may always start again, and cannot fail for want of a target leaves the other no turn.
fn outdone(
    reader: &mut Reader,
    document: &Node,
    id: &str,
    guide: &Guide,
    playbook: &Playbook,
    logic: &Logic,
) {
    let own: Vec<&Condition> = conditions(guide, playbook);
    if guide.when.is_none() {
        return;
    }
    let wins = |other_id: &str, other: &Guide| {
        let first =
            (other.priority, std::cmp::Reverse(other_id)) > (guide.priority, std::cmp::Reverse(id));
        let page = match (&other.page, &guide.page) {
            (None, _) => true,
            (Some(other), Some(own)) => logic::covers(other, own),
            (Some(_), None) => false,
        };
        let due_too = || {
            conditions(other, playbook)
                .into_iter()
                .all(|condition| logic.follows(&own, condition, Per::User))
        };
        other_id != id && first && page && is_tireless(other) && due_too()
    };
    let winner = playbook.guides.iter().find(|(id, other)| wins(id, other));
    let Some((winner, _)) = winner else {
        return;
    };
    let guides = document.get("guides");
    let at = guides.and_then(|guides| guides.get(id)?.get("when"));
    let Some(at) = at else { return };
    let message = format!("whenever this holds, the guide `{winner}` is due too and comes first");
    let warning = reader.warning("outdone", at.span, message);
    if let Some((key, _)) = guides.and_then(|guides| guides.entry(winner)) {
        warning.see(key.span, "it starts again as often as it is due");
    }
    warning.help("give this one the higher `priority`, or that one a `limit` in its `frequency`");
}

/// What must hold for a guide to be due, its page aside.
fn conditions<'a>(guide: &'a Guide, playbook: &'a Playbook) -> Vec<&'a Condition> {
    let audience = guide.audience.as_ref();
    let audience = audience.and_then(|id| playbook.audiences.get(id));
    guide.when.iter().chain(audience).collect()
}

/// Whether a guide starts whenever it is due, however often it did.
fn is_tireless(guide: &Guide) -> bool {
    let frequency = &guide.frequency;
    guide.when.is_some()
        && frequency.limit.is_none()
        && frequency.every.is_none()
        && frequency.until == Until::Never
        && guide.content.steps.iter().all(|step| step.target.is_none())
}
