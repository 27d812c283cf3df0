//! `GET /api/accounts` and `GET /api/accounts/{id}`: the customers that users belong to.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_engine::State as Known;
use firstvalue_model::message::Object;
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::events::{self, Event};
use super::health_score::HealthScore;
use super::users::{Asked, User};
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::outcomes::{Report, Whose};
use crate::path::Path;
use crate::projection::Projection;

/// Events of the time line.
const LATEST: u32 = 100;

/// By id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Accounts {
    accounts: Vec<AccountInList>,
    /// Where to go on: `after` this, there are more; null if there are none.
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct AccountInList {
    account: String,
    /// How many belong to it now.
    users: usize,
    signup_at: Option<Millis>,
    milestones: Vec<ReachedByAccount>,
    /// The health score, from 0 to 100; null if the playbook declares none, or nothing is known of any part.
    health: Option<f64>,
}

/// A milestone of accounts that this one has reached.
#[derive(Debug, Serialize, ToSchema)]
struct ReachedByAccount {
    id: String,
    reached_at: Millis,
    ttv_ms: Option<Millis>,
}

fn reached(projection: &Projection, account: &Known) -> Vec<ReachedByAccount> {
    let rules = projection.playbook().rules.milestones.iter().enumerate();
    rules
        .filter(|(_, rule)| rule.per == Per::Account)
        .filter_map(|(place, rule)| {
            let reached_at = account.milestone(place)?;
            Some(ReachedByAccount {
                id: rule.id.clone(),
                reached_at,
                ttv_ms: account
                    .signup()
                    .map(|signup| reached_at.saturating_sub(signup)),
            })
        })
        .collect()
}

/// All accounts, by id
#[utoipa::path(
    get,
    path = "/api/accounts",
    operation_id = "accounts",
    tag = "queries",
    params(Asked),
    responses(
        (status = 200, body = Accounts),
        (status = 400, description = "`limit` is no number"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn list(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Accounts>, HttpError> {
    let (asked, now) = (Asked::read(asked)?, collector.now());
    let accounts = admin
        .product
        .projector
        .ask(move |projection| accounts(projection, &asked, now));
    Ok(Json(accounts.await?))
}

fn accounts(projection: &Projection, asked: &Asked, now: Millis) -> Accounts {
    let rules = &projection.playbook().rules;
    projection.at(now, |population| {
        let mut all: Vec<_> = population.accounts().collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        let begin = match asked.after.as_str() {
            "" => 0,
            after => all.partition_point(|(id, _)| *id <= after),
        };
        let rest = all.get(begin..).unwrap_or_default();
        let some = rest.iter().take(asked.limit as usize);
        let some: Vec<_> = some
            .map(|(id, state)| AccountInList {
                account: (*id).to_owned(),
                users: population.users_of(id).count(),
                signup_at: state.signup(),
                milestones: reached(projection, state),
                health: state.health_at(rules, now).map(|health| health.score),
            })
            .collect();
        let last = some.last().filter(|_| rest.len() > some.len());
        Accounts {
            next: last.map(|last| last.account.clone()),
            accounts: some,
        }
    })
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Account {
    account: String,
    #[schema(value_type = serde_json::Value)]
    traits: Object,
    signup_at: Option<Millis>,
    milestones: Vec<ReachedByAccount>,
    /// Null if the playbook declares none, or nothing is known of any part.
    health: Option<HealthScore>,
    /// What its users have achieved while they belonged to it, by months of UTC.
    achieved: Report,
    /// Who belongs to it now, by id.
    users: Vec<User>,
    /// The latest events of those who belong to it now, newest first by the time at which they happened.
    events: Vec<Event>,
}

/// Everything known of an account
#[utoipa::path(
    get,
    path = "/api/accounts/{id}",
    operation_id = "account",
    tag = "queries",
    params(("id" = String, Path, description = "The account")),
    responses(
        (status = 200, body = Account),
        (status = 404, description = "Nothing is known of the account"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn one(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Account>, HttpError> {
    let (now, asked) = (collector.now(), id.clone());
    let known = admin
        .product
        .projector
        .ask(move |projection| account(projection, asked, now))
        .await?;
    let (mut account, ids) = known
        .ok_or_else(|| HttpError::not_found(format!("nothing is known of an account `{id}`")))?;
    let latest = admin
        .product
        .read(move |reader| reader.latest_of(&ids, None, LATEST))
        .await?;
    let whose = Whose::Account(id);
    account.achieved = Report::of(&admin.product, whose, now, 0).await?;
    account.events = latest.into_iter().filter_map(events::event).collect();
    Ok(Json(account))
}

/// An account without its events and what it has achieved, and the ids of its users.
fn account(projection: &Projection, id: String, now: Millis) -> Option<(Account, Vec<String>)> {
    let part = projection.account_at(&id, now)?;
    let mut users: Vec<_> = part.users_of(&id).collect();
    users.sort_unstable();
    let ids = users.iter().flat_map(|user| projection.ids(user));
    let ids = ids.map(str::to_owned).collect();
    let users = users.iter().filter_map(|id| projection.user_in(&part, id));
    let (_, state) = part.accounts().next()?;
    let account = Account {
        traits: state.account_traits(),
        signup_at: state.signup(),
        milestones: reached(projection, state),
        health: HealthScore::of(&projection.playbook().rules, state, now),
        achieved: Report::default(),
        users: users.map(|user| User::of(projection, &user)).collect(),
        events: Vec::new(),
        account: id,
    };
    Some((account, ids))
}
