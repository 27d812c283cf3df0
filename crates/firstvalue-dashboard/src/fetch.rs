//! Questions to the collector.

use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use serde_json::Value;
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
    /// Another status than success, and why, if the collector says so.
    Status(u16, String),
    /// No connection, cut off, or too slow.
    Unreachable,
    /// An answer that is not what this version of the page expects.
    Unreadable(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchError::Refused => out.write_str("the token was not accepted"),
            FetchError::Status(status, why) if why.is_empty() => {
                write!(out, "the collector answered with status {status}")
            }
            FetchError::Status(_, why) => out.write_str(why),
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
    ask("GET", path, token, LIMIT_MS).await
}

/// A request with the admin token that may take so many milliseconds; what is answered, as text.
pub async fn ask(method: &str, path: &str, token: &str, limit: u32) -> Result<String, FetchError> {
    let controller = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    let limit = {
        let controller = controller.clone();
        Timeout::new(limit, move || controller.abort())
    };
    let text = whole(method, path, token, &controller).await;
    limit.cancel();
    text
}

async fn whole(
    method: &str,
    path: &str,
    token: &str,
    controller: &AbortController,
) -> Result<String, FetchError> {
    let response = request(method, path, token, None, controller).await?;
    body(&response).await
}

async fn body(response: &Response) -> Result<String, FetchError> {
    let body = response.text().map_err(unreachable)?;
    let text = JsFuture::from(body).await.map_err(unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

/// An answer whose body may still be on its way; a stream goes on after the event that `after` names.
pub async fn request(
    method: &str,
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
    init.set_method(method);
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
        401 | 403 => Err(FetchError::Refused),
        200..300 => Ok(response),
        other => {
            let said = body(&response).await.unwrap_or_default();
            Err(FetchError::Status(other, why(&said).unwrap_or_default()))
        }
    }
}

/// Why something was not done: what an error says, or the first problem of a playbook.
fn why(said: &str) -> Option<String> {
    let said: Value = serde_json::from_str(said).ok()?;
    let problem = || said.get("problems")?.get(0);
    let why = said.get("error").or_else(problem)?.get("message")?;
    Some(String::from(why.as_str()?))
}

/// A fetch that fails says nothing useful about why; the browser's console does.
pub fn unreachable(_: JsValue) -> FetchError {
    FetchError::Unreachable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_why_if_the_collector_does() {
        let failed =
            |said: &str| FetchError::Status(422, why(said).unwrap_or_default()).to_string();
        let error = r#"{"error":{"code":"not_found","message":"there is none"}}"#;
        assert_eq!(failed(error), "there is none");
        let checked = r#"{"ok":false,"problems":[{"message":"`when` is missing"}]}"#;
        assert_eq!(failed(checked), "`when` is missing");
        for silent in ["", "<html>", r#"{"error":"no"}"#, r#"{"problems":[]}"#] {
            assert_eq!(failed(silent), "the collector answered with status 422");
        }
    }
}
