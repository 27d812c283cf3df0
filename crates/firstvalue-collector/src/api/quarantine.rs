//! `GET /api/quarantine`: what was refused last, and why.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use firstvalue_model::time::Millis;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Admin;
use crate::error::HttpError;

/// The most messages in one answer.
const MAX: u32 = 1_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default = "usual")]
    limit: u32,
    before: Option<i64>,
}

fn usual() -> u32 {
    50
}

/// Newest first, by arrival.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quarantine {
    refused: Vec<Refused>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Refused {
    /// Where to go on: `before` this, there are older ones.
    id: i64,
    received_at: Millis,
    message_id: Option<String>,
    user: Option<String>,
    reason: String,
    /// What was sent, as text: it may not even be JSON.
    body: String,
}

/// What was refused last, and why
#[utoipa::path(
    get,
    path = "/api/quarantine",
    operation_id = "quarantine",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Quarantine),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Quarantine>, HttpError> {
    let Query(asked) = asked.map_err(|_| {
        let message = "`limit` must be a number of messages, and `before` the id of one";
        HttpError::bad_request("invalid_query", message)
    })?;
    let limit = asked.limit.min(MAX);
    let refused = admin
        .product
        .read(move |reader| reader.quarantine(asked.before, limit))
        .await?;
    let refused = refused.into_iter().map(|refusal| Refused {
        id: refusal.id,
        received_at: refusal.refused.received_at,
        message_id: refusal.refused.message_id,
        user: refusal.refused.user,
        reason: refusal.refused.reason,
        body: refusal.refused.body,
    });
    Ok(Json(Quarantine {
        refused: refused.collect(),
    }))
}
