//! `GET /api/users`: everybody, by id.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_model::time::Millis;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::{MAX, usual};
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::{KnownUser, Projection};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default = "usual")]
    pub(super) limit: u32,
    /// Only those whose id comes after this one.
    #[serde(default)]
    pub(super) after: String,
}

impl Asked {
    /// Which part of a list by id is asked for.
    pub(super) fn read(asked: Result<Query<Self>, QueryRejection>) -> Result<Self, HttpError> {
        let Query(asked) = asked.map_err(|_| {
            let message = "`limit` must be a whole number, and `after` an id";
            HttpError::bad_request("invalid_query", message)
        })?;
        Ok(Self {
            limit: asked.limit.min(MAX),
            ..asked
        })
    }
}

/// By id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Users {
    users: Vec<User>,
    /// Where to go on: `after` this, there are more; null if there are none.
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserInList)]
pub(crate) struct User {
    user: String,
    account: Option<String>,
    signup_at: Option<Millis>,
    last_seen_at: Option<Millis>,
    stage: Option<String>,
    /// The ids of those reached.
    milestones: Vec<String>,
}

impl User {
    pub(super) fn of(projection: &Projection, user: &KnownUser<'_>) -> Self {
        let rules = &projection.playbook().rules;
        let milestones = rules.milestones.iter().enumerate();
        Self {
            user: user.id.to_owned(),
            account: projection.account_of(user.id).map(str::to_owned),
            signup_at: user.signup(),
            last_seen_at: projection.last_seen(user.id),
            stage: user.state().stage(rules).map(|stage| stage.id.clone()),
            milestones: milestones
                .filter(|(place, _)| user.reached(*place).is_some())
                .map(|(_, rule)| rule.id.clone())
                .collect(),
        }
    }
}

/// Everybody, by id
#[utoipa::path(
    get,
    path = "/api/users",
    operation_id = "users",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Users),
        (status = 400, description = "`limit` is no number"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Users>, HttpError> {
    let (asked, now) = (Asked::read(asked)?, collector.now());
    let users = admin
        .product
        .projector
        .ask(move |projection| users(projection, &asked, now));
    Ok(Json(users.await?))
}

fn users(projection: &Projection, asked: &Asked, now: Millis) -> Users {
    let users = projection.users_at(now);
    let mut users = users.filter(|user| asked.after.is_empty() || user.id > asked.after.as_str());
    let some = users.by_ref().take(asked.limit as usize);
    let some: Vec<User> = some.map(|user| User::of(projection, &user)).collect();
    let last = some.last().filter(|_| users.next().is_some());
    Users {
        next: last.map(|last| last.user.clone()),
        users: some,
    }
}
