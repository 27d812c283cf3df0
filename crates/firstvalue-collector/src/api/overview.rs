//! `GET /api/overview`: everything on the dashboard's first page.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use firstvalue_engine::{CompiledPlaybook, Population};
use firstvalue_model::playbook::Per;
use firstvalue_model::time::{DAY, Millis};
use serde::Serialize;
use utoipa::ToSchema;

use super::guides::{self, Guide};
use super::playbooks::Recomputing;
use super::time_to_value::{Bin, CurvePoint, Percentiles, TimesToValue, rounded};
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::Projection;

/// What counts as recent.
const WEEK: Millis = 7 * DAY;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    product: String,
    now: Millis,
    /// How far deciding everything anew under a new playbook has come; all else is what the one before
    /// says. Null when there is none.
    recomputing: Option<Recomputing>,
    users: Users,
    events: Events,
    /// In the order of the way that most go: what most have reached comes first, and those of accounts
    /// after those of users.
    milestones: Vec<Milestone>,
    /// The stages of the life cycle, from the first to the last.
    stages: Vec<Stage>,
    /// Of whom there are health scores.
    health: Health,
    guides: Vec<Guide>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HealthScores)]
struct Health {
    of_users: bool,
    of_accounts: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserCounts)]
struct Users {
    total: usize,
    active_7d: usize,
    new_7d: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventCounts)]
struct Events {
    total: u64,
    last_at: Option<Millis>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Milestone {
    id: String,
    title: String,
    /// Who reaches it: `user` or `account`.
    #[schema(value_type = String)]
    per: Per,
    target_ms: Option<Millis>,
    /// The share that gets there within the target; null without one, and as long as nobody has been here
    /// for that long.
    in_target: Option<f64>,
    /// How many of `users` have reached it.
    reached: usize,
    /// How many there are: accounts, if they are who reaches it.
    users: usize,
    share: f64,
    ttv: Percentiles,
    curve: Vec<CurvePoint>,
    histogram: Vec<Bin>,
}

/// What people call a stage.
#[derive(Debug, Serialize, ToSchema)]
struct Stage {
    id: String,
    title: String,
}

/// What the dashboard shows first
#[utoipa::path(
    get,
    path = "/api/overview",
    operation_id = "overview",
    tag = "queries",
    responses(
        (status = 200, body = Overview),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
) -> Result<Json<Overview>, HttpError> {
    let now = collector.now();
    let overview = admin
        .product
        .projector
        .ask(move |projection| overview(projection, now))
        .await?;
    Ok(Json(Overview {
        recomputing: Recomputing::of(&admin),
        ..overview
    }))
}

fn overview(projection: &Projection, now: Millis) -> Overview {
    let playbook = projection.playbook();
    let mut times = vec![TimesToValue::default(); playbook.rules.milestones.len()];
    let mut eligible = vec![0; playbook.rules.guides.len()];
    let (mut total, mut new_7d) = (0, 0);
    projection.at(now, |population| {
        for user in projection.users_in(population, now) {
            total += 1;
            let signup = user.signup().unwrap_or(now);
            new_7d += usize::from(signup >= now - WEEK);
            let rules = playbook.rules.milestones.iter();
            for (milestone, (rule, times)) in rules.zip(&mut times).enumerate() {
                if rule.per == Per::Account {
                    continue;
                }
                match user.reached(milestone) {
                    Some(reached) => times.reached.push(reached.time_to_value),
                    None => times.waiting.push(now.saturating_sub(signup)),
                }
            }
            for (guide, eligible) in eligible.iter_mut().enumerate() {
                *eligible += usize::from(user.is_eligible(guide));
            }
        }
        of_accounts(population, playbook, now, &mut times);
    });
    let (events, last_at) = projection.events();
    Overview {
        product: playbook.product.clone(),
        now,
        recomputing: None,
        users: Users {
            total,
            active_7d: projection.seen_since(now - WEEK),
            new_7d,
        },
        events: Events {
            total: events,
            last_at,
        },
        milestones: milestones(projection, times),
        stages: stages(projection),
        health: Health {
            of_users: playbook.rules.has_health(Per::User),
            of_accounts: playbook.rules.has_health(Per::Account),
        },
        guides: guides::of(projection, &eligible),
    }
}

fn stages(projection: &Projection) -> Vec<Stage> {
    let stages = projection.playbook().rules.stages.iter();
    let stages = stages.map(|stage| Stage {
        id: stage.id.clone(),
        title: stage.title.clone(),
    });
    stages.collect()
}

/// The times of the milestones that accounts reach.
fn of_accounts(
    population: &Population,
    playbook: &CompiledPlaybook,
    now: Millis,
    times: &mut [TimesToValue],
) {
    let mut rules = playbook.rules.milestones.iter();
    if rules.all(|rule| rule.per == Per::User) {
        return;
    }
    for (_, account) in population.accounts() {
        let signup = account.signup().unwrap_or(now);
        let rules = playbook.rules.milestones.iter();
        for (milestone, (rule, times)) in rules.zip(&mut *times).enumerate() {
            if rule.per == Per::User {
                continue;
            }
            match account.milestone(milestone) {
                Some(at) => times.reached.push(at.saturating_sub(signup)),
                None => times.waiting.push(now.saturating_sub(signup)),
            }
        }
    }
}

fn milestones(projection: &Projection, times: Vec<TimesToValue>) -> Vec<Milestone> {
    let rules = projection.playbook().rules.milestones.iter();
    let milestones = rules.zip(times).map(|(rule, times)| {
        let (reached, users) = (
            times.reached.len(),
            times.reached.len() + times.waiting.len(),
        );
        let curve = times.curve();
        Milestone {
            id: rule.id.clone(),
            title: rule.title.clone(),
            per: rule.per,
            target_ms: rule.target,
            in_target: rule.target.and_then(|target| curve.by(target)).map(rounded),
            reached,
            users,
            share: if users == 0 {
                0.0
            } else {
                rounded(reached as f64 / users as f64)
            },
            ttv: Percentiles::of(&curve),
            histogram: times.histogram(),
            curve: CurvePoint::of(&curve),
        }
    });
    let mut milestones: Vec<_> = milestones.collect();
    // The playbook keeps them by id, which says nothing about the way. What is reached by as many comes in
    // the order of how soon, and what half have not reached comes last.
    milestones.sort_by_key(|of| {
        let median = of.ttv.median_ms.unwrap_or(Millis::MAX);
        (of.per == Per::Account, Reverse(of.reached), median)
    });
    milestones
}
