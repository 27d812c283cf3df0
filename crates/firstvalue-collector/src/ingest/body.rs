//! The body of a request: JSON of any declared type, plain or gzip.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use firstvalue_model::time::{self, Millis};
use flate2::read::MultiGzDecoder;
use http_body_util::LengthLimitError;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::form::Form;
use crate::error::HttpError;
use crate::limits::Limits;

/// The bytes of a body, if they are not too many and come in time.
pub(crate) async fn receive(
    body: Body,
    headers: &HeaderMap,
    limits: &Limits,
) -> Result<Bytes, HttpError> {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limits.body) {
        return Err(too_large(limits));
    }
    match tokio::time::timeout(limits.body_time, to_bytes(body, limits.body)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(too_large(limits)),
        Ok(Err(_)) => Err(HttpError::bad_request(
            "unreadable_body",
            "the body did not arrive whole",
        )),
        Err(_) => Err(HttpError::too_slow()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.is::<LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// Whether these are gzip's first bytes. Headers are not asked: one client sends gzip that is
/// labelled as a form, and proxies decompress without changing the header.
pub(crate) fn is_gzip(sent: &[u8]) -> bool {
    sent.starts_with(&[0x1f, 0x8b])
}

/// The body itself, or what it holds if it is gzip.
pub(crate) fn unpack<'s>(sent: &'s [u8], limits: &Limits) -> Result<Cow<'s, [u8]>, HttpError> {
    if !is_gzip(sent) {
        return Ok(Cow::Borrowed(sent));
    }
    let mut bytes = Vec::new();
    let beyond = limits.unpacked as u64 + 1;
    MultiGzDecoder::new(Cursor::new(sent))
        .take(beyond)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            HttpError::bad_request(
                "invalid_gzip",
                format!("the body is not readable as gzip: {error}"),
            )
        })?;
    if bytes.len() > limits.unpacked {
        return Err(too_large(limits));
    }
    Ok(Cow::Owned(bytes))
}

fn too_large(limits: &Limits) -> HttpError {
    HttpError::too_large(format!(
        "a body has at most {} KB, and {} KB after decompression; send fewer events at a time",
        limits.body / 1_024,
        limits.unpacked / 1_024,
    ))
}

/// What a client sent, before its events are looked at: each is read on its own, so that one that
/// cannot be read does not take the others with it.
#[derive(Debug)]
pub(crate) struct Envelope<'b> {
    pub(crate) write_key: Option<String>,
    /// When it was sent, by the client's clock.
    pub(crate) sent_at: Option<Millis>,
    pub(crate) events: Vec<&'b RawValue>,
}

impl<'b> Envelope<'b> {
    /// Reads a batch, or one call.
    pub(crate) fn read(json: &'b [u8], form: Form) -> Result<Self, HttpError> {
        if form == Form::PostHog && json.trim_ascii_start().starts_with(b"[") {
            return Self::bare(json);
        }
        let body: HashMap<Cow<'b, str>, &'b RawValue> =
            serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
        let text = |key| {
            let value: &RawValue = body.get(key)?;
            serde_json::from_str::<String>(value.get()).ok()
        };
        let batch = || {
            let events = body.get("batch")?.get();
            serde_json::from_str(events).ok()
        };
        let whole = || serde_json::from_slice(json).map_err(|error| unreadable(&error));
        let events = match form {
            Form::Batch => batch().ok_or_else(|| {
                let message = "the body must hold an array of events under `batch`";
                HttpError::bad_request("invalid_body", message)
            })?,
            Form::PostHog if body.contains_key("batch") => batch().unwrap_or_default(),
            Form::Call(_) | Form::PostHog => vec![whole()?],
        };
        let (write_key, sent_at) = match form {
            Form::PostHog => (text("api_key").or_else(|| text("token")), text("sent_at")),
            _ => (text("writeKey"), text("sentAt")),
        };
        Ok(Self {
            write_key,
            sent_at: sent_at.and_then(|sent| Some(time::timestamp(&sent)?.at)),
            events,
        })
    }

    /// Events without anything around them, as browsers send them to PostHog: the key is in each.
    fn bare(json: &'b [u8]) -> Result<Self, HttpError> {
        let events: Vec<&RawValue> =
            serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
        let key = events.first().and_then(|event| {
            let event: Value = serde_json::from_str(event.get()).ok()?;
            let key = event
                .get("api_key")
                .or_else(|| event.pointer("/properties/token"));
            Some(key?.as_str()?.to_owned())
        });
        Ok(Self {
            write_key: key,
            sent_at: None,
            events,
        })
    }
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
