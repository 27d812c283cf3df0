//! Headers that narrow what a browser may do with what is served here.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use tower_http::set_header::SetResponseHeaderLayer;

/// What the pages served here need and no more: their own scripts, styles and pictures, and wasm; and
/// which pages may frame them.
macro_rules! pages {
    (framed by $ancestors:literal) => {
        concat!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
             style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors ",
            $ancestors
        )
    };
}

const PAGES: &str = pages!(framed by "'none'");

/// The gallery shows each guide on a page in a frame.
const GALLERY: &str = pages!(framed by "'self'");

/// What an answer needs that is no page: nothing, should it ever be opened as one.
const ANSWERS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

type SetHeader = SetResponseHeaderLayer<HeaderValue>;

/// On everything: types are as declared; addresses, which can hold ids, are not passed on; no other
/// page may frame it, load it, or hold on to its window. Routes may say otherwise of themselves.
pub(crate) fn headers<S>(router: Router<S>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let always = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (OPENER_POLICY, "same-origin"),
        (
            PERMISSIONS_POLICY,
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    let unless_said = [
        (CONTENT_SECURITY_POLICY, ANSWERS),
        (RESOURCE_POLICY, "same-origin"),
    ];
    let router = always.into_iter().fold(router, |router, (name, value)| {
        router.layer(set(name, value))
    });
    unless_said
        .into_iter()
        .fold(router, |router, (name, value)| {
            let value = HeaderValue::from_static(value);
            router.layer(SetResponseHeaderLayer::if_not_present(name, value))
        })
}

/// On pages.
pub(crate) fn page_policy() -> SetHeader {
    set(CONTENT_SECURITY_POLICY, PAGES)
}

/// On the pages of the gallery.
pub(crate) fn gallery_policy() -> SetHeader {
    set(CONTENT_SECURITY_POLICY, GALLERY)
}

/// On what pages of other origins load. Without it, one that isolates itself could not.
pub(crate) fn for_all_origins() -> SetHeader {
    set(RESOURCE_POLICY, "cross-origin")
}

pub(crate) fn set(name: HeaderName, value: &'static str) -> SetHeader {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
