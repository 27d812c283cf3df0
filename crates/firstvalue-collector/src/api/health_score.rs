//! How well a user or an account is doing, part by part.

use firstvalue_engine::{PartScore, Rules, State, Unit};
use firstvalue_model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct HealthScore {
    /// From 0 to 100: the sum of the parts' points.
    score: f64,
    /// In the order of the playbook.
    parts: Vec<Part>,
}

/// One part of a health score.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = HealthPart)]
struct Part {
    name: String,
    /// What it adds to the score; null while nothing is known of it, and then the others make up all of it.
    points: Option<f64>,
    /// What it would add at most; null likewise.
    of_points: Option<f64>,
    /// What it is judged by: 1 or 0 for a condition, else a number, or a time in milliseconds.
    value: Option<f64>,
    #[schema(value_type = String)]
    unit: &'static str,
}

impl HealthScore {
    /// Of somebody as they are at `now`; `None` if the playbook declares none, or nothing is known of any part.
    pub(super) fn of(rules: &Rules, state: &State, now: Millis) -> Option<Self> {
        let health = state.health_at(rules, now)?;
        let known = health.parts.iter().filter(|part| part.score.is_some());
        let weights: f64 = known.map(|part| part.weight).sum();
        Some(Self {
            score: health.score,
            parts: health
                .parts
                .into_iter()
                .map(|part| Part::of(part, weights))
                .collect(),
        })
    }
}

impl Part {
    fn of(part: PartScore, weights: f64) -> Self {
        let most = 100.0 * part.weight / weights;
        Self {
            name: part.name,
            points: part.score.map(|score| score * most),
            of_points: part.score.map(|_| most),
            value: part.value,
            unit: match part.unit {
                Unit::Condition => "condition",
                Unit::Number => "number",
                Unit::Milliseconds => "milliseconds",
            },
        }
    }
}
