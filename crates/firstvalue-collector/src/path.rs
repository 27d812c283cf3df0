use axum::extract::{FromRequestParts, Path as AnyPath};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::error::HttpError;

/// What a route names in its path, or an error like all others of ours.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpError> {
        let path = AnyPath::from_request_parts(parts, state).await;
        let AnyPath(named) = path.map_err(|_| {
            HttpError::bad_request("invalid_path", "the path is not readable as UTF-8")
        })?;
        Ok(Self(named))
    }
}
