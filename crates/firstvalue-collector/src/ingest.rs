//! `POST /v1/…`: Segment's HTTP tracking API; and what PostHog's clients send.

mod body;
pub(crate) mod check;
pub(crate) mod client;
pub(crate) mod envelope;
mod fields;
pub(crate) mod form;
mod posthog;
pub(crate) mod refusal;
mod reply;
pub(crate) mod sift;
mod size;
mod skew;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::{MethodRouter, any, post};
use firstvalue_store::AppendError;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::metrics::EventFate;
use crate::path::Path;
use crate::product::Product;
use client::Client;
use envelope::Envelope;
use form::Form;
pub(crate) use reply::Reply;
use sift::Sifted;

/// Bodies beyond this size are read on a thread of their own, so that other requests do not wait.
const READ_INLINE: usize = 16 * 1_024;

/// The calls by their names, and by the initials that Segment's browser client uses; and PostHog's.
pub(crate) fn routes() -> Router<Arc<Collector>> {
    let routes = Router::new()
        .route("/v1/batch", route(Form::Batch))
        .route("/v1/b", route(Form::Batch))
        .route("/v1/{call}", any(unknown));
    let routes = form::POSTHOG.into_iter().fold(routes, |routes, path| {
        routes
            .route(path, route(Form::PostHog))
            .route(&format!("{path}/"), route(Form::PostHog))
    });
    form::CALLS
        .into_iter()
        .fold(routes, |routes, (name, initial, kind)| {
            routes
                .route(&format!("/v1/{name}"), route(Form::Call(kind)))
                .route(&format!("/v1/{initial}"), route(Form::Call(kind)))
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
    let Taken { product, sifted } = read(collector, form, headers, sent).await?;
    let Sifted {
        reply,
        events,
        refused,
    } = sifted;
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
    sifted: Sifted,
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
    let json = form.unpack(sent, limits)?;
    let mut envelope = Envelope::read(&json, form, limits)?;
    let (product, key) = auth::writer(collector, &envelope.key(headers), headers)?;
    key.take(envelope.events.len())
        .map_err(HttpError::too_many)?;
    Ok(Taken {
        product: Arc::clone(product),
        sifted: sift::sift(
            envelope,
            form,
            &Client::of(headers),
            collector.now(),
            limits,
        ),
    })
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
