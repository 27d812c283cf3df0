//! The server: connections, and how long and how large a header may be.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::limits::Limits;

/// How long to wait when the system has no connection to give, as when there are too many files.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until told to stop, and then until every request that had begun is answered.
///
/// # Errors
/// If connections cannot be taken at all.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header.max(8_192));
    let service = TowerToHyperService::new(router);
    let places = Arc::new(Semaphore::new(limits.connections));
    let running = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            // It is never closed.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, accept(&listener).await)
        };
        let (place, connection) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        // Answers are small and should leave at once.
        drop(connection.set_nodelay(true));
        let connection = http.serve_connection(TokioIo::new(connection), service.clone());
        let connection = running.watch(connection);
        tokio::spawn(async move {
            // A client that goes away, or is too slow, is no news.
            drop(connection.await);
            drop(place);
        });
    }
    drop(listener);
    running.shutdown().await;
    Ok(())
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((connection, _)) => return connection,
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken now");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Whether the client has gone again before it was taken.
fn is_of_the_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
