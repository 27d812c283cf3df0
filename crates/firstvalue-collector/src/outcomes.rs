//! `GET /v1/outcomes`: what the customer has achieved, month by month, for a value report in the product.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use firstvalue_model::guide::Text;
use firstvalue_model::playbook::{Money, Outcome};
use firstvalue_model::time::{self, DAY, Millis};
use firstvalue_store::{Achieved, Reader, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::product::Product;
use crate::projection::Unavailable;
use crate::signed::Signed;

/// How many calendar months are told of, this one included.
const MONTHS: usize = 12;
/// No twelve months are longer, wherever on Earth they begin.
const LONGEST: Millis = 368 * DAY;
/// The widest offset from UTC that is taken, in minutes; as in messages, what is beyond a day is a mistake.
const WIDEST: i32 = 1_440;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    hash: String,
    #[serde(default)]
    utc_offset: i32,
}

/// Outcomes by calendar month.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Report {
    /// The months, as `2026-03`: this one and the eleven before, the latest last.
    months: Vec<String>,
    /// The outcomes of the playbook in force, by id.
    outcomes: Vec<Sums>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Sums {
    id: String,
    /// By language; what is in no language is under `""`.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    title: Text,
    /// Likewise; null if it is a mere number.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    unit: Option<Text>,
    /// What one of it is worth; null if that is not said.
    #[schema(value_type = Option<Worth>)]
    value_of_one: Option<Money>,
    /// What was recorded in each of the months, added up.
    sums: Vec<f64>,
}

/// As a playbook says it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a type of another crate")]
struct Worth {
    amount: f64,
    /// Its code in ISO 4217.
    currency: String,
}

/// Whose outcomes.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// Those that the account's users recorded while they belonged to it.
    Account(String),
    /// Those that one user recorded.
    User(String),
}

/// What an account, or a user of a product without accounts, has achieved: the sums of outcomes by calendar month.
/// Only who has the id signed by the host's server is told.
#[utoipa::path(
    get,
    path = "/v1/outcomes",
    operation_id = "outcomes",
    tag = "clients",
    params(
        ("key" = String, Query, description = "The write key"),
        ("account" = Option<String>, Query, description = "The account's id"),
        ("user" = Option<String>, Query, description = "The user's id, if no account is named"),
        ("hash" = String, Query, description = "HMAC-SHA256 of the account's id with the identity secret and `:account` after it, or of the user's id with the identity secret"),
        ("utcOffset" = Option<i32>, Query, minimum = -1440, maximum = 1440, description = "Minutes by which the months of whoever asks begin before those of UTC"),
    ),
    responses(
        (status = 200, description = "The sums", body = Report),
        (status = 400, description = "`utcOffset` is no number of minutes"),
        (status = 403, description = "The hash is not that of the account or the user"),
        (status = 401, description = "The write key is missing or unknown"),
    ),
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let invalid = || {
        let message = "`utcOffset` must be a number of minutes, no more than a day";
        HttpError::bad_request("invalid_query", message)
    };
    let Query(asked) = asked.map_err(|_| invalid())?;
    let (product, _) = auth::writer(&collector, &asked.key, &headers)?;
    if asked.utc_offset.saturating_abs() > WIDEST {
        return Err(invalid());
    }
    let whose = if asked.account.is_empty() {
        if !Signed::User.by(product, &asked.user, &asked.hash) {
            return Err(HttpError::wrong_user_hash());
        }
        Whose::User(asked.user)
    } else {
        if !Signed::Account.by(product, &asked.account, &asked.hash) {
            return Err(HttpError::wrong_account_hash());
        }
        Whose::Account(asked.account)
    };
    let report = Report::of(product, whose, collector.now(), asked.utc_offset).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(report)).into_response())
}

impl Report {
    /// What somebody has achieved, as of `now`, where clocks are `utc_offset` minutes ahead of UTC.
    pub(crate) async fn of(
        product: &Arc<Product>,
        whose: Whose,
        now: Millis,
        utc_offset: i32,
    ) -> Result<Self, Unavailable> {
        let in_force = product.in_force();
        product
            .read(move |reader| {
                let outcomes = &in_force.compiled.outcomes;
                Self::read(reader, outcomes, &whose, now, utc_offset)
            })
            .await
    }

    fn read(
        reader: &dyn Reader,
        outcomes: &BTreeMap<String, Outcome>,
        whose: &Whose,
        now: Millis,
        utc_offset: i32,
    ) -> Result<Self, StoreError> {
        let month = |at| time::month(time::day(at, utc_offset));
        let months = (0..MONTHS as i64).rev().map(|before| month(now) - before);
        let months: Vec<i64> = months.collect();
        let sums = |(id, outcome): (&String, &Outcome)| Sums {
            id: id.clone(),
            title: outcome.title.clone(),
            unit: outcome.unit.clone(),
            value_of_one: outcome.value_of_one.clone(),
            sums: vec![0.0; MONTHS],
        };
        let mut outcomes: Vec<_> = outcomes.iter().map(sums).collect();
        let mut add = |Achieved { outcome, value, at }: Achieved| {
            let of = outcomes.iter_mut().find(|one| one.id == outcome);
            let place = months.binary_search(&month(at)).ok();
            if let (Some(of), Some(place)) = (of, place)
                && let Some(sum) = of.sums.get_mut(place)
            {
                let more = *sum + value;
                // JSON has no number for what is beyond all of them.
                *sum = if more.is_finite() { more } else { *sum };
            }
        };
        let from = now.saturating_sub(LONGEST);
        match whose {
            Whose::Account(account) => reader.achieved_by_account(account, from, &mut add)?,
            Whose::User(user) => reader.achieved_by_user(user, from, &mut add)?,
        }
        Ok(Self {
            months: months.into_iter().map(time::month_text).collect(),
            outcomes,
        })
    }
}
