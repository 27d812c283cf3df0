//! Which event it is and whose, of one that is otherwise not understood, or too large to be read.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::ingest::fields::Fields;
use crate::ingest::form::Form;

/// The longest name that is kept, as it is written. Longer ones name nothing that could be stored.
const LONGEST: usize = 1_024;

/// What an event is called, and whom it names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) message_id: Option<String>,
    pub(super) user: Option<String>,
}

impl Named {
    /// Reads names and nothing else, however large or deep the rest is.
    pub(super) fn read(sent: &str, form: Form) -> Self {
        let Ok(event) = Fields::read(sent.as_bytes(), &FIELDS) else {
            return Self::default();
        };
        match form {
            Form::Batch | Form::Call(_) => Self {
                message_id: id(event.get("messageId")),
                user: id(event.get("userId")).or_else(|| id(event.get("anonymousId"))),
            },
            Form::PostHog => {
                let within = || {
                    let properties = event.get("properties")?.get();
                    id(Fields::read(properties.as_bytes(), &FIELDS)
                        .ok()?
                        .get("distinct_id"))
                };
                Self {
                    message_id: id(event.get("uuid")),
                    user: id(event.get("distinct_id")).or_else(within),
                }
            }
        }
    }
}

/// The fields in which names may be.
const FIELDS: [&str; 6] = [
    "messageId",
    "userId",
    "anonymousId",
    "uuid",
    "distinct_id",
    "properties",
];

/// An id, if it is one.
fn id(field: Option<&RawValue>) -> Option<String> {
    let value = field?.get();
    if value.len() > LONGEST {
        return None;
    }
    match serde_json::from_str(value).ok()? {
        Value::String(id) if !id.is_empty() => Some(id),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sent: &str, form: Form) -> (Option<String>, Option<String>) {
        let Named { message_id, user } = Named::read(sent, form);
        (message_id, user)
    }

    #[test]
    fn names_are_found_in_whatever_is_otherwise_not_understood() {
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let text = |text: &str| Some(text.to_owned());
        for (sent, form, expected) in [
            (
                r#"{"messageId":"m","userId":7,"anonymousId":"a","x":"\ud800"}"#.to_owned(),
                Form::Batch,
                (text("m"), text("7")),
            ),
            (
                format!(r#"{{"x":{deep},"userId":null,"userId":"","anonymousId":"a"}}"#),
                Form::Batch,
                (None, text("a")),
            ),
            (
                format!(r#"{{"userId":{deep},"messageId":{{}}}}"#),
                Form::Batch,
                (None, None),
            ),
            (
                r#"{"uuid":"m","event":7,"distinct_id":"u","userId":"x"}"#.to_owned(),
                Form::PostHog,
                (text("m"), text("u")),
            ),
            (
                format!(r#"{{"properties":{{"x":{deep},"distinct_id":"u"}}}}"#),
                Form::PostHog,
                (None, text("u")),
            ),
            ("[]".to_owned(), Form::PostHog, (None, None)),
            (r#"{"userId":"u""#.to_owned(), Form::Batch, (None, None)),
        ] {
            assert_eq!(named(&sent, form), expected, "{form:?}");
        }
    }
}
