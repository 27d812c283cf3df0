//! Who may call from other origins: any page may add events and load the browser packages, without
//! cookies or other credentials of the browser.

use std::time::Duration;

use axum::http::{Method, header};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// How long a browser need not ask again; Chromium keeps no answer longer.
const MAX_AGE: Duration = Duration::from_secs(2 * 60 * 60);

/// Allows any origin and whatever headers a client sends: write key and body decide, not headers.
/// Scripts can read `Retry-After` and `ETag` only because they are named here.
pub(crate) fn open() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::RETRY_AFTER, header::ETAG])
        .max_age(MAX_AGE)
}
