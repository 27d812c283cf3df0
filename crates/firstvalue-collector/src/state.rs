//! `GET /v1/state`: what the engine knows of a user from all their devices, for a browser in which
//! they have just signed in.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use firstvalue_store::Reader;
use serde::Deserialize;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::signed::Signed;

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    hash: String,
}

/// The state as bytes, which the engine in the browser loads. Only who has the user's id signed by
/// the host's server gets it: the write key is public, and ids can be guessed.
#[utoipa::path(
    get,
    path = "/v1/state",
    operation_id = "userState",
    tag = "clients",
    params(
        ("key" = String, Query, description = "The write key"),
        ("user" = String, Query, description = "The user's id"),
        ("hash" = String, Query, description = "HMAC-SHA256 of the id with the identity secret"),
    ),
    responses(
        (status = 200, description = "The state", content_type = "application/octet-stream"),
        (status = 403, description = "The hash is not that of the user"),
        (status = 404, description = "Nothing is known of the user yet, or they go by the ids of several who have signed in"),
        (status = 401, description = "The write key is missing or unknown"),
    ),
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let Query(asked) = asked?;
    let (product, _) = auth::writer(&collector, &asked.key, &headers)?;
    if !Signed::User.by(product, &asked.user, &asked.hash) {
        return Err(HttpError::wrong_user_hash());
    }
    // Anybody who has the write key can say that two ids are one person. Whoever was ever signed in under
    // another id may be somebody else, whose signature this is not.
    let user = asked.user.clone();
    let others = move |reader: &dyn Reader| Ok(!reader.kept_under(&user, false)?.others.is_empty());
    if product.read(others).await? {
        return Err(HttpError::not_found(
            "this user is known by the ids of several who have signed in, so their state is not told",
        ));
    }
    let user = asked.user.clone();
    let state = product
        .projector
        .ask(move |projection| projection.saved_state(projection.person(&user)))
        .await?
        .ok_or_else(|| HttpError::not_found("nothing is known of this user yet"))?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, state).into_response())
}
