//! Which event it is and whose, of one that is otherwise not understood, or too large to be read.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

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
        let Ok(event) = serde_json::from_str::<Fields<'_>>(sent) else {
            return Self::default();
        };
        match form {
            Form::Batch | Form::Call(_) => Self {
                message_id: event.id("messageId"),
                user: event.id("userId").or_else(|| event.id("anonymousId")),
            },
            Form::PostHog => {
                let within = || {
                    let properties = event.raw("properties")?.get();
                    let properties = serde_json::from_str::<Fields<'_>>(properties).ok()?;
                    properties.id("distinct_id")
                };
                Self {
                    message_id: event.id("uuid"),
                    user: event.id("distinct_id").or_else(within),
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

/// Those of them that an object has, as they were written.
struct Fields<'e>(Vec<(&'static str, &'e RawValue)>);

impl<'e> Fields<'e> {
    /// Of one that stands there twice, the last.
    fn raw(&self, field: &str) -> Option<&'e RawValue> {
        let found = self.0.iter().rfind(|(name, _)| *name == field);
        found.map(|(_, value)| *value)
    }

    fn id(&self, field: &str) -> Option<String> {
        let value = self.raw(field)?.get();
        if value.len() > LONGEST {
            return None;
        }
        match serde_json::from_str(value).ok()? {
            Value::String(id) if !id.is_empty() => Some(id),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsOf;

        impl<'de> Visitor<'de> for FieldsOf {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    let value: &'de RawValue = map.next_value()?;
                    if let Some(field) = FIELDS.into_iter().find(|field| *field == name) {
                        fields.retain(|(name, _)| *name != field);
                        fields.push((field, value));
                    }
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(FieldsOf)
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
