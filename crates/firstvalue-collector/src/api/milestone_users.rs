//! `GET /api/milestones/{id}/users`: who has reached a milestone, and when.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_model::playbook::Per;
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
        (status = 404, description = "The playbook has no such milestone of users"),
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
    let reached = admin.product.projector.ask(move |projection| {
        let milestone = find(projection, &id, Per::User)?;
        Ok(users(projection, milestone, &asked, now))
    });
    reached.await?.map(Json)
}

/// The place of a milestone, which whoever asks takes to be one of users or of accounts.
pub(super) fn find(projection: &Projection, id: &str, per: Per) -> Result<usize, HttpError> {
    let rules = &projection.playbook().rules;
    let place = rules.milestone(id);
    let found = place.and_then(|place| Some((place, rules.milestones.get(place)?.per)));
    match found {
        Some((place, is)) if is == per => Ok(place),
        Some((_, Per::Account)) => Err(HttpError::not_found(format!(
            "`{id}` is a milestone of accounts; ask for its `accounts`"
        ))),
        Some((_, Per::User)) => Err(HttpError::not_found(format!(
            "`{id}` is a milestone of users; ask for its `users`"
        ))),
        None => Err(HttpError::not_found(format!(
            "the playbook has no milestone `{id}`"
        ))),
    }
}

fn users(projection: &Projection, milestone: usize, asked: &Asked, now: Millis) -> MilestoneUsers {
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
    MilestoneUsers {
        next: last.map(|last| last.user.clone()),
        users,
    }
}
