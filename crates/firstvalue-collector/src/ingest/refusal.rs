//! What is kept of an event that cannot be stored.

use firstvalue_model::time::Millis;
use firstvalue_store::NewRefusal;
use serde_json::Value;

use crate::limits::Limits;

/// What was sent, and what can be read of it.
pub(crate) fn of(sent: &str, reason: String, received_at: Millis, limits: &Limits) -> NewRefusal {
    let cut = sent.get(..sent.floor_char_boundary(limits.event));
    let mut refusal = NewRefusal {
        received_at,
        message_id: None,
        user: None,
        reason,
        body: cut.unwrap_or_default().to_owned(),
    };
    if sent.len() <= limits.event
        && let Ok(Value::Object(mut event)) = serde_json::from_str(sent)
    {
        let id = |key: &str| match event.get(key)? {
            Value::String(id) if !id.is_empty() => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        };
        refusal.message_id = id("messageId");
        refusal.user = id("userId").or_else(|| id("anonymousId"));
        // It lets whoever reads this add events.
        if event.remove("writeKey").is_some() {
            refusal.body = Value::Object(event).to_string();
        }
    }
    refusal
}
