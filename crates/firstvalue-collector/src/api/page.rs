//! Which part of a long list is asked for, newest first.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::error::HttpError;

/// The most items in one answer.
pub(crate) const MAX: u32 = 1_000;

/// How many items are given unless somebody says.
pub(crate) fn usual() -> u32 {
    50
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default = "usual")]
    limit: u32,
    before: Option<i64>,
}

impl Asked {
    /// How many items, which are called so, and before which one.
    pub(crate) fn read(
        asked: Result<Query<Self>, QueryRejection>,
        items: &str,
    ) -> Result<(u32, Option<i64>), HttpError> {
        let Query(asked) = asked.map_err(|_| {
            let message =
                format!("`limit` must be a number of {items}, and `before` the id of one");
            HttpError::bad_request("invalid_query", message)
        })?;
        Ok((asked.limit.min(MAX), asked.before))
    }
}
