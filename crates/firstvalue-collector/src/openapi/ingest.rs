//! The routes of clients, whose handlers are made for each form of event.

#![expect(dead_code, reason = "only what is said of them is used")]

use utoipa::ToSchema;

use crate::ingest::Reply;

/// Segment's calls.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Call {
    Track,
    Identify,
    Group,
    Page,
    Screen,
    Alias,
}

/// Events of any kind
///
/// Segment's batch: `writeKey` unless it comes by basic authentication, `sentAt`, and under `batch` the
/// events. Of any content type, plain or gzip. 200 means that the events are on disk; the reply names
/// the fate of each.
#[utoipa::path(
    post,
    path = "/v1/batch",
    operation_id = "batch",
    tag = "clients",
    request_body(content = serde_json::Value, description = "`{\"writeKey\", \"sentAt\", \"batch\": [event, …]}`"),
    responses(
        (status = 200, body = Reply),
        (status = 400, description = "The body is not readable"),
        (status = 401, description = "The write key is missing or unknown"),
        (status = 403, description = "The write key is not for pages of this origin"),
        (status = 408, description = "The body took too long to arrive"),
        (status = 413, description = "The body or the batch is too large"),
        (status = 429, description = "The write key sends more than it may; see `Retry-After`"),
        (status = 503, description = "Nothing was stored; see `Retry-After`"),
    ),
    security(("write_key" = []), ())
)]
fn batch() {}

/// One event
///
/// Segment's calls: `track`, `identify`, `group`, `page`, `screen` and `alias`, or their initials.
#[utoipa::path(
    post,
    path = "/v1/{call}",
    operation_id = "call",
    tag = "clients",
    params(("call" = Call, Path, description = "Which call it is")),
    request_body(content = serde_json::Value, description = "The event, with `writeKey` unless it comes otherwise"),
    responses(
        (status = 200, body = Reply),
        (status = 400, description = "The body is not readable"),
        (status = 401, description = "The write key is missing or unknown"),
        (status = 403, description = "The write key is not for pages of this origin"),
        (status = 404, description = "There is no such call"),
        (status = 408, description = "The body took too long to arrive"),
        (status = 413, description = "The body or the batch is too large"),
        (status = 429, description = "The write key sends more than it may; see `Retry-After`"),
        (status = 503, description = "Nothing was stored; see `Retry-After`"),
    ),
    security(("write_key" = []), ())
)]
fn call() {}

/// Events of PostHog's clients
///
/// Also at `/e/`, `/i/v0/e/` and `/capture/`.
#[utoipa::path(
    post,
    path = "/batch/",
    operation_id = "posthogBatch",
    tag = "clients",
    request_body(content = serde_json::Value, description = "`{\"api_key\", \"sent_at\", \"batch\": [event, …]}`"),
    responses(
        (status = 200, body = Reply),
        (status = 400, description = "The body is not readable"),
        (status = 401, description = "The write key is missing or unknown"),
        (status = 403, description = "The write key is not for pages of this origin"),
        (status = 408, description = "The body took too long to arrive"),
        (status = 413, description = "The body or the batch is too large"),
        (status = 429, description = "The write key sends more than it may; see `Retry-After`"),
        (status = 503, description = "Nothing was stored; see `Retry-After`"),
    )
)]
fn posthog() {}
