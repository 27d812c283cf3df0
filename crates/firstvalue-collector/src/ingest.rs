//! `POST /v1/…`: Segment's HTTP tracking API.

mod body;
mod check;
mod reply;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use axum::routing::{MethodRouter, post};
use firstvalue_model::message::MessageKind;
use firstvalue_store::AppendError;
use serde_json::Value;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use body::Body;
use reply::Reply;

/// Events of one request; Segment takes 2,500.
const MAX_EVENTS: usize = 10_000;

/// Bodies beyond this size are read on a thread of their own, so that other requests do not wait.
const READ_INLINE: usize = 16 * 1_024;

/// The calls by their names, and by the initials that Segment's browser client uses.
pub(crate) fn routes() -> Router<Arc<Collector>> {
    let calls = [
        ("/v1/track", "/v1/t", MessageKind::Track),
        ("/v1/identify", "/v1/i", MessageKind::Identify),
        ("/v1/group", "/v1/g", MessageKind::Group),
        ("/v1/page", "/v1/p", MessageKind::Page),
        ("/v1/screen", "/v1/s", MessageKind::Screen),
        ("/v1/alias", "/v1/a", MessageKind::Alias),
    ];
    let routes = Router::new()
        .route("/v1/batch", route(None))
        .route("/v1/b", route(None));
    calls
        .into_iter()
        .fold(routes, |routes, (name, initial, kind)| {
            routes
                .route(name, route(Some(kind)))
                .route(initial, route(Some(kind)))
        })
        .layer(DefaultBodyLimit::max(body::MAX_SENT))
}

/// Takes one call of a kind, or a batch of any.
fn route(kind: Option<MessageKind>) -> MethodRouter<Arc<Collector>> {
    post(
        move |State(collector): State<Arc<Collector>>, headers: HeaderMap, sent| async move {
            ingest(&collector, kind, &headers, sent).await
        },
    )
}

async fn ingest(
    collector: &Collector,
    kind: Option<MessageKind>,
    headers: &HeaderMap,
    sent: Result<Bytes, BytesRejection>,
) -> Result<Json<Reply>, HttpError> {
    let body = read(body::sent(sent)?, kind).await?;
    let key = auth::basic_user(headers)
        .or(body.write_key)
        .unwrap_or_default();
    if !auth::same(&key, &collector.write_key) {
        return Err(HttpError::unknown_write_key());
    }
    if body.events.len() > MAX_EVENTS {
        return Err(HttpError::too_large(format!(
            "a batch has at most {MAX_EVENTS} events"
        )));
    }
    let (reply, accepted) = check_all(body.events, kind, collector.now());
    let fates = collector
        .store
        .append(accepted)
        .await
        .map_err(|error| not_stored(&error))?;
    collector.projector.wake();
    Ok(Json(reply.with(&fates)))
}

async fn read(sent: Bytes, kind: Option<MessageKind>) -> Result<Body, HttpError> {
    if sent.len() <= READ_INLINE && !body::is_gzip(&sent) {
        return Body::read(&sent, kind.is_none());
    }
    let reading = tokio::task::spawn_blocking(move || Body::read(&sent, kind.is_none()));
    reading.await.unwrap_or_else(|error| {
        tracing::error!(%error, "reading a body failed");
        Err(HttpError::unavailable(
            "failed",
            "the body could not be read; send it again later",
        ))
    })
}

fn check_all(
    events: Vec<Value>,
    kind: Option<MessageKind>,
    received_at: i64,
) -> (Reply, Vec<firstvalue_store::NewEvent>) {
    let mut reply = Reply::default();
    let mut accepted = Vec::with_capacity(events.len());
    for event in events {
        match check::check(event, kind, received_at) {
            Ok(event) => {
                reply.accept(&event.message_id);
                accepted.push(event);
            }
            Err(rejected) => reply.reject(rejected),
        }
    }
    (reply, accepted)
}

fn not_stored(error: &AppendError) -> HttpError {
    match error {
        AppendError::Busy => HttpError::unavailable("busy", error.to_string()),
        AppendError::Database(_) | AppendError::Closed => {
            tracing::error!(%error, "events were not stored");
            let message = "the events could not be stored; send them again later";
            HttpError::unavailable("not_stored", message)
        }
    }
}
