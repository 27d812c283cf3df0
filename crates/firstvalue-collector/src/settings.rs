//! `GET /v1/projects/{key}/settings`: what Segment's browser client asks for before it sends.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use serde_json::{Value, json};

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::path::Path;

/// Everything is sent to where the settings came from, and nowhere else.
#[utoipa::path(
    get,
    path = "/v1/projects/{key}/settings",
    operation_id = "settings",
    tag = "clients",
    params(("key" = String, Path, description = "The write key")),
    responses(
        (status = 200, description = "Its settings"),
        (status = 401, description = "The write key is missing or unknown"),
    ),
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, HttpError> {
    auth::writer(&collector, &key, &headers)?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let mut integration = json!({
        "apiKey": key, "unbundledIntegrations": [], "addBundledMetadata": false,
    });
    if let (Some(host), Some(integration)) = (host, integration.as_object_mut()) {
        integration.insert("apiHost".into(), format!("{host}/v1").into());
    }
    let enabled = json!({ "__default": { "enabled": true, "integrations": {} } });
    Ok(Json(json!({
        "integrations": { "Segment.io": integration },
        "plan": { "track": enabled, "identify": enabled, "group": enabled },
        "edgeFunction": {},
        "enabledMiddleware": {},
        "middlewareSettings": {},
        "metrics": { "sampleRate": 0 },
    })))
}
