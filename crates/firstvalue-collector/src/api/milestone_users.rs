//! `GET /api/milestones/{id}/users`: who has reached a milestone, and when.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use firstvalue_model::time::Millis;
use serde::Serialize;

use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::Projection;

/// By user.
#[derive(Debug, Serialize)]
pub(crate) struct MilestoneUsers {
    users: Vec<User>,
}

#[derive(Debug, Serialize)]
struct User {
    user: String,
    reached_at: Millis,
    ttv_ms: Millis,
}

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
