//! What a client sent, before its events are looked at: each is read on its own, so that one that
//! cannot be read does not take the others with it.

use axum::http::HeaderMap;
use firstvalue_model::time::{self, Millis};
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::fields::{AtMost, Fields};
use super::form::Form;
use crate::auth;
use crate::error::HttpError;
use crate::limits::Limits;

/// The fields that matter of a body, Segment's and PostHog's.
const FIELDS: [&str; 6] = ["batch", "writeKey", "sentAt", "api_key", "token", "sent_at"];

/// Events, and what stands around them.
#[derive(Debug)]
pub(crate) struct Envelope<'b> {
    write_key: Option<String>,
    /// When it was sent, by the client's clock.
    pub(crate) sent_at: Option<Millis>,
    /// Not more than a request may have.
    pub(crate) events: Vec<&'b RawValue>,
}

impl<'b> Envelope<'b> {
    /// Reads a batch, or one call. However much else there is in it takes no memory: nobody has been asked
    /// yet who they are.
    pub(crate) fn read(json: &'b [u8], form: Form, limits: &Limits) -> Result<Self, HttpError> {
        if form == Form::PostHog && json.trim_ascii_start().starts_with(b"[") {
            return Self::bare(json, limits);
        }
        let fields = Fields::read(json, &FIELDS).map_err(|error| unreadable(&error))?;
        let events = match (form, fields.get("batch")) {
            (Form::Batch | Form::PostHog, Some(batch)) => batch_of(batch, limits)?,
            (Form::Batch, None) => return Err(no_batch()),
            (Form::Call(_) | Form::PostHog, _) => {
                vec![serde_json::from_slice(json).map_err(|error| unreadable(&error))?]
            }
        };
        let (write_key, sent_at) = match form {
            Form::PostHog => (
                text(fields.get("api_key"))
                    .or_else(|| text(fields.get("token")))
                    .or_else(|| key_in(&events)),
                fields.get("sent_at"),
            ),
            Form::Batch | Form::Call(_) => (text(fields.get("writeKey")), fields.get("sentAt")),
        };
        Ok(Self {
            write_key,
            sent_at: text(sent_at).and_then(|sent| Some(time::timestamp(&sent)?.at)),
            events,
        })
    }

    /// Events without anything around them, as browsers send them to PostHog: the key is in each.
    fn bare(json: &'b [u8], limits: &Limits) -> Result<Self, HttpError> {
        let events = AtMost(limits.events)
            .read(&mut serde_json::Deserializer::from_slice(json))
            .map_err(|error| unreadable(&error))?
            .ok_or_else(|| too_many(limits))?;
        Ok(Self {
            write_key: key_in(&events),
            sent_at: None,
            events,
        })
    }

    /// The write key: that of the header, else that of the body, else an empty one, which nobody has.
    pub(crate) fn key(&mut self, headers: &HeaderMap) -> String {
        let key = auth::basic_user(headers).or_else(|| self.write_key.take());
        key.unwrap_or_default()
    }
}

fn batch_of<'b>(batch: &'b RawValue, limits: &Limits) -> Result<Vec<&'b RawValue>, HttpError> {
    AtMost(limits.events)
        .read(&mut serde_json::Deserializer::from_str(batch.get()))
        .map_err(|_| no_batch())?
        .ok_or_else(|| too_many(limits))
}

/// A field that is text, if it is.
fn text(field: Option<&RawValue>) -> Option<String> {
    serde_json::from_str(field?.get()).ok()
}

/// An event with the key in it.
#[derive(Deserialize)]
struct Keyed {
    api_key: Option<String>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Properties {
    token: Option<String>,
}

/// The key of the first event that has one.
fn key_in(events: &[&RawValue]) -> Option<String> {
    events.iter().find_map(|event| {
        let event: Keyed = serde_json::from_str(event.get()).ok()?;
        event.api_key.or_else(|| event.properties?.token)
    })
}

fn no_batch() -> HttpError {
    let message = "the body must hold an array of events under `batch`";
    HttpError::bad_request("invalid_body", message)
}

fn too_many(limits: &Limits) -> HttpError {
    HttpError::too_large(format!("a batch has at most {} events", limits.events))
}

fn unreadable(error: &serde_json::Error) -> HttpError {
    match error.classify() {
        Category::Data => HttpError::bad_request("invalid_body", "the body must be a JSON object"),
        _ => HttpError::bad_request(
            "invalid_json",
            format!("the body is not readable as JSON: {error}"),
        ),
    }
}
