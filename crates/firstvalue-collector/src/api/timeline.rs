//! `GET /api/users/{id}/events`: everything that a user did, a part at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_store::{Position, StoredEvent};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::events::{self, Event};
use super::page::{MAX, usual};
use super::person;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::path::Path;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default = "usual")]
    limit: u32,
    /// Only what comes after this in the list: the `next` of the part before.
    before: Option<String>,
}

/// Newest first, by the time at which they happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    events: Vec<Event>,
    /// Where to go on: `before` this, there may be more; null if there are none.
    next: Option<String>,
}

/// Everything that a user did, also before they signed in
#[utoipa::path(
    get,
    path = "/api/users/{id}/events",
    operation_id = "userEvents",
    tag = "queries",
    params(("id" = String, Path, description = "The user"), Asked),
    responses(
        (status = 200, body = Timeline),
        (status = 400, description = "`limit` is no number, or `before` none that was given out"),
        (status = 404, description = "Nothing is known of the user"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Timeline>, HttpError> {
    let Asked { limit, before } = asked
        .map(|Query(asked)| asked)
        .map_err(|_| odd("`limit` must be a whole number of events"))?;
    let before = before.map(|text| place(&text).ok_or_else(|| odd(NO_PLACE)));
    let (limit, before) = (limit.min(MAX), before.transpose()?);
    let (person, ()) = person::find(&admin, &id, collector.now(), |_, _| ()).await?;
    let events = admin
        .product
        .read(move |reader| reader.latest_of(&reader.ids_of(&person)?, before, limit))
        .await?;
    let last = events.last().filter(|_| events.len() == limit as usize);
    Ok(Json(Timeline {
        next: last.map(text),
        events: events.into_iter().filter_map(events::event).collect(),
    }))
}

const NO_PLACE: &str = "`before` must be the `next` of the part before";

fn odd(message: &str) -> HttpError {
    HttpError::bad_request("invalid_query", message)
}

/// Where an event stands, as clients hand it back.
fn text(event: &StoredEvent) -> String {
    format!("{}.{}", event.at, event.position)
}

fn place(text: &str) -> Option<(i64, Position)> {
    let (at, position) = text.split_once('.')?;
    Some((at.parse().ok()?, position.parse().ok()?))
}
