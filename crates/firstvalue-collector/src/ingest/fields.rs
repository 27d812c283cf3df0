//! Reading JSON without keeping what nobody asks for: however much else there is takes no memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Those fields of an object that were asked for, as they were written.
#[derive(Debug)]
pub(super) struct Fields<'j>(Vec<(&'static str, &'j RawValue)>);

impl<'j> Fields<'j> {
    /// Reads an object to the end of the input.
    pub(super) fn read(json: &'j [u8], names: &'static [&'static str]) -> serde_json::Result<Self> {
        let mut json = serde_json::Deserializer::from_slice(json);
        let fields = json.deserialize_map(Named(names))?;
        json.end()?;
        Ok(Self(fields))
    }

    /// Of one that stands there twice, the last.
    pub(super) fn get(&self, name: &str) -> Option<&'j RawValue> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value)
    }
}

/// Looks for fields of these names.
struct Named(&'static [&'static str]);

impl<'j> Visitor<'j> for Named {
    type Value = Vec<(&'static str, &'j RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = map.next_key_seed(OneOf(self.0))? {
            let Some(name) = name else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            fields.retain(|(known, _)| *known != name);
            fields.push((name, map.next_value()?));
        }
        Ok(fields)
    }
}

/// The name that a key is, if it is one of these.
struct OneOf(&'static [&'static str]);

impl<'j> DeserializeSeed<'j> for OneOf {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'j>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_identifier(self)
    }
}

impl Visitor<'_> for OneOf {
    type Value = Option<&'static str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|name| **name == key).copied())
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
