//! `GET /api/milestones/{id}/users`: who has reached a milestone, and when.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::users::Asked;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::path::Path;
use crate::projection::Projection;

/// By id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MilestoneUsers {
    users: Vec<User>,
    /// Where to go on: `after` this, there are more; null if there are none.
    next: Option<String>,
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
    params(("id" = String, Path, description = "The milestone"), Asked),
    responses(
        (status = 200, body = MilestoneUsers),
        (status = 400, description = "`limit` is no number"),
        (status = 404, description = "The playbook has no such milestone"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<MilestoneUsers>, HttpError> {
    let (asked, now) = (Asked::read(asked)?, collector.now());
    let missing = HttpError::not_found(format!("the playbook has no milestone `{id}`"));
    let users = admin
        .product
        .projector
        .ask(move |projection| users(projection, &id, &asked, now))
        .await?;
    users.map(Json).ok_or(missing)
}

fn users(projection: &Projection, id: &str, asked: &Asked, now: Millis) -> Option<MilestoneUsers> {
    let milestone = projection.playbook().rules.milestone(id)?;
    let users = projection.users_at(now);
    let rest = users.filter(|user| asked.after.is_empty() || user.id > asked.after.as_str());
    let mut reached = rest.filter_map(|user| {
        let reached = user.reached(milestone)?;
        Some(User {
            user: user.id.to_owned(),
            reached_at: reached.at,
            ttv_ms: reached.time_to_value,
        })
    });
    let users: Vec<User> = reached.by_ref().take(asked.limit as usize).collect();
    let last = users.last().filter(|_| reached.next().is_some());
    Some(MilestoneUsers {
        next: last.map(|last| last.user.clone()),
        users,
    })
}
