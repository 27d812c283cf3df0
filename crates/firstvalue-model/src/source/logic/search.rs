//! Whether goals can be satisfied together.

use super::Logic;
use super::goal::Goal;
use super::quantity::Quantity;
use super::query;
use super::relations::Relation;
use super::values::Values;

/// The most pieces that one question may be taken apart into; what takes more is left open.
const MOST_STEPS: usize = 2_000;

/// One question.
pub(super) struct Search<'s> {
    pub(super) logic: &'s Logic<'s>,
    pub(super) steps: usize,
}

/// What is known of each quantity where all goals are satisfied.
#[derive(Debug, Clone, Default)]
struct Known<'s>(Vec<(Quantity<'s>, Values)>);

/// There is nothing that it could be like.
struct Contradiction;

impl<'s> Search<'s> {
    /// Whether nothing satisfies all the goals. `false` leaves it open.
    pub(super) fn contradicts(&mut self, goals: Vec<Goal<'s>>) -> bool {
        self.closes(goals, Known::default())
    }

    fn closes(&mut self, mut goals: Vec<Goal<'s>>, mut known: Known<'s>) -> bool {
        let mut choices: Vec<Vec<Goal<'s>>> = Vec::new();
        while let Some(goal) = goals.pop() {
            if !self.step(1) || goals.len() > MOST_STEPS {
                return false;
            }
            match goal {
                Goal::Condition(condition, by, holds) => {
                    goals.push(self.logic.of_condition(condition, by, holds));
                }
                Goal::Query(source, query, holds) => goals.push(query::goal(source, query, holds)),
                Goal::Is(quantity, values) => {
                    if known.learn(quantity, &values).is_err() {
                        return true;
                    }
                }
                Goal::All(parts) => goals.extend(parts),
                Goal::Any(mut parts) => match parts.len() {
                    0 => return true,
                    1 => goals.append(&mut parts),
                    _ => choices.push(parts),
                },
            }
        }
        if self.conclude(&mut known).is_err() {
            return true;
        }
        // The fewest first: what they have in common is then found out the fewest times.
        let fewest = choices
            .iter()
            .enumerate()
            .min_by_key(|(_, parts)| parts.len());
        let Some((place, _)) = fewest else {
            return false;
        };
        let branches = choices.swap_remove(place);
        branches.into_iter().all(|branch| {
            let rest = choices.iter().cloned().map(Goal::Any);
            self.closes(rest.chain([branch]).collect(), known.clone())
        })
    }

    /// Counts steps; `false` if there have been too many.
    fn step(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_add(steps);
        self.steps <= MOST_STEPS && self.logic.spend(steps)
    }

    /// Draws from each quantity what it says about the others.
    fn conclude(&mut self, known: &mut Known<'s>) -> Result<(), Contradiction> {
        /// Each round makes something less; more of them than this are not worth waiting for.
        const ROUNDS: usize = 8;
        for _ in 0..ROUNDS {
            let before = known.clone();
            for (a, _) in &before.0 {
                for (b, _) in &before.0 {
                    if a == b || !self.step(1) {
                        continue;
                    }
                    for relation in self.logic.relations(a, b) {
                        known.apply(&relation, *a, *b)?;
                    }
                }
            }
            if known.0 == before.0 {
                break;
            }
        }
        Ok(())
    }
}

impl<'s> Known<'s> {
    /// A quantity has one of these values, too.
    fn learn(&mut self, quantity: Quantity<'s>, values: &Values) -> Result<(), Contradiction> {
        let before = self.of(quantity);
        let mut now = before.intersect(values);
        if quantity.is_whole() {
            now.numbers = now.numbers.whole();
        }
        if now.is_empty() {
            return Err(Contradiction);
        }
        match self.0.iter_mut().find(|(known, _)| *known == quantity) {
            Some((_, values)) => *values = now,
            None => self.0.push((quantity, now)),
        }
        Ok(())
    }

    fn of(&self, quantity: Quantity<'s>) -> Values {
        let known = self.0.iter().find(|(known, _)| *known == quantity);
        known.map_or_else(|| quantity.domain(), |(_, values)| values.clone())
    }

    fn apply(
        &mut self,
        relation: &Relation,
        a: Quantity<'s>,
        b: Quantity<'s>,
    ) -> Result<(), Contradiction> {
        match relation {
            Relation::Implies(if_a, then_b) => {
                if self.of(a).is_within(if_a) {
                    self.learn(b, then_b)?;
                }
                if self.of(b).intersect(then_b).is_empty() {
                    self.learn(a, &if_a.complement())?;
                }
            }
            Relation::AtMost => {
                let (of_a, of_b) = (self.of(a), self.of(b));
                if !of_b.absent {
                    self.learn(a, &of_b.up_to_greatest())?;
                }
                if !of_a.absent {
                    self.learn(b, &of_a.at_or_above_least())?;
                }
            }
        }
        Ok(())
    }
}
