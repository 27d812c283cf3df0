//! `GET /api/audit`: who did what to the data.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::page::Asked;
use crate::auth::Admin;
use crate::error::HttpError;

/// Newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Audit {
    deeds: Vec<Deed>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Deed {
    /// Where to go on: `before` this, there are older ones.
    id: i64,
    at: Millis,
    /// The first digits of an admin token's hash, or the command line.
    actor: String,
    action: String,
    /// A user stands here by the first digits of their id's SHA-256.
    subject: String,
    detail: String,
}

/// Who did what to the data
#[utoipa::path(
    get,
    path = "/api/audit",
    operation_id = "audit",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Audit),
        (status = 400, description = "A parameter is not what it may be"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Audit>, HttpError> {
    let (limit, before) = Asked::read(asked, "deeds")?;
    let deeds = admin
        .product
        .read(move |reader| reader.audit(before, limit))
        .await?;
    let deeds = deeds.into_iter().map(|deed| Deed {
        id: deed.id,
        at: deed.at,
        actor: deed.actor,
        action: deed.action,
        subject: deed.subject,
        detail: deed.detail,
    });
    Ok(Json(Audit {
        deeds: deeds.collect(),
    }))
}
