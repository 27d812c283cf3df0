//! The least that a server has to do that takes batches over HTTP: reads them and drops them, or reads
//! them, appends them to a file and answers when they are on the disk.

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::post;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Requests of which the events are written at once, at most.
const GROUP: usize = 1_000;

/// Takes batches.
#[derive(Args)]
pub struct Floor {
    /// The file that they are appended to; without it they are dropped.
    #[arg(long)]
    file: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Batch {
    batch: Vec<Value>,
}

/// A request's events, and whom to tell that they are on the disk.
type Work = (Vec<u8>, oneshot::Sender<bool>);

impl Floor {
    pub async fn run(&self) -> Result<()> {
        let writer = match &self.file {
            None => None,
            Some(path) => {
                let file = File::create(path);
                let file = file.with_context(|| format!("cannot make `{}`", path.display()))?;
                let (work, waiting) = mpsc::channel();
                std::thread::spawn(move || write(file, &waiting));
                Some(work)
            }
        };
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        println!("listening on http://{}", listener.local_addr()?);
        let routes = Router::new()
            .route("/v1/batch", post(take))
            .layer(DefaultBodyLimit::max(500 * 1_024))
            .with_state(writer);
        Ok(axum::serve(listener, routes).await?)
    }
}

async fn take(
    State(writer): State<Option<mpsc::Sender<Work>>>,
    body: Bytes,
) -> (StatusCode, String) {
    let Ok(Batch { batch }) = serde_json::from_slice(&body) else {
        return (StatusCode::BAD_REQUEST, String::new());
    };
    let mut stored = true;
    if let Some(writer) = writer {
        let mut lines = Vec::with_capacity(body.len());
        for event in &batch {
            stored &= serde_json::to_writer(&mut lines, event).is_ok();
            lines.push(b'\n');
        }
        let (reply, answer) = oneshot::channel();
        stored &= writer.send((lines, reply)).is_ok() && answer.await.unwrap_or(false);
    }
    match stored {
        true => (StatusCode::OK, "{\"success\":true}".to_owned()),
        false => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
    }
}

/// Writes what waits, and tells everybody when it is on the disk.
fn write(mut file: File, waiting: &mpsc::Receiver<Work>) {
    let (mut bytes, mut replies) = (Vec::new(), Vec::new());
    while let Ok(first) = waiting.recv() {
        let others = std::iter::from_fn(|| waiting.try_recv().ok());
        for (lines, reply) in std::iter::once(first).chain(others).take(GROUP) {
            bytes.extend_from_slice(&lines);
            replies.push(reply);
        }
        let written = file.write_all(&bytes).and_then(|()| file.sync_data());
        for reply in replies.drain(..) {
            // Whoever does not wait any more has gone.
            let _gone = reply.send(written.is_ok());
        }
        bytes.clear();
    }
}
