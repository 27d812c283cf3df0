//! Who the user is.

use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::fields::Fields;

/// Who the user is, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Stands for the user before they are known, and joins what they did then.
    pub anonymous_id: String,
    /// The host's id, once it has said so.
    pub user_id: Option<String>,
    /// Since when this is so. Two stores keep it; the one that knows later is right.
    pub changed_at: Millis,
}

impl Identity {
    /// Somebody of whom only the id is known.
    pub fn anonymous(id: String, at: Millis) -> Self {
        Self {
            anonymous_id: id,
            user_id: None,
            changed_at: at,
        }
    }

    /// Reads one that was written.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |name| value.get(name)?.as_str().map(str::to_owned);
        let changed_at = value.get("changedAt").and_then(Value::as_i64).unwrap_or(0);
        Some(Self {
            anonymous_id: text("anonymousId")?,
            user_id: text("userId"),
            changed_at,
        })
    }

    /// Writes it as JSON.
    pub fn write(&self) -> String {
        Fields::new()
            .text("anonymousId", &self.anonymous_id)
            .maybe("userId", self.user_id.as_deref())
            .number("changedAt", self.changed_at)
            .end()
    }

    /// The id under which this user's state is kept.
    pub fn id(&self) -> &str {
        self.user_id.as_ref().unwrap_or(&self.anonymous_id)
    }

    /// Whether `next` is this same person, now known by name.
    pub fn becomes_known_as(&self, next: &Self) -> bool {
        self.user_id.is_none() && next.user_id.is_some() && self.anonymous_id == next.anonymous_id
    }
}
