//! Reading JSON without keeping what nobody asks for.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The fields that matter of a body, as they were written; of one that stands there twice, the last.
#[derive(Default)]
pub(super) struct Fields<'b> {
    pub(super) batch: Option<&'b RawValue>,
    pub(super) write_key: Option<&'b RawValue>,
    pub(super) sent_at: Option<&'b RawValue>,
    pub(super) api_key: Option<&'b RawValue>,
    pub(super) token: Option<&'b RawValue>,
    pub(super) posthog_sent_at: Option<&'b RawValue>,
}

#[derive(Deserialize)]
#[serde(field_identifier)]
enum Field {
    #[serde(rename = "batch")]
    Batch,
    #[serde(rename = "writeKey")]
    WriteKey,
    #[serde(rename = "sentAt")]
    SentAt,
    #[serde(rename = "api_key")]
    ApiKey,
    #[serde(rename = "token")]
    Token,
    #[serde(rename = "sent_at")]
    PosthogSentAt,
    #[serde(other)]
    Other,
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
                let mut fields = Fields::default();
                while let Some(field) = map.next_key()? {
                    let place = match field {
                        Field::Batch => &mut fields.batch,
                        Field::WriteKey => &mut fields.write_key,
                        Field::SentAt => &mut fields.sent_at,
                        Field::ApiKey => &mut fields.api_key,
                        Field::Token => &mut fields.token,
                        Field::PosthogSentAt => &mut fields.posthog_sent_at,
                        Field::Other => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    *place = Some(map.next_value()?);
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(FieldsOf)
    }
}

/// Reads an array of at most so many values.
pub(super) struct AtMost(pub(super) usize);

impl AtMost {
    /// The values as they were written, to the end of the input; `None` if there are more.
    pub(super) fn read<'de, R: serde_json::de::Read<'de>>(
        self,
        json: &mut serde_json::Deserializer<R>,
    ) -> serde_json::Result<Option<Vec<&'de RawValue>>> {
        let values = json.deserialize_seq(self)?;
        json.end()?;
        Ok(values)
    }
}

impl<'de> Visitor<'de> for AtMost {
    type Value = Option<Vec<&'de RawValue>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            if values.len() == self.0 {
                // To the end, since only then is it known that it could be read.
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(None);
            }
            values.push(value);
        }
        Ok(Some(values))
    }
}
