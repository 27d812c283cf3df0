//! Who is asking: a client with the write key, or a person with the admin token.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;

use crate::collector::Collector;
use crate::error::HttpError;

/// Whether a secret is the expected one, in a time that does not tell how much of it is right.
pub(crate) fn same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

/// The user name of basic authentication, by which Segment's clients send the write key.
pub(crate) fn basic_user(headers: &HeaderMap) -> Option<String> {
    let credentials = STANDARD.decode(credentials(headers, "basic")?).ok()?;
    let credentials = String::from_utf8(credentials).ok()?;
    let user = credentials
        .split_once(':')
        .map_or(credentials.as_str(), |(user, _)| user);
    Some(user.to_owned())
}

/// Lets through only requests that carry the admin token.
pub(crate) async fn require_admin(
    State(collector): State<Arc<Collector>>,
    request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let token = credentials(request.headers(), "bearer").unwrap_or_default();
    if !same(token, &collector.admin_token) {
        return Err(HttpError::unknown_admin_token());
    }
    Ok(next.run(request).await)
}

/// What follows the scheme in the `Authorization` header; schemes are in any case.
fn credentials<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (given, credentials) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    given
        .eq_ignore_ascii_case(scheme)
        .then(|| credentials.trim())
}
