//! `GET /api/export` and `GET /api/users/{id}/export`: events as a file.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use firstvalue_model::time::{self, Millis};
use firstvalue_store::Filter;
use serde::Deserialize;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::{erase, person};
use crate::auth::Admin;
use crate::collector::Collector;
use crate::deed;
use crate::error::HttpError;
use crate::export::{self, Format};
use crate::ingest;
use crate::path::Path;

/// Pieces that may wait for a client that is slower than the disk.
const WAITING: usize = 4;

/// Bytes of a piece.
const PIECE: usize = 64 * 1_024;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default)]
    #[param(value_type = Option<String>, example = "ndjson")]
    format: Format,
    /// Only what happened at or after this, in ISO 8601.
    from: Option<String>,
    /// Only what happened before this, in ISO 8601.
    until: Option<String>,
}

/// All events, or those of some time.
#[utoipa::path(
    get,
    path = "/api/export",
    operation_id = "exportEvents",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "A parameter is not what it may be"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, HttpError> {
    let Query(asked) = asked.map_err(|_| odd("`format` must be ndjson, csv or parquet"))?;
    let filter = Filter {
        from: moment(asked.from.as_deref())?,
        until: moment(asked.until.as_deref())?,
        users: None,
    };
    send(&collector, &admin, None, filter, asked.format).await
}

/// Everything that a user has sent, also before they signed in.
#[utoipa::path(
    get,
    path = "/api/users/{id}/export",
    operation_id = "exportUser",
    tag = "queries",
    params(("id" = String, Path, description = "The user"), erase::Asked),
    responses(
        (status = 200, body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "`joined` is neither true nor false"),
        (status = 404, description = "Nothing is known of the user"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve_user(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
    asked: Result<Query<erase::Asked>, QueryRejection>,
) -> Result<Response, HttpError> {
    let joined = erase::joined(asked)?;
    let asked = id.clone();
    let ids = admin
        .product
        .read(move |reader| {
            let ids = reader.kept_under(&asked, joined)?.ids;
            let known = !reader.latest_of(&ids, None, 1)?.is_empty();
            Ok(known.then_some(ids))
        })
        .await?
        .ok_or_else(|| person::unknown(&id))?;
    let filter = Filter {
        users: Some(ids),
        ..Filter::default()
    };
    send(&collector, &admin, Some(&id), filter, Format::Ndjson).await
}

fn odd(message: &str) -> HttpError {
    HttpError::bad_request("invalid_query", message)
}

fn moment(text: Option<&str>) -> Result<Option<Millis>, HttpError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let read = time::timestamp(text).ok_or_else(|| odd("`from` and `until` must be ISO 8601"))?;
    Ok(Some(read.at))
}

async fn send(
    collector: &Collector,
    admin: &Admin,
    user: Option<&str>,
    filter: Filter,
    format: Format,
) -> Result<Response, HttpError> {
    let deed = deed::export(collector.now(), admin.actor(), user, format.extension());
    let noted = admin.product.store.note(deed).await;
    noted.map_err(|error| ingest::not_stored(&error))?;

    let (sender, waiting) = mpsc::channel(WAITING);
    let product = Arc::clone(&admin.product);
    let pieces = Pieces {
        sender,
        runtime: Handle::current(),
        patience: collector.limits.answer_time,
    };
    tokio::task::spawn_blocking(move || {
        let mut pieces = BufWriter::with_capacity(PIECE, pieces);
        let reader = product.store.reader();
        let exported = reader
            .map_err(export::ExportError::from)
            .and_then(|reader| {
                let count = export::export(&*reader, &filter, format, &mut pieces)?;
                pieces.flush()?;
                Ok(count)
            });
        if let Err(error) = exported {
            tracing::warn!(%error, "an export was cut off");
            let (pieces, _) = pieces.into_parts();
            let (sender, runtime) = (pieces.sender, pieces.runtime);
            // The client must not take what it has for the whole. It may be long in taking what waits.
            runtime.spawn(async move { sender.send(Err(io::Error::other(error))).await });
        }
    });
    let name = format!("attachment; filename=\"events.{}\"", format.extension());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    let body = Body::from_stream(ReceiverStream::new(waiting));
    Ok((headers, body).into_response())
}

/// Hands pieces of a file to the connection, and waits while it is busy, but not for ever: as long as
/// somebody reads the database, its log can only grow.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    runtime: Handle,
    patience: Duration,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        let sending = self.sender.send(Ok(piece));
        let sent = self
            .runtime
            .block_on(async { tokio::time::timeout(self.patience, sending).await });
        match sent {
            Ok(Ok(())) => Ok(bytes.len()),
            // The client has gone.
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
