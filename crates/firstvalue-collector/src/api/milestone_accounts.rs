//! `GET /api/milestones/{id}/accounts`: which accounts have reached a milestone of theirs, and when.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::milestone_users::find;
use super::users::Asked;
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::path::Path;
use crate::projection::Projection;

/// By id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MilestoneAccounts {
    accounts: Vec<Account>,
    /// Where to go on: `after` this, there are more; null if there are none.
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MilestoneAccount)]
struct Account {
    account: String,
    reached_at: Millis,
    ttv_ms: Option<Millis>,
}

/// Which accounts have reached a milestone of accounts, and when
#[utoipa::path(
    get,
    path = "/api/milestones/{id}/accounts",
    operation_id = "milestoneAccounts",
    tag = "queries",
    params(("id" = String, Path, description = "The milestone"), Asked),
    responses(
        (status = 200, body = MilestoneAccounts),
        (status = 400, description = "`limit` is no number"),
        (status = 404, description = "The playbook has no such milestone of accounts"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<MilestoneAccounts>, HttpError> {
    let (asked, now) = (Asked::read(asked)?, collector.now());
    let reached = admin.product.projector.ask(move |projection| {
        let milestone = find(projection, &id, Per::Account)?;
        Ok(accounts(projection, milestone, &asked, now))
    });
    reached.await?.map(Json)
}

fn accounts(
    projection: &Projection,
    milestone: usize,
    asked: &Asked,
    now: Millis,
) -> MilestoneAccounts {
    projection.at(now, |population| {
        let accounts = population.accounts();
        let rest = accounts.filter(|(id, _)| asked.after.is_empty() || *id > asked.after.as_str());
        let reached = rest.filter_map(|(id, state)| {
            let reached_at = state.milestone(milestone)?;
            let signup = state.signup();
            Some(Account {
                account: id.to_owned(),
                reached_at,
                ttv_ms: signup.map(|signup| reached_at.saturating_sub(signup)),
            })
        });
        let mut reached: Vec<_> = reached.collect();
        reached.sort_unstable_by(|one, other| one.account.cmp(&other.account));
        let is_all = reached.len() <= asked.limit as usize;
        reached.truncate(asked.limit as usize);
        let last = reached.last().filter(|_| !is_all);
        MilestoneAccounts {
            next: last.map(|last| last.account.clone()),
            accounts: reached,
        }
    })
}
