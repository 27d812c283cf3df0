//! One event: whether it can be stored, and the form in which it is.

use firstvalue_model::message::{self, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis};
use firstvalue_store::{NewEvent, NewRefusal};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::client::Client;
use super::form::Form;
use super::{refusal, size, skew};
use crate::limits::{self, Limits};

/// The longest id or event name, in bytes. Ids stand in an index.
const MAX_NAME: usize = 255;

/// The last moment that ISO 8601 can write with four digits for the year.
const LAST_MOMENT: Millis = 253_402_300_799_999;

/// What is known of an event besides what it says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrived<'a> {
    /// When it came.
    pub(crate) at: Millis,
    /// The browser that sent it.
    pub(crate) client: &'a Client,
    /// When it was sent, by the client's clock.
    pub(crate) sent_at: Option<Millis>,
    /// Whether it comes from a client now, rather than from a log of some other time: then it says
    /// when it happened, and is believed.
    pub(crate) live: bool,
}

/// Checks an event and brings it into the form that is stored: ids are text, type, time and message
/// id are always there, the id made by `new_id` if need be. What says nothing, such as a null, is
/// left out.
pub(crate) fn check(
    event: &RawValue,
    form: Form,
    arrived: Arrived<'_>,
    limits: &Limits,
    mut new_id: impl FnMut() -> String,
) -> Result<NewEvent, NewRefusal> {
    let sent = event.get();
    let mut check = || {
        if sent.len() > limits.event {
            return Err(format!(
                "an event has at most {}",
                limits::size(limits.event)
            ));
        }
        let event = serde_json::from_str(sent)
            .map_err(|error| format!("the event is not readable as JSON: {error}"))?;
        let Value::Object(event) = event else {
            return Err("an event must be a JSON object".to_owned());
        };
        size::check(&event, limits)?;
        check_object(&mut form.translate(event), arrived, &mut new_id)
    };
    check().map_err(|reason| refusal::of(sent, form, reason, arrived.at, limits))
}

fn check_object(
    event: &mut Object,
    arrived: Arrived<'_>,
    new_id: &mut impl FnMut() -> String,
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
    let moment = moment(event, arrived)?;
    event.entry("messageId").or_insert_with(|| new_id().into());

    let kind = kind(event)?;
    arrived.client.note_in(event);
    let said = |field| event.get(field).and_then(Value::as_str);
    let owned = |field| said(field).map(str::to_owned);
    let context = event.get("context").and_then(Value::as_object);
    Ok(NewEvent {
        message_id: owned("messageId").unwrap_or_default(),
        user: owned("userId")
            .or_else(|| owned("anonymousId"))
            .ok_or("an event needs `userId` or `anonymousId`")?,
        kind,
        name: name(kind, said("event"))?,
        at: moment.at,
        received_at: arrived.at,
        skew: moment.skew,
        utc_offset: message::utc_offset(context, moment.offset),
        // Nothing in it cannot be written.
        body: serde_json::to_string(event).unwrap_or_default(),
    })
}

/// Makes an id or name text, or takes it out if it is empty. Some clients send numbers.
fn text(event: &mut Object, field: &str) -> Result<(), String> {
    let Some(value) = event.get_mut(field) else {
        return Ok(());
    };
    if let Value::Number(number) = value {
        *value = number.to_string().into();
    }
    let Value::String(text) = value else {
        return Err(format!("`{field}` must be text"));
    };
    if text.len() > MAX_NAME {
        return Err(format!("`{field}` is longer than {MAX_NAME} bytes"));
    }
    // SQL reads text only up to it, and would take it for another.
    if text.contains('\0') {
        return Err(format!("`{field}` holds a null character"));
    }
    if text.is_empty() {
        event.remove(field);
    }
    Ok(())
}

/// When an event happened.
struct Moment {
    at: Millis,
    /// By how much the client's time was set right.
    skew: Millis,
    /// Minutes that the user's clocks are ahead of UTC, as the time is written.
    offset: Option<i32>,
}

/// Writes down when the event happened: as it says, else as clients of RudderStack say, else now. If
/// the client's clock is evidently wrong, what it said stays as `originalTimestamp`.
fn moment(event: &mut Object, arrived: Arrived<'_>) -> Result<Moment, String> {
    let said = event
        .get("timestamp")
        .or_else(|| event.get("originalTimestamp"));
    let (at, offset, text) = match said {
        None if arrived.live => (arrived.at, None, time::to_iso(arrived.at)),
        None => return Err("`timestamp` is missing, and a log must say when".to_owned()),
        Some(value @ Value::String(text)) => {
            let read = time::timestamp(text).ok_or_else(|| unreadable_time(value))?;
            (read.at, read.offset, text.clone())
        }
        Some(value) => {
            let at = value.as_i64().filter(|at| (0..=LAST_MOMENT).contains(at));
            let at = at.ok_or_else(|| unreadable_time(value))?;
            (at, None, time::to_iso(at))
        }
    };
    let sent_at = arrived.sent_at.or_else(|| {
        let sent_at = event.get("sentAt").and_then(Value::as_str);
        Some(time::timestamp(sent_at?)?.at)
    });
    let corrected = match said {
        None => at,
        Some(_) if arrived.live => skew::corrected(at, sent_at, arrived.at),
        Some(_) => at,
    };
    let skew = corrected - at;
    if skew == 0 {
        event.insert("timestamp".into(), text.into());
    } else {
        let corrected = skew::written_as(corrected, offset);
        event.insert("timestamp".into(), corrected.into());
        event.insert("originalTimestamp".into(), text.into());
    }
    Ok(Moment {
        at: corrected,
        skew,
        offset,
    })
}

fn unreadable_time(value: &Value) -> String {
    format!(
        "the timestamp `{}` is not ISO 8601 nor milliseconds since 1970",
        shown(value)
    )
}

/// Which call it is, if everything that is read of such calls later is of the type that it must be.
fn kind(event: &Object) -> Result<MessageKind, String> {
    let kind = event
        .get("type")
        .map_or(Ok(MessageKind::default()), |kind| {
            MessageKind::deserialize(kind).map_err(|_| {
                format!(
                    "the type `{}` is not one of track, identify, group, page, screen and alias",
                    shown(kind)
                )
            })
        })?;
    for field in ["properties", "traits", "context"] {
        if event.get(field).is_some_and(|value| !value.is_object()) {
            return Err(format!("`{field}` must be a JSON object"));
        }
    }
    for field in ["name", "sentAt"] {
        if event.get(field).is_some_and(|value| !value.is_string()) {
            return Err(format!("`{field}` must be text"));
        }
    }
    Ok(kind)
}

/// What was done.
fn name(kind: MessageKind, event: Option<&str>) -> Result<Option<String>, String> {
    match (kind, event) {
        (MessageKind::Track, None) => Err("a track call needs `event`".into()),
        (MessageKind::Track, Some(event)) => Ok(Some(event.to_owned())),
        (MessageKind::Page, _) => Ok(Some(PAGE_VIEWED.to_owned())),
        _ => Ok(None),
    }
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
