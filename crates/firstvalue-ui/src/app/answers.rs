//! The answers of a survey, and which questions follow from them.

use firstvalue_model::guide::QuestionForm;
use firstvalue_model::json;

use crate::ALL;
use crate::content::guide::{Guide, Question};
use crate::content::json::Json;
use crate::content::read::form_name;

/// The answers that were given, by question.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    given: Vec<(String, Vec<String>)>,
    /// What is chosen or written in the question that is shown.
    pub(super) now: Vec<String>,
}

impl Answers {
    /// Reads what was answered before the page was loaded again, from the context with which a survey is
    /// shown: what was reported then.
    pub(super) fn read(context: &Json) -> Self {
        let mut answers = Self::default();
        for reported in context
            .get("answers")
            .and_then(|it| it.list())
            .into_iter()
            .flatten()
        {
            let (Some(question), Some(answer)) = (reported.get("question"), reported.get("answer"))
            else {
                continue;
            };
            let value = |value: &Json| value.text().or_else(|| value.number().and_then(digits));
            let values = answer.list().unwrap_or_else(|| vec![answer]);
            let values = values.iter().filter_map(value).collect();
            answers.keep(question.text().unwrap_or_default(), values);
        }
        answers
    }

    fn keep(&mut self, question: String, values: Vec<String>) {
        self.given.retain(|(id, _)| *id != question);
        self.given.push((question, values));
    }

    /// The answer to a question; empty if there is none.
    pub(super) fn of(&self, question: &str) -> &[String] {
        let found = self.given.iter().find(|(id, _)| id == question);
        found.map_or(&[], |(_, answer)| answer)
    }

    /// Chooses an option; where there can be several, taking it back is a choice too.
    pub(super) fn choose(&mut self, question: &Question, value: String) {
        if question.form != QuestionForm::Choices {
            self.now = vec![value];
        } else if let Some(place) = self.now.iter().position(|chosen| *chosen == value) {
            self.now.remove(place);
        } else {
            self.now.push(value);
        }
    }

    /// Keeps what is answered now; what is to be reported of it, if that is new.
    pub(super) fn hand_in(&mut self, question: &Question) -> Option<String> {
        if self.of(&question.id) == self.now {
            return None;
        }
        self.keep(question.id.clone(), self.now.clone());
        let mut report = "{\"question\":".to_owned();
        json::write_text(&question.id, &mut report);
        report.push_str(",\"form\":");
        json::write_text(form_name(question.form), &mut report);
        report.push_str(",\"answer\":");
        let several = question.form == QuestionForm::Choices;
        if several {
            report.push('[');
        }
        for (place, value) in self.now.iter().enumerate() {
            if place > 0 {
                report.push(',');
            }
            if question.form.scale().is_some() {
                report.push_str(value);
            } else {
                json::write_text(value.trim(), &mut report);
            }
        }
        report.push_str(if several { "]}" } else { "}" });
        Some(report)
    }

    /// Whether the answers lead to a step.
    pub(super) fn lead_to(&self, guide: &Guide, place: usize) -> bool {
        let step = guide.steps.get(place);
        !ALL || step.is_some_and(|step| {
            let mut conditions = step.only_if.iter();
            conditions.all(|earlier| earlier.holds(self.of(&earlier.question)))
        })
    }
}

/// A number of a scale. To write any number at all takes four kilobytes.
fn digits(number: f64) -> Option<String> {
    let is_it = |one: &u8| f64::from(*one) == number;
    (0..=10).find(is_it).map(|one| one.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(form: QuestionForm) -> Question {
        Question {
            id: "q".to_owned(),
            form,
            low: None,
            high: None,
            options: Vec::new(),
            optional: false,
        }
    }

    fn report(form: QuestionForm, values: &[&str]) -> Option<String> {
        let mut answers = Answers::default();
        for value in values {
            answers.choose(&question(form), (*value).to_owned());
        }
        answers.hand_in(&question(form))
    }

    #[test]
    fn answers_are_reported_as_what_they_are() {
        for (form, values, answer) in [
            (QuestionForm::Nps, &["3", "10"][..], "10"),
            (QuestionForm::Text, &[" say \"hi\" "], r#""say \"hi\"""#),
            (QuestionForm::Choice, &["a", "b"], r#""b""#),
            (QuestionForm::Choices, &["a", "b", "c", "b"], r#"["a","c"]"#),
        ] {
            let expected = format!(
                "{{\"question\":\"q\",\"form\":\"{}\",\"answer\":{answer}}}",
                form_name(form)
            );
            assert_eq!(report(form, values), Some(expected));
        }
    }

    #[test]
    fn what_was_reported_before_a_reload_is_known_after_it() {
        let text = r#"{"answers":[
            {"question":"a","form":"nps","answer":3},
            {"question":"b","form":"choices","answer":["x","y"]},
            {"question":"c","form":"text","answer":"hi"},
            {"question":"a","form":"nps","answer":10}]}"#;
        let answers = Answers::read(&Json::read(text).unwrap());
        assert_eq!(answers.of("a"), ["10"]);
        assert_eq!(answers.of("b"), ["x", "y"]);
        assert_eq!(answers.of("c"), ["hi"]);
        assert!(Answers::read(&Json::read("{}").unwrap()).of("a").is_empty());
    }

    #[test]
    fn an_answer_is_reported_once_until_it_changes() {
        let question = question(QuestionForm::Csat);
        let mut answers = Answers::default();
        assert_eq!(answers.hand_in(&question), None, "there is none");
        answers.choose(&question, "4".to_owned());
        assert!(answers.hand_in(&question).is_some());
        assert_eq!(answers.hand_in(&question), None);
        answers.choose(&question, "5".to_owned());
        assert!(answers.hand_in(&question).is_some());
    }
}
