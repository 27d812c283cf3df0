//! `GET /healthz` and `GET /readyz`: whether it runs, and whether it can do its work.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::rounded;
use crate::collector::Collector;
use crate::product::Product;

/// `GET /healthz`: 200 while it runs, 503 when only a restart can help.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "live",
    tag = "operation",
    responses(
        (status = 200, description = "It runs"),
        (status = 503, description = "Only a restart helps"),
    ),
)]
pub(crate) async fn live(State(collector): State<Arc<Collector>>) -> (StatusCode, &'static str) {
    let runs = |product: &Arc<Product>| product.store.is_open() && product.projector.is_running();
    if collector.products.iter().all(runs) {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopped\n")
    }
}

/// What can be done now, and what cannot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// Whether events are taken in; queries may still have to wait.
    ready: bool,
    /// The products, in the order of the settings.
    products: Vec<ProductReadiness>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ProductReadiness {
    ingest: Part,
    queries: Part,
    /// How much of the events was read, from 0 to 1, while they are being read after the start or under a
    /// new playbook; else null.
    read: Option<f64>,
    /// How long ago something was last written; null if nothing was since the start.
    last_commit_ms: Option<u64>,
    /// What is left on the disk of its folder; null if the system does not say.
    disk_free_bytes: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Part {
    Ok,
    /// The events are being read after the start; whoever asks waits.
    Reading,
    /// Everything is being decided anew under a new playbook; answers are those of the one before.
    Recomputing,
    /// The disk is full, or does not take what is written. It goes on by itself once that ends.
    Failing,
    /// Only a restart helps.
    Stopped,
}

/// `GET /readyz`: 200 while events can be taken in, and which part cannot do its work.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    tag = "operation",
    responses(
        (status = 200, body = Readiness),
        (status = 503, body = Readiness),
    ),
)]
pub(crate) async fn ready(
    State(collector): State<Arc<Collector>>,
) -> (StatusCode, Json<Readiness>) {
    let mut products = Vec::new();
    for product in &collector.products {
        products.push(readiness(product).await);
    }
    let ready = products.iter().all(|product| product.ingest == Part::Ok);
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(Readiness { ready, products }))
}

async fn readiness(product: &Product) -> ProductReadiness {
    // Nobody may send anything to whom is said that it fails, so that it must be tried out.
    if product.store.status().failing {
        drop(product.store.probe().await);
    }
    let status = product.store.status();
    let progress = product.projector.progress();
    ProductReadiness {
        ingest: match product.store.is_open() {
            false => Part::Stopped,
            true if status.failing => Part::Failing,
            true => Part::Ok,
        },
        queries: match product.projector.is_running() {
            false => Part::Stopped,
            true if product.projector.is_reading() => Part::Reading,
            true if progress.is_some() => Part::Recomputing,
            true => Part::Ok,
        },
        read: progress.map(|(read, events)| rounded(read as f64 / events.max(1) as f64)),
        last_commit_ms: status
            .since_commit
            .map(|since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX)),
        disk_free_bytes: product.store.room().free,
    }
}
