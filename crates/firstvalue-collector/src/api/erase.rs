//! `DELETE /api/users/{id}`: takes out everything that is kept of a user.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::user;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::deed;
use crate::error::HttpError;
use crate::ingest;

/// What was taken out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Erased {
    user: String,
    /// Events, those from before they signed in included.
    events: usize,
    /// Messages that had been refused.
    refused: usize,
}

/// Takes out everything that is kept of a user
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    operation_id = "eraseUser",
    tag = "queries",
    params(("id" = String, Path, description = "The user")),
    responses(
        (status = 200, body = Erased),
        (status = 404, description = "Nothing is known of the user"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Erased>, HttpError> {
    let deed = deed::erasure(collector.now(), admin.actor(), &id);
    let erased = admin
        .product
        .store
        .erase(id.clone(), deed)
        .await
        .map_err(|error| ingest::not_stored(&error))?;
    // What they did is in counts and states, too.
    admin.product.projector.start_over().await;
    if erased.events + erased.refused == 0 {
        return Err(user::unknown(&id));
    }
    Ok(Json(Erased {
        user: id,
        events: erased.events,
        refused: erased.refused,
    }))
}
