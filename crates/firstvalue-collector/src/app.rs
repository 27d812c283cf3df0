use std::sync::Arc;

use axum::Router;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use crate::collector::Collector;
use crate::error::HttpError;
use crate::{
    api, assets, auth, cors, health, ingest, metrics, outcomes, playbook, security, settings, state,
};

/// All routes of a collector.
pub fn router(collector: Arc<Collector>) -> Router {
    let open_to_other_origins = Router::new()
        .merge(ingest::routes())
        .route("/v1/playbook", get(playbook::serve))
        .route("/v1/state", get(state::serve))
        .route("/v1/outcomes", get(outcomes::serve))
        .route("/v1/projects/{key}/settings", get(settings::serve))
        .merge(assets::sdk(&collector.assets))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(cors::open())
        .layer(security::for_all_origins());
    let admin = from_fn_with_state(Arc::clone(&collector), auth::require_admin);
    let metrics = Router::new()
        .route("/metrics", get(metrics::serve))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(admin)
        .layer(security::set(CACHE_CONTROL, "no-store"));
    let health = Router::new()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .method_not_allowed_fallback(method_not_allowed);
    let counted = from_fn_with_state(Arc::clone(&collector), metrics::count);
    let routes = Router::new()
        .merge(open_to_other_origins)
        .merge(health)
        .merge(metrics)
        .nest("/api", api::routes(&collector))
        .merge(assets::demo(&collector.assets))
        .merge(assets::gallery(&collector.assets))
        .merge(assets::dashboard(&collector.assets));
    security::headers(routes)
        .layer(counted)
        .with_state(collector)
}

async fn method_not_allowed() -> HttpError {
    HttpError::method_not_allowed()
}
