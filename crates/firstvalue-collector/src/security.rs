//! Headers that narrow what a browser may do with what is served here.

use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use tower_http::set_header::SetResponseHeaderLayer;

/// What the dashboard needs and no more: its own scripts, styles and pictures, and wasm.
const DASHBOARD_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

type SetHeader = SetResponseHeaderLayer<HeaderValue>;

/// On everything: types are as declared, and addresses, which can hold ids, are not passed on.
pub(crate) fn headers() -> (SetHeader, SetHeader) {
    (
        set(X_CONTENT_TYPE_OPTIONS, "nosniff"),
        set(REFERRER_POLICY, "strict-origin-when-cross-origin"),
    )
}

/// On the dashboard, which handles the admin token.
pub(crate) fn dashboard_policy() -> SetHeader {
    set(CONTENT_SECURITY_POLICY, DASHBOARD_POLICY)
}

pub(crate) fn set(name: HeaderName, value: &'static str) -> SetHeader {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
