//! Texts that lack a language which others have.

use std::collections::BTreeSet;

use crate::Playbook;
use crate::guide::{GuideKind, Panel, Text};
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    let texts = texts(document, playbook);
    let languages: BTreeSet<&str> = texts
        .iter()
        .flat_map(|(text, _)| text.0.keys())
        .map(String::as_str)
        .filter(|language| !language.is_empty())
        .collect();
    // What has no language is in the only one there is.
    if languages.len() < 2 {
        return;
    }
    let each: Vec<String> = languages
        .iter()
        .map(|language| format!("{language}: …"))
        .collect();
    let help = format!("write it in each language: `{{ {} }}`", each.join(", "));
    for (text, node) in texts {
        // As a browser chooses: a language stands for all its regions.
        let lacks = |language: &&&str| {
            let general = language.split('-').next().unwrap_or_default();
            !text.0.contains_key(**language) && !text.0.contains_key(general)
        };
        let lacking: Vec<String> = languages
            .iter()
            .filter(lacks)
            .map(|language| format!("`{language}`"))
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let lacking = lacking.join(", ");
        let message = if text.0.contains_key("") {
            format!("this text is in no language, while others are in {lacking}")
        } else {
            format!("this text is not translated into {lacking}")
        };
        reader
            .warning("translation", node.span, message)
            .help(help.clone());
    }
}

/// All texts that end users read, and where they stand.
fn texts<'a>(document: &'a Node, playbook: &'a Playbook) -> Vec<(&'a Text, &'a Node)> {
    let mut texts = Vec::new();
    let is_shown = is_reported(playbook);
    for (key, node) in document.get("outcomes").map_or(&[][..], Node::entries) {
        let outcome = playbook.outcomes.get(&key.text);
        if let Some(outcome) = outcome.filter(|_| is_shown(&key.text)) {
            texts.extend(node.get("title").map(|node| (&outcome.title, node)));
            texts.extend(outcome.unit.as_ref().zip(node.get("unit")));
        }
    }
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let Some(guide) = playbook.guides.get(&key.text) else {
            continue;
        };
        let nodes = node.get("steps").map_or(&[][..], Node::elements);
        texts.extend(guide.content.title.as_ref().zip(node.get("title")));
        if let Some(panel) = &guide.content.panel {
            of_panel(panel, node, &mut texts);
        }
        for (step, node) in guide.content.steps.iter().zip(nodes) {
            let mut add = |text: Option<&'a Text>, node: Option<&'a Node>| {
                texts.extend(text.zip(node));
            };
            if let (Some(question), Some(node)) = (&step.ask, node.get("ask")) {
                add(question.low.as_ref(), node.get("low"));
                add(question.high.as_ref(), node.get("high"));
                let nodes = node.get("options").map_or(&[][..], Node::entries);
                for (option, (_, node)) in question.options.iter().zip(nodes) {
                    add(Some(&option.label), Some(node));
                }
            }
            add(step.title.as_ref(), node.get("title"));
            add(step.body.as_ref(), node.get("body"));
            let actions = node.get("actions").map_or(&[][..], Node::elements);
            for (action, node) in step.actions.iter().zip(actions) {
                add(Some(&action.label), node.get("label"));
            }
        }
    }
    texts
}

/// Which outcomes are in a value report: of the others only the product team reads.
fn is_reported(playbook: &Playbook) -> impl Fn(&str) -> bool {
    let guides = playbook.guides.values().map(|guide| &guide.content);
    let reports = guides.filter(|content| content.kind == GuideKind::ValueReport);
    let shown: Vec<_> = reports
        .filter_map(|content| content.panel.as_ref())
        .map(|panel| panel.outcomes.as_slice())
        .collect();
    move |id| {
        let mut shown = shown.iter();
        shown.any(|ids| ids.is_empty() || ids.iter().any(|shown| shown == id))
    }
}

/// All texts of a panel.
fn of_panel<'a>(panel: &'a Panel, node: &'a Node, texts: &mut Vec<(&'a Text, &'a Node)>) {
    let elements = |node: &'a Node, key| node.get(key).map_or(&[][..], Node::elements);
    let mut add = |text: Option<&'a Text>, node: Option<&'a Node>| texts.extend(text.zip(node));
    add(panel.body.as_ref(), node.get("body"));
    for (action, node) in panel.actions.iter().zip(elements(node, "actions")) {
        add(Some(&action.label), node.get("label"));
    }
    for (entry, node) in panel.entries.iter().zip(elements(node, "entries")) {
        add(Some(&entry.title), node.get("title"));
        add(entry.body.as_ref(), node.get("body"));
        for (action, node) in entry.actions.iter().zip(elements(node, "actions")) {
            add(Some(&action.label), node.get("label"));
        }
    }
    for (section, node) in panel.sections.iter().zip(elements(node, "sections")) {
        add(Some(&section.title), node.get("title"));
        for (item, node) in section.items.iter().zip(elements(node, "items")) {
            add(Some(&item.title), node.get("title"));
            add(item.keywords.as_ref(), node.get("keywords"));
            add(item.body.as_ref(), node.get("body"));
            for (action, node) in item.actions.iter().zip(elements(node, "actions")) {
                add(Some(&action.label), node.get("label"));
            }
        }
    }
}
