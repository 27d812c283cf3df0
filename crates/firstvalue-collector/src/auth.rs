//! Who is asking: a client with a write key, or a person with an admin token.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::collector::Collector;
use crate::error::HttpError;
use crate::product::Product;
use crate::write_key::WriteKey;

/// The user name of basic authentication, by which Segment's clients send the write key.
pub(crate) fn basic_user(headers: &HeaderMap) -> Option<String> {
    let credentials = STANDARD.decode(credentials(headers, "basic")?).ok()?;
    let credentials = String::from_utf8(credentials).ok()?;
    let user = credentials
        .split_once(':')
        .map_or(credentials.as_str(), |(user, _)| user);
    Some(user.to_owned())
}

/// Somebody who carries an admin token, as the routes behind [`require_admin`] know them.
#[derive(Debug, Clone)]
pub(crate) struct Admin {
    /// The product that the token is for.
    pub(crate) product: Arc<Product>,
    /// Tells the token from others without giving it away.
    pub(crate) token: String,
}

impl Admin {
    /// How they are named where it is written down what was done.
    pub(crate) fn actor(&self) -> String {
        format!("token {}", self.token)
    }
}

impl<S: Sync> FromRequestParts<S> for Admin {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        let admin = parts.extensions.get::<Self>();
        admin.cloned().ok_or_else(HttpError::unknown_admin_token)
    }
}

/// Lets through only requests that carry an admin token.
pub(crate) async fn require_admin(
    State(collector): State<Arc<Collector>>,
    mut request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let token = credentials(request.headers(), "bearer").unwrap_or_default();
    let (product, token) = collector
        .product_to_read(token)
        .ok_or_else(HttpError::unknown_admin_token)?;
    let admin = Admin {
        product: Arc::clone(product),
        token: token.label(),
    };
    request.extensions_mut().insert(admin);
    Ok(next.run(request).await)
}

/// The product that a write key is for, if pages of the request's origin may use it.
pub(crate) fn writer<'c>(
    collector: &'c Collector,
    key: &str,
    headers: &HeaderMap,
) -> Result<(&'c Arc<Product>, &'c WriteKey), HttpError> {
    let (product, key) = collector
        .product_to_write(key)
        .ok_or_else(HttpError::unknown_write_key)?;
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str());
    if !key.allows(origin.map(Result::unwrap_or_default)) {
        return Err(HttpError::foreign_origin());
    }
    Ok((product, key))
}

/// What follows the scheme in the `Authorization` header; schemes are in any case.
fn credentials<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (given, credentials) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    given
        .eq_ignore_ascii_case(scheme)
        .then(|| credentials.trim())
}
