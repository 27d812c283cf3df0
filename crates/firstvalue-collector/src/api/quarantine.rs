//! `GET /api/quarantine`: what was refused last, and why.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::page::Asked;
use crate::auth::Admin;
use crate::error::HttpError;

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
        (status = 400, description = "A parameter is not what it may be"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Quarantine>, HttpError> {
    let (limit, before) = Asked::read(asked, "messages")?;
    let refused = admin
        .product
        .read(move |reader| reader.quarantine(before, limit))
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
