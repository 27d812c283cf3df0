//! The health score: one number, with its parts.

use firstvalue_model::time::Millis;
use serde::Serialize;

use super::State;
use super::evaluate::Known;
use crate::graph::Quantity;
use crate::rules::{HealthPart, Rules, Score};

/// How well a user or an account is doing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HealthScore {
    /// From 0 to 100.
    pub score: f64,
    /// What it is made of, in the order of the playbook.
    pub parts: Vec<PartScore>,
}

/// One part of a health score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartScore {
    /// What people read beside it.
    pub name: String,
    /// How much it counts, beside the others.
    pub weight: f64,
    /// From 0 to 1; absent while nothing is known of it, and then left out of the score.
    pub score: Option<f64>,
    /// The number that was scaled; 1 or 0 for a condition. Durations are in milliseconds.
    pub value: Option<f64>,
    /// What the value is.
    #[serde(skip)]
    pub unit: Unit,
}

/// What the value of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 1 if a condition holds, else 0.
    Condition,
    /// How often or how much of something there is.
    Number,
    /// A time, in milliseconds.
    Milliseconds,
}

impl State {
    /// The health score at the clock's moment, with its parts. `None` if the playbook declares none, or
    /// no part of it is known.
    pub fn health(&self, rules: &Rules) -> Option<HealthScore> {
        self.health_at(rules, self.clock)
    }

    /// The same at `now`, if nothing that was to change by then is still to be decided: the time since something
    /// goes on also where nothing is.
    pub fn health_at(&self, rules: &Rules, now: Millis) -> Option<HealthScore> {
        let known = Known::default();
        let parts = self.health_parts(rules).iter().map(|part| {
            let value = self.health_value(rules, part, now, &known);
            PartScore {
                name: part.name.clone(),
                weight: part.weight,
                score: value.map(|value| part.score.of(value)),
                value,
                unit: part.score.unit(),
            }
        });
        let parts: Vec<_> = parts.collect();
        let score = mean(parts.iter().map(|part| (part.weight, part.score)))?;
        Some(HealthScore { score, parts })
    }

    /// The health score at the clock's moment, from 0 to 100: the mean of the known parts by their
    /// weights.
    pub fn health_score(&self, rules: &Rules) -> Option<f64> {
        let known = Known::default();
        mean(self.health_parts(rules).iter().map(|part| {
            let value = self.health_value(rules, part, self.clock, &known);
            (part.weight, value.map(|value| part.score.of(value)))
        }))
    }

    fn health_parts<'r>(&self, rules: &'r Rules) -> &'r [HealthPart] {
        rules.health.of(self.per)
    }

    /// The number that makes up a part; 1 or 0 for a condition.
    fn health_value(
        &self,
        rules: &Rules,
        part: &HealthPart,
        now: Millis,
        known: &Known,
    ) -> Option<f64> {
        match &part.score {
            Score::Condition(node) => Some(self.holds(*node).into()),
            Score::Scaled { of, .. } => self.number(rules, of, now, known),
        }
    }
}

/// The mean of the known scores by their weights, from 0 to 100.
fn mean(parts: impl Iterator<Item = (f64, Option<f64>)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, score) in parts {
        if let Some(score) = score {
            sum += weight * score;
            weights += weight;
        }
    }
    (weights > 0.0).then(|| 100.0 * sum / weights)
}

impl Score {
    fn unit(&self) -> Unit {
        use Quantity::{First, Last, Reached, Signup};
        match self {
            Self::Condition(_) => Unit::Condition,
            Self::Scaled { of, .. } => match of {
                Last(_) | First(_) | Signup | Reached(_) => Unit::Milliseconds,
                _ => Unit::Number,
            },
        }
    }

    /// From 0 to 1.
    fn of(&self, value: f64) -> f64 {
        match self {
            Self::Condition(_) => value,
            Self::Scaled { from, to, .. } => ((value - from) / (to - from)).clamp(0.0, 1.0),
        }
    }
}
