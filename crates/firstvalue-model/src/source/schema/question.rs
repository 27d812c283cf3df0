//! Questions of surveys, and what earlier ones must have been answered.

use serde_json::{Value, json};

use super::shape::{self, described, reference};
use crate::guide::QuestionForm;
use crate::source::question::FORMS;

pub(super) fn question() -> Value {
    let forms: Vec<Value> = FORMS.iter().map(|(name, form)| one(name, *form)).collect();
    json!({
        "description": "What a step of a survey asks.",
        "anyOf": forms,
        "examples": [{ "nps": "likely" }],
    })
}

fn one(name: &'static str, form: QuestionForm) -> Value {
    let mut properties = vec![(name, described(asks(form), reference("words")))];
    let mut required = vec![name];
    if form.scale().is_some() {
        let (low, high) = ("What the lowest number means.", "What the highest means.");
        properties.push(("low", described(low, reference("text"))));
        properties.push(("high", described(high, reference("text"))));
    }
    if matches!(form, QuestionForm::Choice | QuestionForm::Choices) {
        let options = json!({
            "description": "What can be chosen, by what is reported.",
            "type": "object",
            "minProperties": 2,
            "additionalProperties": { "$ref": "#/$defs/text" },
        });
        properties.push(("options", options));
        required.push("options");
    }
    let optional = json!({ "description": "Whether it can be passed over.", "type": "boolean" });
    properties.push(("optional", optional));
    shape::form(asks(form), properties, &required)
}

/// What a form of question asks.
fn asks(form: QuestionForm) -> &'static str {
    match form {
        QuestionForm::Nps => {
            "How likely to recommend, from 0 to 10. Its value is the name of the answer."
        }
        QuestionForm::Csat => "How satisfied, from 1 to 5. Its value is the name of the answer.",
        QuestionForm::Ces => "How easy, from 1 to 7. Its value is the name of the answer.",
        QuestionForm::Choice => "One of several options. Its value is the name of the answer.",
        QuestionForm::Choices => "Any of several options. Its value is the name of the answer.",
        QuestionForm::Text => "In one's own words. Its value is the name of the answer.",
    }
}

pub(super) fn earlier() -> Value {
    let options = json!({
        "anyOf": [
            { "$ref": "#/$defs/words" },
            { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/words" } },
            { "$ref": "#/$defs/number-comparison" },
        ],
    });
    json!({
        "description": "What earlier questions must have been answered for this step to be shown: a \
                        comparison for a number, an option or several for a choice.",
        "type": "object",
        "additionalProperties": options,
        "examples": [{ "likely": { "lte": 6 } }],
    })
}
