//! Properties of the events that Firstvalue itself records, compared with what they never are.

use crate::message::{OUTCOME_RECORDED, PAGE_VIEWED, guide_event};
use crate::source::nearest;
use crate::source::node::{Content, Node};
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node) {
    look(reader, document, document);
}

fn look(reader: &mut Reader, document: &Node, node: &Node) {
    match &node.content {
        Content::List(nodes) => nodes.iter().for_each(|node| look(reader, document, node)),
        Content::Mapping(entries) => {
            let event = node.get("event").and_then(Node::as_text);
            if let (Some(event), Some(query)) = (event, node.get("where")) {
                of_event(reader, document, event, query);
            }
            for (key, node) in entries {
                // What stands there are names of the host's.
                if !matches!(key.text.as_str(), "user" | "account" | "where") {
                    look(reader, document, node);
                }
            }
        }
        _ => {}
    }
}

fn of_event(reader: &mut Reader, document: &Node, event: &str, query: &Node) {
    let is_of_guide = event.starts_with("guide.");
    for (key, node) in query.entries() {
        match key.text.as_str() {
            "guide" if is_of_guide => id(reader, document.get("guides"), node),
            "outcome" if event == OUTCOME_RECORDED => id(reader, document.get("outcomes"), node),
            "path" if event == PAGE_VIEWED => path(reader, node),
            "answer" if event == guide_event::ANSWERED => answer(reader, node),
            _ => {}
        }
    }
}

/// One that is not declared and near to none may have been, or be a fragment of another playbook.
fn id(reader: &mut Reader, declared: Option<&Node>, node: &Node) {
    let declared = declared.map_or(&[][..], Node::entries).iter();
    let declared: Vec<&str> = declared.map(|(key, _)| key.text.as_str()).collect();
    let Some(id) = node.as_text().filter(|id| !declared.contains(id)) else {
        return;
    };
    if let Some(meant) = nearest::nearest(id, declared) {
        let message = format!("the playbook does not have `{id}`");
        let warning = reader.warning("own-event", node.span, message);
        warning.help(format!("did you mean `{meant}`?"));
    }
}

fn path(reader: &mut Reader, node: &Node) {
    if node.as_text().is_some_and(|path| path.contains('*')) {
        let message = "this asks for a path with a `*` in it: only `page` is a pattern";
        let warning = reader.warning("own-event", node.span, message);
        warning.help("write a regular expression, such as `{ $regex: \"^/reports/\" }`");
    }
}

/// Answers that have an order are numbers.
fn answer(reader: &mut Reader, node: &Node) {
    for (key, node) in node.entries() {
        let is_order = matches!(key.text.as_str(), "$gt" | "$gte" | "$lt" | "$lte");
        let is_number = |text: &str| text.parse::<f64>().is_ok();
        if is_order && node.as_text().is_some_and(is_number) {
            let message = "this is text, and answers on a scale are numbers";
            let warning = reader.warning("own-event", node.span, message);
            warning.help("leave out the quotes: nothing is converted by a query");
        }
    }
}
