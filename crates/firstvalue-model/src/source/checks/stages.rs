//! Stages that nobody is ever in, since a later one holds whenever they do.

use crate::Playbook;
use crate::playbook::Per;
use crate::source::logic::Logic;
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook, logic: &Logic) {
    let Some(section) = document.get("stages") else {
        return;
    };
    for (place, stage) in playbook.stages.iter().enumerate() {
        if logic.never(&stage.when, Per::User) {
            continue;
        }
        let later = playbook
            .stages
            .iter()
            .skip(place + 1)
            .find(|later| logic.follows(&[&stage.when], &later.when, Per::User));
        let (Some(later), Some((key, _))) = (later, section.entry(&stage.id)) else {
            continue;
        };
        let message = format!(
            "nobody is ever in this stage: whenever it holds, the later stage `{}` does",
            later.id
        );
        let warning = reader.warning("outdone", key.span, message);
        if let Some((key, _)) = section.entry(&later.id) {
            warning.see(key.span, "the later stage");
        }
        warning.help("the last stage that holds is the user's; put those that take more below");
    }
}
