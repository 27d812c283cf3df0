//! `GET /api/audit`: who did what to the data.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use firstvalue_model::time::Millis;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Admin;
use crate::error::HttpError;

/// The most deeds in one answer.
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
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Audit>, HttpError> {
    let Query(asked) = asked.map_err(|_| {
        let message = "`limit` must be a number of deeds, and `before` the id of one";
        HttpError::bad_request("invalid_query", message)
    })?;
    let limit = asked.limit.min(MAX);
    let deeds = admin
        .product
        .read(move |reader| reader.audit(asked.before, limit))
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
