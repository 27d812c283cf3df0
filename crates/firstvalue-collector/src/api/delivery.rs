//! `GET /api/delivery`: what came of what was sent, by browser and transport.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_model::time::{DAY, Millis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rounded;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::{Counts, KEPT_FOR, Transport};

/// Days that are looked at unless somebody says otherwise.
const DAYS: u16 = 30;

/// Of which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// How many days back; 30 if not given.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 65535)]
    days: u16,
}

fn usual() -> u16 {
    DAYS
}

/// Of messages that our package for browsers has numbered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryLedger)]
pub(crate) struct Delivery {
    days: u16,
    /// How long devices go on trying to send something; what is missing for so long after the last request of its
    /// page is lost.
    kept_for_ms: Millis,
    all: Messages,
    /// By browser and transport, by name.
    ways: Vec<Way>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryWay)]
struct Way {
    /// Null if it is not known.
    browser: Option<String>,
    /// `beacon` is what is sent as a page is left. What is missing is counted with what came after it.
    #[schema(value_type = String, example = "fetch")]
    transport: Transport,
    #[serde(flatten)]
    messages: Messages,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveredMessages)]
struct Messages {
    /// Those that came.
    delivered: u64,
    /// Those that are missing and may still come.
    awaited: u64,
    /// Those that are missing for good. Those that were refused are among them.
    lost: u64,
    /// The share of messages that are lost, of those that could be known to be; null if there are none.
    loss: Option<f64>,
}

impl From<Counts> for Messages {
    fn from(counts: Counts) -> Self {
        Self {
            delivered: counts.delivered,
            awaited: counts.awaited,
            lost: counts.lost,
            loss: counts.loss().map(rounded),
        }
    }
}

/// What came of what was sent, by browser and transport
#[utoipa::path(
    get,
    path = "/api/delivery",
    operation_id = "delivery",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Delivery),
        (status = 400, description = "A parameter is not what it may be"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Delivery>, HttpError> {
    let asked = asked.ok().map(|Query(asked)| asked.days);
    let days = asked.filter(|days| *days > 0).ok_or_else(|| {
        HttpError::bad_request(
            "invalid_query",
            "`days` must be a whole number from 1 to 65535",
        )
    })?;
    let now = collector.now();
    let delivery = admin.product.projector.ask(move |projection| {
        let ledger = projection.delivery();
        let ways = ledger.since(now - Millis::from(days) * DAY, now);
        let mut all = Counts::default();
        let ways = ways.into_iter().map(|((browser, transport), counts)| {
            all.add(counts);
            Way {
                browser: ledger.browser(browser).map(str::to_owned),
                transport,
                messages: counts.into(),
            }
        });
        let mut ways: Vec<_> = ways.collect();
        // Those of which it is not known come last.
        ways.sort_by(|a, b| {
            let key = |way: &Way| (way.browser.is_none(), way.browser.clone(), way.transport);
            key(a).cmp(&key(b))
        });
        Delivery {
            days,
            kept_for_ms: KEPT_FOR,
            all: all.into(),
            ways,
        }
    });
    Ok(Json(delivery.await?))
}
