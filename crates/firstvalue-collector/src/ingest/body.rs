//! The body of a request: JSON of any declared type, plain or gzip.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use flate2::read::MultiGzDecoder;
use http_body_util::LengthLimitError;

use crate::error::HttpError;
use crate::limits::{self, Limits};

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
        "a body has at most {}, and {} after decompression; send fewer events at a time",
        limits::size(limits.body),
        limits::size(limits.unpacked),
    ))
}
