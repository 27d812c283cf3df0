use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::collector::Collector;

/// `GET /healthz`: 200 while events can be taken in, 503 when only a restart can help.
pub(crate) async fn live(State(collector): State<Arc<Collector>>) -> (StatusCode, &'static str) {
    if collector.store.is_open() && collector.projector.is_running() {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopped\n")
    }
}
