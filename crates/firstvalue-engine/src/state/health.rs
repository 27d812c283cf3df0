//! The health score: one number, with its parts.

use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use serde::Serialize;

use super::State;
use super::evaluate::Known;
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
}

impl State {
    /// The health score at the clock's moment: the mean of the known parts by their weights.
    /// `None` if the playbook declares none, or no part of it is known.
    pub fn health(&self, rules: &Rules) -> Option<HealthScore> {
        let parts = match self.per {
            Per::User => &rules.health.users,
            Per::Account => &rules.health.accounts,
        };
        // Measuring a sum forgets what has left its window, which would not matter.
        let mut state = self.clone();
        let known = Known::default();
        let parts: Vec<PartScore> = parts
            .iter()
            .map(|part| state.part(rules, part, self.clock, &known))
            .collect();
        let of_known = |value: fn(&PartScore) -> f64| -> f64 {
            let known = parts.iter().filter(|part| part.score.is_some());
            known.map(value).sum()
        };
        let weight = of_known(|part| part.weight);
        let score = of_known(|part| part.weight * part.score.unwrap_or_default());
        (weight > 0.0).then(|| HealthScore {
            score: 100.0 * score / weight,
            parts,
        })
    }

    fn part(&mut self, rules: &Rules, part: &HealthPart, now: Millis, known: &Known) -> PartScore {
        let (value, score) = match &part.score {
            Score::Condition(node) => {
                let holds = f64::from(u8::from(self.holds(*node)));
                (Some(holds), Some(holds))
            }
            Score::Scaled { of, from, to } => {
                let value = self.number(rules, of, now, known);
                let scaled = |value: f64| ((value - from) / (to - from)).clamp(0.0, 1.0);
                (value, value.map(scaled))
            }
        };
        PartScore {
            name: part.name.clone(),
            weight: part.weight,
            score,
            value,
        }
    }
}
