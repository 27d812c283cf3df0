//! Steps of surveys that are shown after an answer which nobody can give.

use std::collections::BTreeMap;

use crate::Playbook;
use crate::guide::Question;
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let Some(guide) = playbook.guides.get(&key.text) else {
            continue;
        };
        let steps = &guide.content.steps;
        let asked = steps.iter().filter_map(|step| step.ask.as_ref());
        let asked: BTreeMap<&str, &Question> = asked.map(|ask| (&*ask.id, ask)).collect();
        let nodes = node.get("steps").map_or(&[][..], Node::elements);
        for (step, node) in steps.iter().zip(nodes) {
            for earlier in &step.only_if {
                let name = &earlier.question;
                let question = asked.get(name.as_str());
                let scale = question.and_then(|question| question.form.scale());
                let (Some((least, most)), Some(is)) = (scale, &earlier.is) else {
                    continue;
                };
                let node = node.get("if").and_then(|node| node.get(name));
                let Some(node) = node.filter(|_| !(least..=most).any(|n| is.holds(n.into())))
                else {
                    continue;
                };
                let message =
                    format!("this never holds: answers to `{name}` go from {least} to {most}");
                let error = reader.error("never-holds", node.span, message);
                error.help("compare with numbers that can be answered, such as `{ lte: 3 }`");
            }
        }
    }
}
