//! `GET /api/users/{id}`: one user, with everything known of them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use firstvalue_model::message::Object;
use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

use super::events::{self, Event};
use super::health_score::HealthScore;
use super::{guides, person};
use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::path::Path;
use crate::projection::{KnownUser, Projection};

/// Events of the time line; `…/events` goes on.
const LATEST: u32 = 100;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    user: String,
    /// The other ids under which they are known, such as from before they signed in.
    anonymous_ids: Vec<String>,
    #[serde(flatten)]
    standing: Standing,
    /// The latest events, newest first by the time at which they happened.
    events: Vec<Event>,
}

/// What the engine knows.
#[derive(Debug, Serialize, ToSchema)]
struct Standing {
    account: Option<String>,
    #[schema(value_type = serde_json::Value)]
    traits: Object,
    signup_at: Option<Millis>,
    last_seen_at: Option<Millis>,
    stage: Option<String>,
    /// Null if the playbook declares none, or nothing is known of any part.
    health: Option<HealthScore>,
    audiences: Vec<String>,
    milestones: Vec<Reached>,
    /// The guides that are due or would be if there were no others.
    eligible: Vec<String>,
    /// The guides that they have met.
    guides: Vec<MetGuide>,
}

/// How a guide has gone with a user.
#[derive(Debug, Serialize, ToSchema)]
struct MetGuide {
    id: String,
    title: String,
    /// How often it was shown.
    shown: u16,
    /// How often it would have been, but they are in the hold-out.
    withheld: u16,
    /// Ever followed to its end.
    completed: bool,
    /// Sent away, and not shown again since.
    dismissed: bool,
    /// Put off, and not shown again since.
    snoozed: bool,
}

impl MetGuide {
    /// `None` if they have not.
    fn of(projection: &Projection, user: &KnownUser<'_>, place: usize) -> Option<Self> {
        let playbook = projection.playbook();
        let id = &playbook.rules.guides.get(place)?.id;
        let content = playbook.content.get(id);
        let content = content.or_else(|| playbook.standing.get(id))?;
        let history = user.state().guide_history(place)?;
        let met = Self {
            id: id.clone(),
            title: guides::title(content).unwrap_or_else(|| id.clone()),
            shown: history.shown,
            withheld: history.withheld,
            completed: history.completed,
            dismissed: history.dismissed(),
            snoozed: history.snoozed,
        };
        let is_met =
            met.shown > 0 || met.withheld > 0 || met.completed || met.dismissed || met.snoozed;
        is_met.then_some(met)
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReachedMilestone)]
pub(crate) struct Reached {
    id: String,
    reached_at: Millis,
    ttv_ms: Millis,
}

/// Everything known of a user
#[utoipa::path(
    get,
    path = "/api/users/{id}",
    operation_id = "user",
    tag = "queries",
    params(("id" = String, Path, description = "The user")),
    responses(
        (status = 200, body = User),
        (status = 404, description = "Nothing is known of the user"),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<User>, HttpError> {
    let now = collector.now();
    let (id, standing) = person::find(&admin, &id, now, move |projection, user| {
        standing(projection, user, now)
    })
    .await?;
    let user = id.clone();
    let (ids, latest) = admin
        .product
        .read(move |reader| {
            let ids = reader.ids_of(&user)?;
            let latest = reader.latest_of(&ids, None, LATEST)?;
            Ok((ids, latest))
        })
        .await?;
    Ok(Json(User {
        anonymous_ids: ids.into_iter().filter(|other| *other != id).collect(),
        user: id,
        standing,
        events: latest.into_iter().filter_map(events::event).collect(),
    }))
}

fn standing(projection: &Projection, user: &KnownUser<'_>, now: Millis) -> Standing {
    let (rules, id) = (&projection.playbook().rules, user.id);
    let milestones = rules.milestones.iter().enumerate();
    let milestones = milestones.filter(|(_, rule)| rule.per == Per::User);
    let guides = rules.guides.iter().enumerate();
    let met = (0..rules.guides.len()).filter_map(|place| MetGuide::of(projection, user, place));
    Standing {
        account: projection.account_of(id).map(str::to_owned),
        traits: user.state().traits(),
        signup_at: user.signup(),
        last_seen_at: projection.last_seen(id),
        stage: user.state().stage(rules).map(|stage| stage.id.clone()),
        health: HealthScore::of(rules, user.state(), now),
        audiences: user.state().audiences(rules).map(str::to_owned).collect(),
        milestones: milestones
            .filter_map(|(place, rule)| {
                let reached = user.reached(place)?;
                Some(Reached {
                    id: rule.id.clone(),
                    reached_at: reached.at,
                    ttv_ms: reached.time_to_value,
                })
            })
            .collect(),
        eligible: guides
            .filter(|(place, _)| user.is_eligible(*place))
            .map(|(_, guide)| guide.id.clone())
            .collect(),
        guides: met.collect(),
    }
}
