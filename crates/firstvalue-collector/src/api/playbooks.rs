//! `…/api/playbooks`: the versions of the playbook, and putting one into force.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection, StringRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use firstvalue_model::time::Millis;
use firstvalue_store::{KeptPlaybook, NewPlaybook};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::Asked;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::ingest;
use crate::playbook::check::{self, Problem};
use crate::product::PublishError;

/// The longest note, in bytes.
const LONGEST_NOTE: usize = 500;

/// Newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Playbooks {
    /// The version that browsers load and that decides; null if there is none.
    in_force: Option<i64>,
    /// How far deciding everything anew has come; null when the numbers are those of `in_force`.
    recomputing: Option<Recomputing>,
    versions: Vec<Version>,
}

/// Events that were read, of how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recomputing {
    read: u64,
    events: u64,
}

impl Recomputing {
    pub(crate) fn of(admin: &Admin) -> Option<Self> {
        let (read, events) = admin.product.projector.progress()?;
        Some(Self { read, events })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlaybookVersion)]
struct Version {
    version: i64,
    /// When it came into force.
    at: Millis,
    /// The first digits of an admin token's hash, the command line, or `file` for the settings.
    actor: String,
    note: String,
}

impl Version {
    fn of(kept: &KeptPlaybook) -> Self {
        Self {
            version: kept.version,
            at: kept.playbook.at,
            actor: kept.playbook.actor.clone(),
            note: kept.playbook.note.clone(),
        }
    }
}

