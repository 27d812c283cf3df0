//! The body of a request: JSON of any declared type, plain or gzip.

use std::io::{Cursor, Read};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use flate2::read::MultiGzDecoder;
use serde_json::Value;

use crate::error::HttpError;

/// The largest body as sent, compressed or not: Segment's limit.
pub(crate) const MAX_SENT: usize = 500 * 1_024;

/// The largest body after decompression.
const MAX_READ: usize = 4 * 1_024 * 1_024;

/// What a client sent, before the events are looked at.
#[derive(Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) write_key: Option<String>,
    pub(crate) events: Vec<Value>,
}

/// The bytes of a body, or what the client is told if they did not come.
pub(crate) fn sent(sent: Result<Bytes, BytesRejection>) -> Result<Bytes, HttpError> {
    sent.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => HttpError::bad_request("unreadable_body", "the body did not arrive whole"),
    })
}

/// Whether these are gzip's first bytes. Headers are not asked: one client sends gzip that is
/// labelled as a form, and proxies decompress without changing the header.
pub(crate) fn is_gzip(sent: &[u8]) -> bool {
    sent.starts_with(&[0x1f, 0x8b])
}

impl Body {
    /// Reads a batch, or one call.
    pub(crate) fn read(sent: &[u8], batch: bool) -> Result<Self, HttpError> {
        let parsed = if is_gzip(sent) {
            serde_json::from_slice(&unzip(sent)?)
        } else {
            serde_json::from_slice(sent)
        };
        let Value::Object(mut body) = parsed.map_err(|error| {
            HttpError::bad_request(
                "invalid_json",
                format!("the body is not readable as JSON: {error}"),
            )
        })?
        else {
            return Err(HttpError::bad_request(
                "invalid_body",
                "the body must be a JSON object",
            ));
        };
        let write_key = match body.remove("writeKey") {
            Some(Value::String(key)) => Some(key),
            _ => None,
        };
        let events = match body.remove("batch") {
            Some(Value::Array(events)) if batch => events,
            _ if batch => {
                let message = "the body must hold an array of events under `batch`";
                return Err(HttpError::bad_request("invalid_body", message));
            }
            _ => vec![Value::Object(body)],
        };
        Ok(Self { write_key, events })
    }
}

fn unzip(sent: &[u8]) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    let beyond = MAX_READ as u64 + 1;
    MultiGzDecoder::new(Cursor::new(sent))
        .take(beyond)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            HttpError::bad_request(
                "invalid_gzip",
                format!("the body is not readable as gzip: {error}"),
            )
        })?;
    if bytes.len() > MAX_READ {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> HttpError {
    HttpError::too_large(format!(
        "a body has at most {} KB, and {} KB after decompression; send fewer events at a time",
        MAX_SENT / 1_024,
        MAX_READ / 1_024,
    ))
}
