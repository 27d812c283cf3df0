//! `DELETE /api/users/{id}`: takes out everything that is kept of a user.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_store::Erasure;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::person;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::deed;
use crate::error::HttpError;
use crate::ingest;
use crate::path::Path;

/// What was taken out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Erased {
    user: String,
    /// Other ids that messages say are the same person's, and under which somebody has signed in. What was
    /// done under them is left, unless `joined` is asked for.
    left: Vec<String>,
    /// Events, those from before they signed in included.
    events: usize,
    /// Messages that had been refused.
    refused: usize,
    /// Whether nothing is left in the files. If not, somebody is reading what was there before, as an export
    /// does, and it goes when that is done.
    overwritten: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Also what was done under other ids of the same person under which somebody has signed in. Clients say
    /// that two ids are one person, and anybody who has the write key can: ask for this only if you know.
    #[serde(default)]
    pub(super) joined: bool,
}

/// Takes out everything that is kept of a user
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    operation_id = "eraseUser",
    tag = "queries",
    params(("id" = String, Path, description = "The user"), Asked),
    responses(
        (status = 200, body = Erased),
        (status = 400, description = "`joined` is neither true nor false"),
        (status = 404, description = "Nothing is known of the user"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Erased>, HttpError> {
    let deed = deed::erasure(collector.now(), admin.actor(), &id);
    let whom = Erasure {
        user: id.clone(),
        joined: joined(asked)?,
    };
    // By itself, so that a client that goes away does not leave it half done.
    let product = Arc::clone(&admin.product);
    let erasing = tokio::spawn(async move { product.erase(whom, deed).await });
    let erased = erasing
        .await
        .map_err(|_| HttpError::unavailable("not_stored", "the collector is about to end"))?
        .map_err(|error| ingest::not_stored(&error))?;
    if erased.events + erased.refused == 0 {
        return Err(person::unknown(&id));
    }
    Ok(Json(Erased {
        user: id,
        events: erased.events,
        refused: erased.refused,
        overwritten: erased.overwritten,
        left: erased.left,
    }))
}

/// Whether other ids are meant, too.
pub(super) fn joined(asked: Result<Query<Asked>, QueryRejection>) -> Result<bool, HttpError> {
    let asked = asked.map(|Query(asked)| asked.joined);
    asked.map_err(|_| HttpError::bad_request("invalid_query", "`joined` must be true or false"))
}
