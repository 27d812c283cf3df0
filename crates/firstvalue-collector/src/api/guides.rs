//! `GET /api/guides`: how each guide has gone, step by step, and how it ended.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use firstvalue_model::guide::{GuideContent, GuideKind, Step, Text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Admin;
use crate::collector::Collector;
use crate::error::HttpError;
use crate::projection::Projection;

/// In the order of the playbook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guides {
    guides: Vec<Guide>,
}

/// Counts are of users, each once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guide {
    id: String,
    title: String,
    #[schema(value_type = String)]
    kind: GuideKind,
    eligible: usize,
    shown: usize,
    completed: usize,
    dismissed: usize,
    snoozed: usize,
    failed: usize,
    /// Who would have met it, and is in the hold-out.
    withheld: usize,
    steps: Vec<StepSeen>,
}

#[derive(Debug, Serialize, ToSchema)]
struct StepSeen {
    title: String,
    shown: usize,
    /// For how many it ended at this step before its end.
    ended: Vec<Ended>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Ended {
    /// `dismissed`, or why the step could not be shown.
    reason: String,
    users: usize,
}

/// How each guide has gone
#[utoipa::path(
    get,
    path = "/api/guides",
    operation_id = "guides",
    tag = "queries",
    responses(
        (status = 200, body = Guides),
        (status = 401, description = "The admin token is missing or wrong"),
    ),
    security(("admin_token" = []))
)]
pub(crate) async fn serve(
    State(collector): State<Arc<Collector>>,
    admin: Admin,
) -> Result<Json<Guides>, HttpError> {
    let now = collector.now();
    let guides = admin.product.projector.ask(move |projection| {
        let mut eligible = vec![0; projection.playbook().rules.guides.len()];
        for user in projection.users_at(now) {
            for (guide, eligible) in eligible.iter_mut().enumerate() {
                *eligible += usize::from(user.is_eligible(guide));
            }
        }
        of(projection, &eligible)
    });
    Ok(Json(Guides {
        guides: guides.await?,
    }))
}

/// How each guide has gone; `eligible` says for how many it is due or would be.
pub(super) fn of(projection: &Projection, eligible: &[usize]) -> Vec<Guide> {
    let playbook = projection.playbook();
    let rules = playbook.rules.guides.iter().enumerate().zip(eligible);
    rules
        .filter_map(|((place, rule), eligible)| {
            let content = playbook.content.get(&rule.id);
            let content = content.or_else(|| playbook.standing.get(&rule.id))?;
            let counts = projection.guide(place)?;
            let seen = |step| {
                counts
                    .steps
                    .get(&step)
                    .map_or(0, std::collections::HashSet::len)
            };
            let ended = |step| {
                let ends = counts.ends.iter().filter(|((at, _), _)| *at == step);
                let ended = ends.map(|((_, reason), users)| Ended {
                    reason: reason.clone(),
                    users: users.len(),
                });
                ended.filter(|ended| ended.users > 0).collect()
            };
            Some(Guide {
                id: rule.id.clone(),
                title: title(content).unwrap_or_else(|| rule.id.clone()),
                kind: content.kind,
                eligible: *eligible,
                shown: counts.shown.len(),
                completed: counts.completed.len(),
                dismissed: counts.dismissed.len(),
                snoozed: counts.snoozed.len(),
                failed: counts.failed.len(),
                withheld: counts.withheld.len(),
                steps: (0..)
                    .zip(&content.steps)
                    .map(|(place, step)| StepSeen {
                        title: first_words(step).unwrap_or_default(),
                        shown: seen(place),
                        ended: ended(place),
                    })
                    .collect(),
            })
        })
        .collect()
}

/// Few guides have a title of their own; people know the others by their first words.
/// What a guide is called.
pub(super) fn title(content: &GuideContent) -> Option<String> {
    let own = content
        .title
        .as_ref()
        .map(|title| title.in_locale("en").to_owned());
    own.or_else(|| content.steps.iter().find_map(first_words))
}

/// The heading of a step, or the beginning of its text if it has none.
fn first_words(step: &Step) -> Option<String> {
    const LONGEST: usize = 60;
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.in_locale("en").to_owned());
    let heading = text(&step.title).filter(|text| !text.is_empty());
    let words =
        heading.or_else(|| text(&step.body).map(|text| text.replace(['*', '_', '`'], "")))?;
    let Some((end, _)) = words.char_indices().nth(LONGEST) else {
        return Some(words).filter(|words| !words.is_empty());
    };
    let whole = words.get(..end).unwrap_or_default();
    let cut = whole.rsplit_once(' ').map_or(whole, |(whole, _)| whole);
    Some(format!("{cut}…"))
}
