//! `GET /v1/playbook`: the compiled playbook for browsers.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use firstvalue_engine::CompiledPlaybook;
use serde::Deserialize;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;

/// A playbook as sent, with a tag that changes when any byte of it does.
#[derive(Debug)]
pub(crate) struct PublishedPlaybook {
    json: Bytes,
    tag: String,
}

impl PublishedPlaybook {
    pub(crate) fn new(playbook: &CompiledPlaybook) -> serde_json::Result<Self> {
        let json = serde_json::to_vec(playbook)?;
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        Ok(Self {
            tag: format!("\"{:016x}\"", hasher.finish()),
            json: json.into(),
        })
    }

    /// Whether the header names this version. A proxy that compresses marks tags as weak.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let lists = headers.get_all(IF_NONE_MATCH).into_iter();
        lists
            .filter_map(|list| list.to_str().ok())
            .flat_map(|list| list.split(','))
            .any(|tag| {
                let tag = tag.trim();
                tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag
            })
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    key: String,
}

/// The compiled playbook for browsers
#[utoipa::path(
    get,
    path = "/v1/playbook",
    operation_id = "playbook",
    tag = "clients",
    params(("key" = String, Query, description = "The write key")),
    responses(
        (status = 200, description = "The playbook, with an `ETag`"),
        (status = 304, description = "It is the one that `If-None-Match` names"),
        (status = 401, description = "The write key is missing or unknown"),
    ),
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let Query(asked) = asked?;
    let (product, _) = auth::writer(&collector, &asked.key, &headers)?;
    let in_force = product.in_force();
    let playbook = &in_force.published;
    // A browser keeps its copy, and asks each time whether it still holds.
    let fresh = [(ETAG, playbook.tag.as_str()), (CACHE_CONTROL, "no-cache")];
    if playbook.is_known(&headers) {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    let json = [(CONTENT_TYPE, "application/json")];
    Ok((fresh, json, playbook.json.clone()).into_response())
}
