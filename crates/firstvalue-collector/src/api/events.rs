//! `GET /api/events`: what came in last.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use firstvalue_model::message::MessageKind;
use firstvalue_model::message::{Message, Object, PAGE_VIEWED};
use firstvalue_model::time::Millis;
use firstvalue_store::StoredEvent;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::{MAX, usual};
use crate::auth::Admin;
use crate::error::HttpError;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default = "usual")]
    limit: u32,
}

/// Newest first, by arrival.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Latest {
    events: Vec<Event>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Event {
    at: Millis,
    received_at: Millis,
    user: String,
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: MessageKind,
    event: Option<String>,
    #[schema(value_type = Option<serde_json::Value>)]
    properties: Option<Object>,
}

/// What came in last
#[utoipa::path(
    get,
    path = "/api/events",
    operation_id = "latestEvents",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Latest),
        (status = 400, description = "A parameter is not what it may be"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Latest>, HttpError> {
    let Query(asked) = asked.map_err(|_| {
        HttpError::bad_request("invalid_query", "`limit` must be a whole number of events")
    })?;
    let limit = asked.limit.min(MAX);
    let events = admin
        .product
        .read(move |reader| reader.latest(limit))
        .await?;
    Ok(Json(Latest {
        events: events.into_iter().filter_map(event).collect(),
    }))
}

pub(crate) fn event(stored: StoredEvent) -> Option<Event> {
    let message: Message = serde_json::from_str(&stored.body).ok()?;
    Some(Event {
        at: stored.at,
        received_at: stored.received_at,
        user: message.user()?.to_owned(),
        kind: message.kind,
        event: match message.kind {
            MessageKind::Page => Some(PAGE_VIEWED.to_owned()),
            _ => message.event,
        },
        properties: message.properties,
    })
}
