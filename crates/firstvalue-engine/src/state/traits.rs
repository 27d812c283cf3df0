//! Traits, kept small: a page has one user, but a server has a million.

use firstvalue_model::json;
use firstvalue_model::message::{Object, merge};
use firstvalue_model::time::{self, Millis};
use serde_json::Value;

/// Attributes of a user or an account, as JSON. They are looked at when they change and hardly
/// ever else. What is known of an account is shared by its users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Traits(Option<Shared>);

/// Text that is shared, natively by a pointer of one word.
#[cfg(not(target_family = "wasm"))]
type Shared = arcstr::ArcStr;
#[cfg(target_family = "wasm")]
type Shared = std::sync::Arc<str>;

impl Traits {
    pub(crate) fn of(traits: &Object) -> Self {
        if traits.is_empty() {
            return Self(None);
        }
        let mut text = String::new();
        json::write_object(traits, &mut text);
        Self(Some(text.into()))
    }

    /// From the JSON that [`Self::text`] gave.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        match text {
            "" => Some(Self(None)),
            _ => json::read_object(text).map(|_| Self(Some(text.into()))),
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// As JSON, even if there are none.
    pub(crate) fn json(&self) -> &str {
        self.0.as_deref().unwrap_or("{}")
    }

    pub(crate) fn read(&self) -> Object {
        json::read_object(self.text()).unwrap_or_default()
    }

    /// These with others merged in, if that changes them.
    pub(crate) fn changed_by(&self, others: &Object) -> Option<Self> {
        Some(self.with(others)).filter(|merged| merged != self)
    }

    /// These with others merged in.
    pub(crate) fn with(&self, others: &Object) -> Self {
        let mut traits = self.read();
        merge(&mut traits, others);
        Self::of(&traits)
    }

    /// The trait `createdAt`: ISO 8601, or milliseconds.
    pub(crate) fn created(&self) -> Option<Millis> {
        match self.read().get("createdAt")? {
            Value::String(text) => time::timestamp(text).map(|read| read.at),
            Value::Number(number) => number.as_f64().map(|at| at as Millis),
            _ => None,
        }
    }
}
