//! Questions of surveys, and the answers on which later ones depend.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::condition::Comparison;

/// What a step of a survey asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The name under which the answer is reported; each has another within its guide.
    pub id: String,
    /// What can be answered.
    pub form: QuestionForm,
    /// What the lowest number of a scale means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Text>,
    /// What the highest one means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Text>,
    /// What can be chosen from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AnswerOption>,
    /// Whether it can be passed over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// What can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionForm {
    /// How likely to recommend (net promoter score), from 0 to 10.
    Nps,
    /// How satisfied, from 1 to 5.
    Csat,
    /// How easy (customer effort score), from 1 to 7.
    Ces,
    /// One of several options.
    Choice,
    /// Any number of several options.
    Choices,
    /// In one's own words.
    Text,
}

impl QuestionForm {
    /// The lowest and the highest number, if the answer is one.
    pub fn scale(self) -> Option<(u8, u8)> {
        match self {
            Self::Nps => Some((0, 10)),
            Self::Csat => Some((1, 5)),
            Self::Ces => Some((1, 7)),
            Self::Choice | Self::Choices | Self::Text => None,
        }
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerOption {
    /// What is reported if it is.
    pub value: String,
    /// What users read.
    pub label: Text,
}

/// What an earlier question must have been answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its id.
    pub question: String,
    /// What the number must satisfy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Comparison>,
    /// The options of which one must have been chosen; any will do when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
}

impl Earlier {
    /// Whether an answer is so: the values chosen or the number in digits; none if there is no answer.
    pub fn holds(&self, answer: &[String]) -> bool {
        let number = || answer.first()?.parse::<u8>().ok();
        let is = self
            .is
            .is_none_or(|is| number().is_some_and(|number| is.holds(number.into())));
        is && (self.any.is_empty() || answer.iter().any(|value| self.any.contains(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_answered_holds_nothing() {
        let low = Earlier {
            question: "likely".to_owned(),
            is: Some(Comparison {
                lte: Some(6.0),
                ..Comparison::default()
            }),
            any: Vec::new(),
        };
        let answer = |text: &str| [text.to_owned()];
        assert!(low.holds(&answer("6")) && low.holds(&answer("0")));
        assert!(!low.holds(&answer("7")) && !low.holds(&[]));
        let any = Earlier {
            is: None,
            any: vec!["a".to_owned(), "b".to_owned()],
            ..low
        };
        assert!(any.holds(&["c".to_owned(), "b".to_owned()]));
        assert!(!any.holds(&answer("c")) && !any.holds(&[]));
    }
}
