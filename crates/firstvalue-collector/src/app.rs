use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::collector::Collector;
use crate::{api, assets, cors, health, ingest, playbook, security};

/// All routes of a collector.
pub fn router(collector: Arc<Collector>) -> Router {
    let open_to_other_origins = Router::new()
        .merge(ingest::routes())
        .route("/v1/playbook", get(playbook::serve))
        .merge(assets::sdk(&collector.assets))
        .layer(cors::open());
    Router::new()
        .merge(open_to_other_origins)
        .route("/healthz", get(health::live))
        .nest("/api", api::routes(&collector))
        .merge(assets::demo(&collector.assets))
        .merge(assets::gallery(&collector.assets))
        .merge(assets::dashboard(&collector.assets))
        .layer(security::headers())
        .with_state(collector)
}
