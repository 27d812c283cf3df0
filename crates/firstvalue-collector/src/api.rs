//! `/api/…`: what the dashboard asks. Answers are for whoever has the admin token, and for no cache.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod delivery;
pub(crate) mod erase;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod guides;
mod health_score;
pub(crate) mod live;
pub(crate) mod milestone_accounts;
pub(crate) mod milestone_users;
pub(crate) mod overview;
mod page;
mod person;
pub(crate) mod playbooks;
pub(crate) mod quarantine;
mod time_to_value;
pub(crate) mod timeline;
pub(crate) mod user;
pub(crate) mod users;

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

pub(crate) use self::time_to_value::rounded;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::Unavailable;
use crate::{auth, security};

pub(crate) fn routes(collector: &Arc<Collector>) -> Router<Arc<Collector>> {
    Router::new()
        .route("/overview", get(overview::serve))
        .route("/events", get(events::serve))
        .route("/events/live", get(live::serve))
        .route("/guides", get(guides::serve))
        .route("/delivery", get(delivery::serve))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{id}", get(accounts::one))
        .route("/users", get(users::serve))
        .route("/quarantine", get(quarantine::serve))
        .route("/audit", get(audit::serve))
        .route("/playbooks", get(playbooks::list).post(playbooks::publish))
        .route("/playbooks/check", post(playbooks::check))
        .route("/playbooks/{version}", get(playbooks::one))
        .route("/playbooks/{version}/restore", post(playbooks::restore))
        .route("/export", get(export::serve))
        .route("/users/{id}", get(user::serve).delete(erase::serve))
        .route("/users/{id}/events", get(timeline::serve))
        .route("/users/{id}/export", get(export::serve_user))
        .route("/milestones/{id}/users", get(milestone_users::serve))
        .route("/milestones/{id}/accounts", get(milestone_accounts::serve))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        // Also what does not exist is nobody's business without the token.
        .layer(from_fn_with_state(
            Arc::clone(collector),
            auth::require_admin,
        ))
        .layer(security::set(CACHE_CONTROL, "no-store"))
}

async fn unknown(uri: Uri) -> HttpError {
    HttpError::not_found(format!("there is no `{}` to be read here", uri.path()))
}

impl From<Unavailable> for HttpError {
    fn from(error: Unavailable) -> Self {
        tracing::error!(%error, "a query was not answered");
        Self::unavailable(
            "not_answered",
            "the events cannot be read now; ask again later",
        )
    }
}
