//! Questions to the collector.

use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, Response};

/// A request that takes longer has failed: one that hangs would stop the page for ever.
const LIMIT_MS: u32 = 10_000;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchError {
    /// The token was not accepted.
    Refused,
    /// Another status than success.
    Status(u16),
    /// No connection, cut off, or too slow.
    Unreachable,
    /// An answer that is not what this version of the page expects.
    Unreadable(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchError::Refused => out.write_str("the token was not accepted"),
            FetchError::Status(status) => {
                write!(out, "the collector answered with status {status}")
            }
            FetchError::Unreachable => out.write_str("the collector does not answer"),
            FetchError::Unreadable(what) => {
                write!(
                    out,
                    "the collector’s answer was not understood ({what}); reload the page"
                )
            }
        }
    }
}

/// `GET path` with the admin token, read as JSON.
pub async fn get<T: DeserializeOwned>(path: &str, token: &str) -> Result<T, FetchError> {
    let text = text(path, token).await?;
    serde_json::from_str(&text).map_err(|error| FetchError::Unreadable(error.to_string()))
}

/// `GET path` with the admin token, as text.
pub async fn text(path: &str, token: &str) -> Result<String, FetchError> {
    let controller = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    let limit = {
        let controller = controller.clone();
        Timeout::new(LIMIT_MS, move || controller.abort())
    };
    let text = whole(path, token, &controller).await;
    limit.cancel();
    text
}

async fn whole(
    path: &str,
    token: &str,
    controller: &AbortController,
) -> Result<String, FetchError> {
    let response = request(path, token, None, controller).await?;
    let body = response.text().map_err(unreachable)?;
    let text = JsFuture::from(body).await.map_err(unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

/// An answer whose body may still be on its way; a stream goes on after the event that `after` names.
pub async fn request(
    path: &str,
    token: &str,
    after: Option<&str>,
    controller: &AbortController,
) -> Result<Response, FetchError> {
    let headers = Headers::new().map_err(unreachable)?;
    // A token that no header can carry (a line break, say) cannot be the right one.
    headers
        .set("authorization", &format!("Bearer {token}"))
        .map_err(|_| FetchError::Refused)?;
    if let Some(after) = after {
        headers.set("last-event-id", after).map_err(unreachable)?;
    }
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&controller.signal()));

    let window = web_sys::window().ok_or(FetchError::Unreachable)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, &init))
        .await
        .map_err(unreachable)?
        .dyn_into()
        .map_err(unreachable)?;
    match response.status() {
        401 | 403 => return Err(FetchError::Refused),
        200 => {}
        other => return Err(FetchError::Status(other)),
    }
    Ok(response)
}

/// A fetch that fails says nothing useful about why; the browser's console does.
pub fn unreachable(_: JsValue) -> FetchError {
    FetchError::Unreachable
}
