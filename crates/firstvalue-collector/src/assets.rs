//! Files: the dashboard at `/`, the browser packages under `/sdk/`, the demo product under `/demo/`,
//! the gallery of guides under `/gallery/`. Each is optional. A `.br` file beside a file is sent instead
//! to browsers that can read it.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::collector::Collector;
use crate::security;

/// The browser packages.
pub(crate) fn sdk(assets: &Path) -> Router<Arc<Collector>> {
    Router::new()
        .nest_service("/sdk", folder(assets, "sdk"))
        .layer(revalidate())
}

/// The dashboard, for whatever no other route takes.
pub(crate) fn dashboard(assets: &Path) -> Router<Arc<Collector>> {
    Router::new()
        .fallback_service(folder(assets, "dashboard"))
        .layer(revalidate())
        .layer(security::page_policy())
}

/// The demo product. Its routes are its own: what is not a file is its page.
pub(crate) fn demo(assets: &Path) -> Router<Arc<Collector>> {
    let page = ServeFile::new(assets.join("demo/index.html"));
    let client_route = get(move |request: Request| client_route(page, request));
    Router::new()
        .nest_service("/demo/", folder(assets, "demo").fallback(client_route))
        .layer(revalidate())
        .layer(security::page_policy())
        .route("/demo", get(|| async { Redirect::permanent("/demo/") }))
}

/// The gallery of guides.
pub(crate) fn gallery(assets: &Path) -> Router<Arc<Collector>> {
    Router::new()
        .nest_service("/gallery/", folder(assets, "gallery"))
        .layer(revalidate())
        .layer(security::gallery_policy())
        .route(
            "/gallery",
            get(|| async { Redirect::permanent("/gallery/") }),
        )
}

async fn client_route(mut page: ServeFile, request: Request) -> Result<Response, Infallible> {
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        // A missing script must not be answered with a page.
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    Ok(match page.try_call(request).await {
        Ok(response) => response.map(Body::new),
        // There is no demo.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            StatusCode::NOT_FOUND.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the demo's page cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    })
}

fn folder(assets: &Path, name: &str) -> ServeDir {
    ServeDir::new(assets.join(name)).precompressed_br()
}

/// Names are stable across versions, so browsers ask each time whether their copy still holds.
fn revalidate() -> SetResponseHeaderLayer<HeaderValue> {
    security::set(CACHE_CONTROL, "no-cache")
}
