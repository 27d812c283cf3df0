//! How well a user or an account is doing.

use firstvalue_model::playbook::{Number, Score};

use crate::history::value_at;
use crate::{Subject, World};

/// A health score with its parts, in the order of the playbook.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthScore {
    /// From 0 to 100.
    pub score: f64,
    /// From 0 to 1 each; `None` where nothing is known.
    pub parts: Vec<Option<f64>>,
}

impl World<'_> {
    /// The mean of the parts of which something is known, by their weights; `None` without any.
    pub fn health(&self, subject: &Subject) -> Option<HealthScore> {
        let declared = match subject {
            Subject::User(_) => &self.playbook.health.weights,
            Subject::Account(_) => &self.playbook.health.account_weights,
        };
        let scores = declared.iter().map(|part| self.score(&part.score, subject));
        let parts: Vec<_> = scores.collect();
        let known = || {
            let parts = declared.iter().zip(&parts);
            parts.filter_map(|(part, score)| Some((part.weight, (*score)?)))
        };
        let weights: f64 = known().map(|(weight, _)| weight).sum();
        let sum: f64 = known().map(|(weight, score)| weight * score).sum();
        (weights > 0.0).then(|| HealthScore {
            score: 100.0 * sum / weights,
            parts,
        })
    }

    /// All if a condition holds and else nothing; a number in proportion between two bounds.
    fn score(&self, score: &Score, subject: &Subject) -> Option<f64> {
        match score {
            Score::Condition(condition) => {
                Some(f64::from(u8::from(self.holds(condition, subject))))
            }
            Score::Scaled { number, from, to } => {
                let number = self.number(number, subject)?;
                Some(((number - from) / (to - from)).clamp(0.0, 1.0))
            }
        }
    }

    fn number(&self, number: &Number, subject: &Subject) -> Option<f64> {
        let since = |moment: i64| (self.now - moment) as f64;
        match number {
            Number::Did {
                event,
                measure,
                within,
            } => Some(self.measured(event, measure, *within, subject)),
            Number::Last(event) => Some(since(self.matching(event, subject).last()?.at)),
            Number::First(event) => Some(since(self.matching(event, subject).first()?.at)),
            Number::SinceSignup => Some(since(self.signup(subject)?)),
            Number::User(path) => value_at(&self.history.traits(subject), path)?.as_f64(),
            Number::Account(path) => {
                let account = self.account(subject)?;
                value_at(&self.history.traits(&account), path)?.as_f64()
            }
        }
    }
}
