use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A request that is not answered as asked: a status, and for programs a code that stays the same.
/// What only the operator should know goes to the log instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HttpError {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after: Option<Duration>,
    /// The kind of credential to ask for.
    challenge: Option<&'static str>,
}

/// When to come again after the server could not keep up or could not write.
const RETRY: Duration = Duration::from_secs(2);

impl HttpError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after: None,
            challenge: None,
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The body is not what the route takes.
    pub(crate) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn unknown_write_key() -> Self {
        let message = "the write key is missing or unknown; send it as `writeKey` in the body or \
                       as the user of basic authentication";
        Self::new(StatusCode::UNAUTHORIZED, "unknown_write_key", message)
    }

    pub(crate) fn unknown_admin_token() -> Self {
        let message = "the admin token is missing or wrong; send it as `Authorization: Bearer …`";
        let error = Self::new(StatusCode::UNAUTHORIZED, "unknown_admin_token", message);
        Self {
            challenge: Some("Bearer"),
            ..error
        }
    }

    /// The key is right, and the page is not one that may use it.
    pub(crate) fn foreign_origin() -> Self {
        let message = "pages of this origin may not use this write key; add the origin to those of \
                       the key";
        Self::new(StatusCode::FORBIDDEN, "foreign_origin", message)
    }

    /// The id of a user is not signed.
    pub(crate) fn wrong_user_hash() -> Self {
        let message = "the hash is not that of this user; have your server make it with the identity \
                       secret";
        Self::new(StatusCode::FORBIDDEN, "wrong_user_hash", message)
    }

    /// The path is one of ours, and nothing is done there by this method.
    pub(crate) fn method_not_allowed() -> Self {
        let message =
            "this is not done by this method; the header `Allow` names those by which it is";
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            message,
        )
    }

    /// The id of an account is not signed.
    pub(crate) fn wrong_account_hash() -> Self {
        let message = "the hash is not that of this account; have your server make it with the identity \
                       secret and `:account` after it";
        Self::new(StatusCode::FORBIDDEN, "wrong_account_hash", message)
    }

    /// The key has sent more than it may.
    pub(crate) fn too_many(retry_after: Duration) -> Self {
        let message =
            "more events come with this write key than it may send; send them again later";
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_events", message);
        Self {
            retry_after: Some(retry_after),
            ..error
        }
    }

    /// The body did not come in time.
    pub(crate) fn too_slow() -> Self {
        let message = "the body took too long to arrive; send fewer events at a time";
        Self::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// Nothing is wrong with the request; it may be sent again later.
    pub(crate) fn unavailable(code: &'static str, message: impl Into<String>) -> Self {
        let error = Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message);
        Self {
            retry_after: Some(RETRY),
            ..error
        }
    }
}

impl From<QueryRejection> for HttpError {
    fn from(_: QueryRejection) -> Self {
        let message = "the query is not readable; each of its fields may stand there once";
        Self::bad_request("invalid_query", message)
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        let mut response = (self.status, Json(body)).into_response();
        if let Some(delay) = self.retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds(delay)));
        }
        if let Some(challenge) = self.challenge {
            response
                .headers_mut()
                .insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// Whole seconds, and never so few that it would be too soon.
fn seconds(delay: Duration) -> u64 {
    delay.as_secs() + u64::from(delay.subsec_nanos() > 0)
}
