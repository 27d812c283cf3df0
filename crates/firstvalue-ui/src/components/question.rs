//! A question of a survey: the browser's own controls, named by the heading.

use firstvalue_model::guide::QuestionForm;
use web_sys::Event;
use yew::prelude::*;

use super::node::{Node, node};
use super::{Act, OnAct, TITLE_ID};
use crate::content::guide::Question;
use crate::content::read::form_name;
use crate::page::script::entered;

/// The id of what the ends of a scale mean.
const ENDS_ID: &str = "ends";

/// Draws the controls of a question.
pub fn question(question: &Question, answer: &[String], on_act: &OnAct) -> Node {
    if question.form == QuestionForm::Text {
        let write = on_act.reform(|event: Event| Act::Write(entered(&event)));
        let value = answer.first().cloned().map(AttrValue::from);
        return node("textarea", "")
            .fixed("rows", "3")
            .fixed("maxlength", "2000")
            .fixed("aria-labelledby", TITLE_ID)
            .on("oninput", write)
            .having(|area| area.set_value(value));
    }
    let several = question.form == QuestionForm::Choices;
    let option = |value: String, label: &str| {
        let checked = answer.contains(&value);
        let choose = on_act.reform(move |_: Event| Act::Choose(value.clone()));
        let control = node("input", "")
            .fixed("type", if several { "checkbox" } else { "radio" })
            .fixed("name", "answer")
            .on("onclick", choose)
            .having(|input| input.set_checked(checked));
        node("label", "option")
            .child(control)
            .child(node("span", "").text(label))
    };
    // What the ends of a scale mean belongs to its name.
    let mut options = node("div", "options")
        .fixed("data-form", form_name(question.form))
        .fixed("role", if several { "group" } else { "radiogroup" })
        .with(
            "aria-labelledby",
            AttrValue::from([TITLE_ID, ENDS_ID].join(" ")),
        );
    if let Some((low, high)) = question.form.scale() {
        for number in low..=high {
            let number = number.to_string();
            options = options.child(option(number.clone(), &number));
        }
    }
    for (value, label) in &question.options {
        options = options.child(option(value.clone(), label));
    }
    if question.low.is_some() || question.high.is_some() {
        let end =
            |words: &Option<String>| node("span", "").text(words.as_deref().unwrap_or_default());
        let ends = node("p", "ends").fixed("id", ENDS_ID);
        options = options.child(ends.child(end(&question.low)).child(end(&question.high)));
    }
    options
}
