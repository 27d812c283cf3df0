use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::collector::Collector;
use crate::product::Product;

/// `GET /healthz`: 200 while events can be taken in, 503 when only a restart can help.
pub(crate) async fn live(State(collector): State<Arc<Collector>>) -> (StatusCode, &'static str) {
    let runs = |product: &Arc<Product>| product.store.is_open() && product.projector.is_running();
    if collector.products.iter().all(runs) {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopped\n")
    }
}
