//! `GET /api/events/live`: events as they come in, as server-sent events.

use std::io;
use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use firstvalue_store::{Position, StoredEvent};
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use super::events;
use crate::auth::Admin;
use crate::error::HttpError;
use crate::product::Product;

/// Events that are read at a time.
const AT_ONCE: u32 = 500;

/// Pieces that may wait for a client that is slower than the events.
const WAITING: usize = 4;

/// How often something is sent when nothing happens, so that proxies keep the connection and a client
/// that has gone is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Events as they come in
///
/// A stream of server-sent events (`text/event-stream`), each with its place in the order of storing as
/// `id` and the event as JSON as `data`. It begins with what comes next, or after the event that
/// `Last-Event-ID` names; browsers send that when they connect again.
#[utoipa::path(
    get,
    path = "/api/events/live",
    operation_id = "liveEvents",
    tag = "queries",
    params(("last-event-id" = Option<i64>, Header, description = "Where to go on")),
    responses(
        (status = 200, body = String, content_type = "text/event-stream"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(admin: Admin, headers: HeaderMap) -> Result<Response, HttpError> {
    // Before it is asked what is last: nothing that comes then is missed.
    let stored = admin.product.watch();
    let last = headers.get("last-event-id");
    let last = last.and_then(|last| last.to_str().ok()?.parse::<Position>().ok());
    let after = match last {
        Some(last) => last,
        None => admin.product.read(|reader| reader.last()).await?,
    };
    let (sender, waiting) = mpsc::channel(WAITING);
    // It must not keep the product open.
    tokio::spawn(send(Arc::downgrade(&admin.product), stored, after, sender));
    let headers = [(CONTENT_TYPE, "text/event-stream")];
    let body = Body::from_stream(ReceiverStream::new(waiting));
    Ok((headers, body).into_response())
}

/// Sends events until the client has gone, or the collector stops.
async fn send(
    product: Weak<Product>,
    mut stored: watch::Receiver<bool>,
    mut after: Position,
    sender: mpsc::Sender<io::Result<Bytes>>,
) {
    let mut text = ":\n\n".to_owned();
    loop {
        if sender.send(Ok(text.into())).await.is_err() || *stored.borrow_and_update() {
            return;
        }
        let Some(product) = product.upgrade() else {
            return;
        };
        let events = product
            .read(move |reader| reader.after(after, AT_ONCE))
            .await;
        drop(product);
        let events = match events {
            Ok(events) => events,
            Err(error) => {
                tracing::warn!(%error, "a stream of events was cut off");
                return;
            }
        };
        if let Some(last) = events.last() {
            after = last.position;
            text = events.into_iter().filter_map(piece).collect();
            continue;
        }
        match tokio::time::timeout(SIGN_OF_LIFE, stored.changed()).await {
            Ok(Ok(())) => text = String::new(),
            // The collector is gone.
            Ok(Err(_)) => return,
            Err(_) => text = ":\n\n".to_owned(),
        }
    }
}

fn piece(stored: StoredEvent) -> Option<String> {
    let position = stored.position;
    let json = serde_json::to_string(&events::event(stored)?).ok()?;
    Some(format!("id: {position}\ndata: {json}\n\n"))
}
