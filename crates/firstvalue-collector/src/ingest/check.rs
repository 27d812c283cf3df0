//! One event: whether it can be stored, and the form in which it is.

use firstvalue_model::message::{Message, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis};
use firstvalue_store::NewEvent;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// The longest id or event name, in bytes. Ids stand in an index.
const MAX_NAME: usize = 255;

/// The largest event as JSON: Segment's limit.
const MAX_EVENT: usize = 32 * 1_024;

/// The last moment that ISO 8601 can write with four digits for the year.
const LAST_MOMENT: Millis = 253_402_300_799_999;

/// Why an event cannot be stored.
#[derive(Debug, PartialEq)]
pub(crate) struct Rejected {
    pub(crate) message_id: Option<String>,
    pub(crate) reason: String,
}

/// Checks an event and brings it into the form that is stored: ids are text, type, time and message
/// id are always there. What says nothing, such as a null, is left out.
pub(crate) fn check(
    event: Value,
    kind: Option<MessageKind>,
    received_at: Millis,
) -> Result<NewEvent, Rejected> {
    let Value::Object(mut event) = event else {
        return Err(Rejected {
            message_id: None,
            reason: "an event must be a JSON object".into(),
        });
    };
    let message_id = event
        .get("messageId")
        .and_then(Value::as_str)
        .map(str::to_owned);
    check_object(&mut event, kind, received_at).map_err(|reason| Rejected { message_id, reason })
}

fn check_object(
    event: &mut Object,
    kind: Option<MessageKind>,
    received_at: Millis,
) -> Result<NewEvent, String> {
    event.retain(|_, value| !value.is_null());
    // It lets whoever reads the events add to them.
    event.remove("writeKey");
    for field in [
        "messageId",
        "userId",
        "anonymousId",
        "previousId",
        "groupId",
        "event",
    ] {
        text(event, field)?;
    }
    if let Some(kind) = kind {
        event.insert("type".into(), kind.name().into());
    }
    moment(event, received_at)?;
    event
        .entry("messageId")
        .or_insert_with(|| Uuid::now_v7().to_string().into());

    let body = Value::Object(std::mem::take(event));
    let message = Message::deserialize(&body).map_err(|error| unreadable(&body, &error))?;
    let stored = NewEvent {
        message_id: message.message_id.clone().unwrap_or_default(),
        user: message
            .user()
            .ok_or("an event needs `userId` or `anonymousId`")?
            .to_owned(),
        kind: message.kind,
        name: name(&message)?,
        at: message.at().unwrap_or(received_at),
        received_at,
        utc_offset: message.utc_offset(),
        body: body.to_string(),
    };
    if stored.body.len() > MAX_EVENT {
        return Err(format!("an event has at most {} KB", MAX_EVENT / 1_024));
    }
    Ok(stored)
}

/// Makes an id or name text, or takes it out if it is empty. Some clients send numbers.
fn text(event: &mut Object, field: &str) -> Result<(), String> {
    let text = match event.get(field) {
        None => return Ok(()),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(format!("`{field}` must be text")),
    };
    if text.len() > MAX_NAME {
        return Err(format!("`{field}` is longer than {MAX_NAME} bytes"));
    }
    if text.is_empty() {
        event.remove(field);
    } else {
        event.insert(field.into(), text.into());
    }
    Ok(())
}

/// Writes down when the event happened: as it says, else as clients of RudderStack say, else now.
fn moment(event: &mut Object, received_at: Millis) -> Result<(), String> {
    let timestamp = match event
        .get("timestamp")
        .or_else(|| event.get("originalTimestamp"))
    {
        None => time::to_iso(received_at),
        Some(Value::String(text)) if time::timestamp(text).is_some() => text.clone(),
        Some(Value::Number(number)) => number
            .as_i64()
            .filter(|at| (0..=LAST_MOMENT).contains(at))
            .map(time::to_iso)
            .ok_or_else(|| unreadable_time(&Value::Number(number.clone())))?,
        Some(other) => return Err(unreadable_time(other)),
    };
    event.insert("timestamp".into(), timestamp.into());
    Ok(())
}

fn unreadable_time(value: &Value) -> String {
    format!(
        "the timestamp `{}` is not ISO 8601 nor milliseconds since 1970",
        shown(value)
    )
}

/// What was done.
fn name(message: &Message) -> Result<Option<String>, String> {
    match message.kind {
        MessageKind::Track if message.event.is_none() => Err("a track call needs `event`".into()),
        MessageKind::Track => Ok(message.event.clone()),
        MessageKind::Page => Ok(Some(PAGE_VIEWED.to_owned())),
        _ => Ok(None),
    }
}

fn unreadable(body: &Value, error: &serde_json::Error) -> String {
    let known = |kind: &Value| MessageKind::deserialize(kind).is_ok();
    if let Some(kind) = body.get("type").filter(|kind| !known(kind)) {
        return format!(
            "the type `{}` is not one of track, identify, group, page, screen and alias",
            shown(kind)
        );
    }
    for field in ["properties", "traits", "context"] {
        if body.get(field).is_some_and(|value| !value.is_object()) {
            return format!("`{field}` must be a JSON object");
        }
    }
    for field in ["name", "sentAt"] {
        if body.get(field).is_some_and(|value| !value.is_string()) {
            return format!("`{field}` must be text");
        }
    }
    format!("the event is not readable: {error}")
}

/// A value from outside, short enough for a message.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests;
