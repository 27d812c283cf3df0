//! `GET /metrics`: numbers for Prometheus. They name no user and no event.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::product::Product;

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is counted of all requests.
#[derive(Debug)]
pub(crate) struct Requests {
    answered: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// What became of events of a product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct EventFate {
    pub(crate) fate: &'static str,
}

impl Requests {
    pub(crate) fn new() -> Self {
        Self {
            answered: Family::default(),
            // Half a millisecond to eight seconds.
            seconds: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_5, 2.0, 15))
            }),
        }
    }
}

/// Counts a request and how long it took. Routes are named as they are declared, so that no id is
/// in them.
pub(crate) async fn count(
    State(collector): State<Arc<Collector>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.map_or_else(|| "files".to_owned(), |route| route.as_str().to_owned());
    let requests = &collector.requests;
    requests
        .answered
        .get_or_create(&Answered {
            route: route.clone(),
            status: response.status().as_u16(),
        })
        .inc();
    requests
        .seconds
        .get_or_create(&Route { route })
        .observe(begun.elapsed().as_secs_f64());
    response
}

/// The numbers of all requests, and of the product that the token is for.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "operation",
    responses(
        (status = 200, body = String, content_type = "application/openmetrics-text"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
) -> Result<Response, HttpError> {
    let (users, events) = admin
        .product
        .projector
        .ask(|projection| (projection.users(), projection.events().0))
        .await?;
    let mut registry = Registry::with_prefix("firstvalue");
    registry.register(
        "requests",
        "Requests that were answered",
        collector.requests.answered.clone(),
    );
    registry.register(
        "request_seconds",
        "Time until a request was answered",
        collector.requests.seconds.clone(),
    );
    of_product(&mut registry, &admin.product);
    gauge(&mut registry, "users", "Users that are known", users as f64);
    gauge(
        &mut registry,
        "events_kept",
        "Events in the database",
        events as f64,
    );

    let mut text = String::new();
    encode_registry(&mut text, &registry)
        .and_then(|()| encode_eof(&mut text))
        .map_err(|error| {
            tracing::error!(%error, "the metrics cannot be written");
            HttpError::unavailable("not_answered", "the metrics cannot be written")
        })?;
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

fn of_product(registry: &mut Registry, product: &Product) {
    registry.register(
        "events",
        "Events that came in, by what became of them",
        product.fates.clone(),
    );
    let status = product.store.status();
    let commits = ConstCounter::new(status.commits);
    registry.register("commits", "Commits to disk", commits);
    let failures = ConstCounter::new(status.failures);
    registry.register("commits_failed", "Commits that failed", failures);
    let seconds = ConstCounter::new(status.committing.as_secs_f64());
    registry.register("commit_seconds", "Time that commits took", seconds);
    let failing = f64::from(u8::from(status.failing));
    gauge(
        registry,
        "failing",
        "1 while nothing can be written",
        failing,
    );
    if let Some(since) = status.since_commit {
        let help = "Time since the last commit";
        gauge(
            registry,
            "last_commit_age_seconds",
            help,
            since.as_secs_f64(),
        );
    }
    let (read, events) = product.projector.progress().unwrap_or((1, 1));
    let help = "How much of the events was read after the start or under a new playbook, to 1";
    let share = read as f64 / events.max(1) as f64;
    gauge(registry, "read_ratio", help, share);
    let room = product.store.room();
    if let Some(free) = room.free {
        let help = "Bytes left on the disk of the database";
        gauge(registry, "disk_free_bytes", help, free as f64);
    }
    let help = "Bytes of the database, its log included";
    gauge(registry, "database_bytes", help, room.used as f64);
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: f64) {
    registry.register(name, help, ConstGauge::new(value));
}