/// The versions of the playbook
#[utoipa::path(
    get,
    path = "/api/playbooks",
    operation_id = "playbooks",
    tag = "playbook",
    params(Asked),
    responses(
        (status = 200, body = Playbooks),
        (status = 400, description = "`limit` or `before` is no number"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn list(
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Playbooks>, HttpError> {
    let (limit, before) = Asked::read(asked, "versions")?;
    let kept = admin
        .product
        .read(move |reader| reader.playbooks(before, limit))
        .await?;
    Ok(Json(Playbooks {
        in_force: admin.product.in_force().version,
        recomputing: Recomputing::of(&admin),
        versions: kept.iter().map(Version::of).collect(),
    }))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaybookText {
    #[serde(flatten)]
    version: Version,
    /// As it was written.
    text: String,
}

/// One version of the playbook, as it was written
#[utoipa::path(
    get,
    path = "/api/playbooks/{version}",
    operation_id = "playbookVersion",
    tag = "playbook",
    params(("version" = i64, Path, description = "The version")),
    responses(
        (status = 200, body = PlaybookText),
        (status = 404, description = "There is no such version"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn one(
    admin: Admin,
    version: Result<Path<i64>, PathRejection>,
) -> Result<Json<PlaybookText>, HttpError> {
    let kept = kept(&admin, version).await?;
    Ok(Json(PlaybookText {
        version: Version::of(&kept),
        text: kept.playbook.text,
    }))
}

async fn kept(
    admin: &Admin,
    version: Result<Path<i64>, PathRejection>,
) -> Result<KeptPlaybook, HttpError> {
    let unknown = || HttpError::not_found("there is no such version of the playbook");
    let Path(version) = version.map_err(|_| unknown())?;
    let kept = admin.product.read(move |reader| reader.playbook(version));
    kept.await?.ok_or_else(unknown)
}

/// What was found in a playbook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Checked {
    /// Whether it can be published.
    ok: bool,
    problems: Vec<Problem>,
}

/// Says what is wrong with a playbook, in YAML or JSON
#[utoipa::path(
    post,
    path = "/api/playbooks/check",
    operation_id = "checkPlaybook",
    tag = "playbook",
    request_body(content = String, content_type = "text/plain"),
    responses(
        (status = 200, body = Checked),
        (status = 400, description = "The body is no text"),
        (status = 413, description = "It is larger than 2 MB"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn check(
    _: Admin,
    text: Result<String, StringRejection>,
) -> Result<Json<Checked>, HttpError> {
    let read = check::read(&body(text)?);
    Ok(Json(Checked {
        ok: read.compiled.is_some(),
        problems: read.problems,
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Publication {
    /// What is new, for those who read the list of versions.
    #[serde(default)]
    note: String,
}

/// A playbook that is in force now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Published {
    version: i64,
    /// What is worth looking at nevertheless.
    problems: Vec<Problem>,
}

/// Puts a playbook into force, in YAML or JSON
///
/// Browsers load it from now on. Everything is decided anew in the background; until that is done,
/// queries are answered as before.
#[utoipa::path(
    post,
    path = "/api/playbooks",
    operation_id = "publishPlaybook",
    tag = "playbook",
    params(Publication),
    request_body(content = String, content_type = "text/plain"),
    responses(
        (status = 201, body = Published),
        (status = 400, description = "The body is no text, or the note too long"),
        (status = 413, description = "It is larger than 2 MB"),
        (status = 422, description = "It has errors", body = Checked),
        (status = 401, description = "The admin token is missing or wrong"),
        (status = 503, description = "It could not be stored now"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn publish(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    asked: Result<Query<Publication>, QueryRejection>,
    text: Result<String, StringRejection>,
) -> Result<Response, HttpError> {
    let note = asked.map(|Query(asked)| asked.note);
    let note = note.ok().filter(|note| note.len() <= LONGEST_NOTE);
    let note = note.ok_or_else(|| {
        let message = format!("`note` must be text of at most {LONGEST_NOTE} bytes");
        HttpError::bad_request("invalid_query", message)
    })?;
    put_in_force(&collector, &admin, body(text)?, note).await
}

/// Puts an earlier version of the playbook into force again, as a new version
#[utoipa::path(
    post,
    path = "/api/playbooks/{version}/restore",
    operation_id = "restorePlaybook",
    tag = "playbook",
    params(("version" = i64, Path, description = "The version")),
    responses(
        (status = 201, body = Published),
        (status = 404, description = "There is no such version"),
        (status = 422, description = "It has errors as playbooks are read now", body = Checked),
        (status = 401, description = "The admin token is missing or wrong"),
        (status = 503, description = "It could not be stored now"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn restore(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    version: Result<Path<i64>, PathRejection>,
) -> Result<Response, HttpError> {
    let kept = kept(&admin, version).await?;
    let note = format!("version {} again", kept.version);
    put_in_force(&collector, &admin, kept.playbook.text, note).await
}

async fn put_in_force(
    collector: &Collector,
    admin: &Admin,
    text: String,
    note: String,
) -> Result<Response, HttpError> {
    let check::Read { compiled, problems } = check::read(&text);
    let Some(compiled) = compiled else {
        let checked = Checked {
            ok: false,
            problems,
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(checked)).into_response());
    };
    let playbook = NewPlaybook {
        at: collector.now(),
        actor: admin.actor(),
        note,
        text,
    };
    // By itself, so that a client that goes away does not leave it half done.
    let product = Arc::clone(&admin.product);
    let publishing = tokio::spawn(async move { product.publish(playbook, compiled).await });
    let published = publishing
        .await
        .map_err(|_| HttpError::unavailable("not_published", "the collector is about to end"))?;
    let version = published.map_err(|error| match error {
        PublishError::Append(error) => ingest::not_stored(&error),
        error => {
            tracing::error!(%error, "a playbook was not put into force");
            HttpError::unavailable("not_published", "the playbook cannot be put into force now")
        }
    })?;
    Ok((StatusCode::CREATED, Json(Published { version, problems })).into_response())
}

fn body(text: Result<String, StringRejection>) -> Result<String, HttpError> {
    text.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => HttpError::too_large("a playbook has at most 2 MB"),
        _ => HttpError::bad_request("unreadable_body", "the body must be a playbook as UTF-8"),
    })
}
