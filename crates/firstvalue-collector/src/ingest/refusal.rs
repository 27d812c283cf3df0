//! What is kept of an event that cannot be stored.

mod named;

use firstvalue_model::time::Millis;
use firstvalue_store::NewRefusal;
use serde_json::Value;

use super::form::Form;
use crate::limits::Limits;
use named::Named;

/// What was sent, or its beginning; and whose it is, so that it goes when they are erased.
pub(crate) fn of(
    sent: &str,
    form: Form,
    reason: String,
    received_at: Millis,
    limits: &Limits,
) -> NewRefusal {
    let named = Named::read(sent, form);
    let cut = sent.get(..sent.floor_char_boundary(limits.event));
    let mut refusal = NewRefusal {
        received_at,
        message_id: named.message_id,
        user: named.user,
        reason,
        body: cut.unwrap_or_default().to_owned(),
    };
    // It lets whoever reads this add events.
    if sent.len() <= limits.event
        && let Ok(Value::Object(mut event)) = serde_json::from_str(sent)
        && form.remove_key(&mut event)
    {
        refusal.body = Value::Object(event).to_string();
    }
    refusal
}
