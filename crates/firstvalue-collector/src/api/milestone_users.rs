//! `GET /api/milestones/{id}/users`: who has reached a milestone, and when.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::Projection;

/// By user.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MilestoneUsers {
    users: Vec<User>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MilestoneUser)]
struct User {
    user: String,
    reached_at: Millis,
    ttv_ms: Millis,
}

/// Who has reached a milestone, and when
#[utoipa::path(
    get,
    path = "/api/milestones/{id}/users",
    operation_id = "milestoneUsers",
    tag = "queries",
    params(("id" = String, Path, description = "The milestone")),
    responses(
        (status = 200, body = MilestoneUsers),
        (status = 404, description = "The playbook has no such milestone"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<MilestoneUsers>, HttpError> {
    let now = collector.now();
    let missing = HttpError::not_found(format!("the playbook has no milestone `{id}`"));
    let users = admin
        .product
        .projector
        .ask(move |projection| users(projection, &id, now))
        .await?;
    users.map(Json).ok_or(missing)
}

fn users(projection: &Projection, id: &str, now: Millis) -> Option<MilestoneUsers> {
    let milestone = projection.playbook().rules.milestone(id)?;
    let reached = projection.users_at(now).filter_map(|user| {
        let reached = user.reached(milestone)?;
        Some(User {
            user: user.id.to_owned(),
            reached_at: reached.at,
            ttv_ms: reached.time_to_value,
        })
    });
    Some(MilestoneUsers {
        users: reached.collect(),
    })
}
