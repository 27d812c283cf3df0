//! `POST /v1/…`: Segment's HTTP tracking API; and what PostHog's clients send.

mod body;
pub(crate) mod check;
pub(crate) mod form;
mod posthog;
pub(crate) mod refusal;
mod reply;
mod size;
mod skew;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::routing::{MethodRouter, any, post};
use firstvalue_model::message::MessageKind;
use firstvalue_store::{AppendError, NewEvent, NewRefusal};
use uuid::Uuid;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::metrics::EventFate;
use crate::product::Product;
use body::Envelope;
use check::Arrived;
use form::Form;
pub(crate) use reply::Reply;

/// Bodies beyond this size are read on a thread of their own, so that other requests do not wait.
const READ_INLINE: usize = 16 * 1_024;

/// The calls by their names, and by the initials that Segment's browser client uses; and PostHog's.
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
        .route("/v1/batch", route(Form::Batch))
        .route("/v1/b", route(Form::Batch))
        .route("/v1/{call}", any(unknown));
    // With and without a slash at the end, as clients of different versions have it.
    let posthog = ["/batch", "/capture", "/e", "/i/v0/e"];
    let routes = posthog.into_iter().fold(routes, |routes, path| {
        routes
            .route(path, route(Form::PostHog))
            .route(&format!("{path}/"), route(Form::PostHog))
    });
    calls
        .into_iter()
        .fold(routes, |routes, (name, initial, kind)| {
            routes
                .route(name, route(Form::Call(kind)))
                .route(initial, route(Form::Call(kind)))
        })
}

/// A call that is none of Segment's.
async fn unknown(Path(call): Path<String>) -> HttpError {
    let text = "the calls are batch, track, identify, group, page, screen and alias";
    HttpError::not_found(format!("there is no call `{call}`; {text}"))
}

/// Takes events of a form.
fn route(form: Form) -> MethodRouter<Arc<Collector>> {
    post(
        move |State(collector): State<Arc<Collector>>, headers: HeaderMap, body: Body| async move {
            ingest(&collector, form, headers, body).await
        },
    )
}

async fn ingest(
    collector: &Arc<Collector>,
    form: Form,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Reply>, HttpError> {
    let sent = body::receive(body, &headers, &collector.limits).await?;
    let Taken {
        product,
        reply,
        events,
        refused,
    } = read(collector, form, headers, sent).await?;
    let fates = product
        .store
        .append(events, refused)
        .await
        .map_err(|error| not_stored(&error))?;
    product.has_stored();
    let reply = reply.with(&fates);
    for (fate, events) in reply.counts() {
        product
            .fates
            .get_or_create(&EventFate { fate })
            .inc_by(events);
    }
    Ok(Json(reply))
}

/// A request that was read, checked and let in.
struct Taken {
    product: Arc<Product>,
    reply: Reply,
    events: Vec<NewEvent>,
    refused: Vec<NewRefusal>,
}

async fn read(
    collector: &Arc<Collector>,
    form: Form,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Taken, HttpError> {
    if sent.len() <= READ_INLINE && !body::is_gzip(&sent) {
        return take(collector, form, &headers, &sent);
    }
    // It is never closed.
    let _turn = collector.unpacking.acquire().await.ok();
    let collector = Arc::clone(collector);
    let reading = tokio::task::spawn_blocking(move || take(&collector, form, &headers, &sent));
    reading.await.unwrap_or_else(|error| {
        tracing::error!(%error, "reading a body failed");
        Err(HttpError::unavailable(
            "failed",
            "the body could not be read; send it again later",
        ))
    })
}

/// Reads a body, lets in whoever may write, and looks at each event.
fn take(
    collector: &Collector,
    form: Form,
    headers: &HeaderMap,
    sent: &[u8],
) -> Result<Taken, HttpError> {
    let limits = &collector.limits;
    let json = body::unpack(sent, limits)?;
    let envelope = Envelope::read(&json, form)?;
    let key = auth::basic_user(headers)
        .or(envelope.write_key)
        .unwrap_or_default();
    let (product, key) = auth::writer(collector, &key, headers)?;
    if envelope.events.len() > limits.events {
        return Err(HttpError::too_large(format!(
            "a batch has at most {} events",
            limits.events
        )));
    }
    key.take(envelope.events.len())
        .map_err(HttpError::too_many)?;

    let arrived = Arrived {
        at: collector.now(),
        sent_at: envelope.sent_at,
        live: true,
    };
    let mut taken = Taken {
        product: Arc::clone(product),
        reply: Reply::default(),
        events: Vec::with_capacity(envelope.events.len()),
        refused: Vec::new(),
    };
    for event in envelope.events {
        match check::check(event, form, arrived, limits, new_id) {
            Ok(event) => {
                taken.reply.accept(&event.message_id);
                taken.events.push(event);
            }
            Err(refusal) => {
                taken.reply.reject(&refusal);
                taken.refused.push(refusal);
            }
        }
    }
    Ok(taken)
}

/// An id for an event whose client gave none. It is of the time, so that it stands at the end of the
/// index.
fn new_id() -> String {
    Uuid::now_v7().to_string()
}

pub(crate) fn not_stored(error: &AppendError) -> HttpError {
    match error {
        AppendError::Busy => HttpError::unavailable("busy", error.to_string()),
        AppendError::Database(_) | AppendError::Closed => {
            tracing::error!(%error, "events were not stored");
            let message = "the events could not be stored; send them again later";
            HttpError::unavailable("not_stored", message)
        }
    }
}
