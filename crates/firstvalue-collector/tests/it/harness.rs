//! A collector with stores of its own, called without a network.

use std::path::Path;
use std::sync::{Arc, Weak};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use firstvalue_collector::{Collector, Config, Limits, ProductConfig, Secret, WriteKey, router};
use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::source;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::stores::Stores;

pub const PRODUCT: &str = "ledgerly";
pub const WRITE_KEY: &str = "wk_test";
pub const ADMIN_TOKEN: &str = "at_test";
pub const IDENTITY_SECRET: &str = "is_test";

/// The collector's time: 2026-02-01T00:00:00Z.
pub const NOW: i64 = 1_769_904_000_000;
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

pub const PLAYBOOK: &str = "
version: 1
product: Ledgerly
milestones:
  first-report: { title: First report, when: { did: report.created }, target: 1d }
  quiet:
    title: Three days without a report
    when: { all: [ { never: report.created }, { since: signup, is: { gte: 3d } } ] }
guides:
  welcome:
    kind: modal
    when: { not: { milestone: first-report } }
    steps: [ { title: Welcome, body: Hello }, { title: Reports, body: Make one } ]
";

pub struct Harness {
    router: Router,
    collector: Weak<Collector>,
    pub stores: Stores,
    pub assets: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The status of each event of a batch.
    pub fn statuses(&self) -> Vec<String> {
        assert_eq!(
            self.status,
            StatusCode::OK,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        let body = self.json();
        let events = body["events"].as_array().unwrap();
        events
            .iter()
            .map(|event| event["status"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Harness {
    pub fn start() -> Self {
        Self::with(|_| {})
    }

    /// A collector that is set up otherwise than usual.
    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::with_stores(|config, _| change(config))
    }

    /// Likewise, with stores for more products.
    pub fn with_stores(change: impl FnOnce(&mut Config, &Stores)) -> Self {
        let (stores, assets) = (Stores::new(), tempfile::tempdir().unwrap());
        let mut config = config(&stores, assets.path());
        change(&mut config, &stores);
        let (router, collector) = open(config);
        Self {
            router,
            collector,
            stores,
            assets,
        }
    }

    /// Stops the collector and starts it again with what it has stored.
    pub fn restart(self) -> Self {
        self.restart_with(|_| {})
    }

    /// Likewise, set up otherwise than usual.
    pub fn restart_with(self, change: impl FnOnce(&mut Config)) -> Self {
        self.restarted(|| {}, change)
    }

    /// Stops the collector, does something, and starts it again.
    pub fn restart_after(self, meanwhile: impl FnOnce()) -> Self {
        self.restarted(meanwhile, |_| {})
    }

    fn restarted(self, meanwhile: impl FnOnce(), change: impl FnOnce(&mut Config)) -> Self {
        let Self {
            router,
            stores,
            assets,
            ..
        } = self;
        drop(router);
        meanwhile();
        let mut config = config(&stores, assets.path());
        change(&mut config);
        let (router, collector) = open(config);
        Self {
            router,
            collector,
            stores,
            assets,
        }
    }

    /// Takes out what is too old.
    pub async fn forget_old(&self) {
        self.collector.upgrade().unwrap().forget_old().await;
    }

    /// Its routes, to be served.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub async fn call(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// Calls with a method, and headers as `name: value`.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.call(request.body(body.into()).unwrap()).await
    }

    /// Likewise, and looks at nothing but the status.
    pub async fn status(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> StatusCode {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, Body::empty()).await
    }

    /// Asks the API with the admin token.
    pub async fn ask(&self, path: &str) -> Answer {
        self.get(path, &[("authorization", "Bearer at_test")]).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, &[], body.to_string()).await
    }

    /// Sends events as a batch with the write key.
    pub async fn batch(&self, events: &[Value]) -> Answer {
        self.post(
            "/v1/batch",
            json!({ "writeKey": WRITE_KEY, "batch": events }),
        )
        .await
    }

    /// Sends a text with the admin token.
    pub async fn command(&self, path: &str, text: &str) -> Answer {
        let headers = [("authorization", "Bearer at_test")];
        self.send(Method::POST, path, &headers, text.to_owned())
            .await
    }

    /// The events in the store, newest first.
    pub async fn events(&self) -> Vec<Value> {
        self.ask("/api/events?limit=1000").await.json()["events"]
            .as_array()
            .unwrap()
            .clone()
    }
}

pub fn playbook(text: &str) -> CompiledPlaybook {
    let read = source::read(text);
    let playbook = read
        .playbook
        .unwrap_or_else(|| panic!("{:?}", read.diagnostics));
    firstvalue_engine::compile(&playbook)
}

fn config(stores: &Stores, assets: &Path) -> Config {
    Config {
        products: vec![ProductConfig {
            store: stores.open(PRODUCT),
            playbook: Some(PLAYBOOK.to_owned()),
            write_keys: vec![WriteKey::new(Secret::new(WRITE_KEY))],
            admin_tokens: vec![Secret::new(ADMIN_TOKEN)],
            identity_secret: Some(IDENTITY_SECRET.to_owned()),
            keep_days: None,
        }],
        limits: Limits::default(),
        assets: assets.to_owned(),
        clock: || NOW,
    }
}

fn open(config: Config) -> (Router, Weak<Collector>) {
    let collector = Arc::new(Collector::open(config).unwrap());
    let weak = Arc::downgrade(&collector);
    (router(collector), weak)
}

/// A `track` call at a moment.
pub fn track(id: &str, user: &str, event: &str, at: i64) -> Value {
    json!({ "type": "track", "messageId": id, "userId": user, "event": event, "timestamp": at })
}
