//! Questions of surveys, and the answers on which later steps depend.

use std::collections::BTreeMap;

use super::comparison::{Compared, comparison};
use super::fields::{Fields, unknown_key};
use super::nearest;
use super::node::{Content, Node, shortened};
use super::reader::Reader;
use super::text::text;
use crate::guide::{AnswerOption, Earlier, Question, QuestionForm, Step};

/// The form of a question, which is the first key of its mapping, and what its value is: the id.
pub(super) const FORMS: &[(&str, QuestionForm)] = &[
    ("nps", QuestionForm::Nps),
    ("csat", QuestionForm::Csat),
    ("ces", QuestionForm::Ces),
    ("choice", QuestionForm::Choice),
    ("choices", QuestionForm::Choices),
    ("text", QuestionForm::Text),
];

/// A question such as `{ nps: likely, low: Not at all, high: Very }`.
pub(super) fn question(reader: &mut Reader, node: &Node) -> Option<Question> {
    let mut fields = Fields::of(node, "a question such as `{ nps: likely }`", reader)?;
    let found = FORMS.iter().find(|(name, _)| node.get(name).is_some());
    let Some((form, id)) = found.and_then(|(name, form)| Some((*form, fields.take(name)?))) else {
        let first = fields.entries().first().map(|(key, _)| key);
        if let Some(key) = first {
            unknown_key(key, FORMS.iter().map(|(name, _)| *name), reader);
            return None;
        }
        let error = reader.error("missing-key", node.span, "this asks nothing");
        error.help("write for example `ask: { nps: likely }`; `likely` is the name of the answer");
        return None;
    };
    let id = reader.text(id, "the name of the answer").map(str::to_owned);
    let is_scale = form.scale().is_some();
    let has_options = matches!(form, QuestionForm::Choice | QuestionForm::Choices);
    if !is_scale {
        for end in ["low", "high"] {
            fields.misplaced(end, "only scales (`nps`, `csat`, `ces`) have ends", reader);
        }
    }
    if !has_options {
        let belongs = "only `choice` and `choices` have options";
        fields.misplaced("options", belongs, reader);
    }
    let mut end = |name| {
        let node = is_scale.then(|| fields.take(name)).flatten();
        node.and_then(|node| text(reader, node))
    };
    let (low, high) = (end("low"), end("high"));
    let options = has_options
        .then(|| fields.require("options", "{ admin: I run it, member: I use it }", reader));
    let options = options.flatten().and_then(|node| options_of(reader, node));
    let optional = fields.take("optional");
    let optional = optional.and_then(|node| reader.truth(node));
    fields.finish(reader);
    Some(Question {
        id: id?,
        form,
        low,
        high,
        options: options.unwrap_or_default(),
        optional: optional.unwrap_or_default(),
    })
}

fn options_of(reader: &mut Reader, node: &Node) -> Option<Vec<AnswerOption>> {
    let expected = "options by what is reported, such as `{ admin: I run it }`";
    let fields = Fields::of(node, expected, reader)?;
    if fields.entries().len() < 2 {
        let error = reader.error("invalid-value", node.span, "there is nothing to choose");
        error.help("write two options or more");
    }
    let options = fields.entries().iter().filter_map(|(key, node)| {
        Some(AnswerOption {
            value: key.text.clone(),
            label: text(reader, node)?,
        })
    });
    Some(options.collect())
}

/// What earlier questions must have been answered: `{ likely: { lte: 6 } }`, `{ role: [ admin ] }`.
pub(super) fn earlier(reader: &mut Reader, node: &Node) -> Option<Vec<Earlier>> {
    let expected = "answers by question, such as `{ likely: { lte: 6 } }`";
    let fields = Fields::of(node, expected, reader)?;
    let mut all = Vec::new();
    for (key, node) in fields.entries() {
        let (mut is, mut any) = (None, Vec::new());
        match &node.content {
            Content::Mapping(_) => is = comparison(reader, node, Compared::Number),
            Content::List(_) => {
                let nodes = reader.list(node, "a list of options")?;
                if nodes.is_empty() {
                    let error =
                        reader.error("invalid-value", node.span, "no answer is one of none");
                    error.help("list one option or more");
                }
                any = reader.each(nodes, |reader, node| {
                    reader.text(node, "an option").map(str::to_owned)
                })?;
            }
            _ => any.extend(reader.text(node, "an option").map(str::to_owned)),
        }
        all.push(Earlier {
            question: key.text.clone(),
            is,
            any,
        });
    }
    Some(all)
}

/// Notes questions that have one name, and answers that nobody can have given.
pub(super) fn check(reader: &mut Reader, steps: &[Step], nodes: &[Node]) {
    let mut asked: BTreeMap<&str, &Question> = BTreeMap::new();
    for (step, node) in steps.iter().zip(nodes) {
        let conditions = node.get("if").map_or(&[][..], Node::entries);
        for (earlier, (key, node)) in step.only_if.iter().zip(conditions) {
            let Some(question) = asked.get(earlier.question.as_str()) else {
                let message = format!("no step before this one asks `{}`", shortened(&key.text));
                let error = reader.error("unknown-question", key.span, message);
                error.help = nearest::hint(&key.text, asked.keys().copied());
                continue;
            };
            answerable(reader, question, earlier, node);
        }
        if let Some(question) = &step.ask
            && asked.insert(&question.id, question).is_some()
        {
            let message = format!("`{}` is asked twice", shortened(&question.id));
            let span = node.get("ask").map_or(node.span, |node| node.span);
            let error = reader.error("duplicate-key", span, message);
            error.help("give each question a name of its own");
        }
    }
}

fn answerable(reader: &mut Reader, question: &Question, earlier: &Earlier, node: &Node) {
    let is_number = question.form.scale().is_some();
    if question.form == QuestionForm::Text {
        let error = reader.error(
            "invalid-value",
            node.span,
            "what is written freely decides nothing",
        );
        error.help("ask for a number or a choice");
    } else if is_number != earlier.is.is_some() {
        let expected = if is_number {
            "a comparison such as `{ lte: 6 }`"
        } else {
            "one of its options, or a list of them"
        };
        let message = format!("expected {expected}, found {}", node.describe());
        let error = reader.error("invalid-value", node.span, message);
        let is = if is_number { "a number" } else { "a choice" };
        error.help(format!("the answer to `{}` is {is}", question.id));
    }
    let options = || question.options.iter().map(|option| option.value.as_str());
    for value in earlier.any.iter().filter(|_| !is_number) {
        if !options().any(|option| option == value) {
            let message = format!(
                "the question `{}` has no option `{}`",
                question.id,
                shortened(value)
            );
            let known: Vec<&str> = options().collect();
            let error = reader.error("invalid-value", node.span, message);
            error.help = nearest::hint(value, known.iter().copied());
        }
    }
}
