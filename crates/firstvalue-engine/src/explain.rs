//! Why: what a condition looks at, what it finds there, and when that would change by waiting.

mod wording;

use firstvalue_model::playbook::Per;
use firstvalue_model::time::Millis;
use serde::Serialize;
use serde_json::Value;

use crate::graph::{Node, Quantity};
use crate::rules::{Rules, Score};
use crate::state::{Known, State};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether the condition of a milestone holds, by its place in the rules.
    Milestone(usize),
    /// Whether the audience and the condition of a guide hold, by its place in the rules.
    Guide(usize),
    /// Whether the condition of a stage holds, by its place in the rules.
    Stage(usize),
    /// What the health score is made of.
    Health,
}

/// Why a condition holds or does not, down to the numbers and traits that decide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The condition, as the playbook would say it: `did: report.created, within: 7d`.
    pub condition: String,
    /// What was found: a count, a sum, a time in milliseconds, traits; `null` if nothing is known.
    /// Counts go no further than is needed to decide, and then say `3 or more`.
    pub value: Value,
    /// What it was compared with: `gte: 3`. Empty for a condition that compares nothing.
    pub compared_with: String,
    /// Whether it holds.
    pub holds: bool,
    /// The next moment at which it may change if nothing happens until then.
    pub changes_at: Option<Millis>,
    /// The conditions that it is made of; of one on the user's account, what that account says.
    pub parts: Vec<Explanation>,
}

impl State {
    /// Why something holds at the clock's moment, or does not. `None` if the rules do not have it,
    /// or have it for the other of users and accounts. What is asked about a user's account is found in
    /// the state of that, at the same moment, where it is known.
    pub fn explain(
        &self,
        rules: &Rules,
        asked: Asked,
        account: Option<&State>,
    ) -> Option<Explanation> {
        let of_user = self.per == Per::User;
        let node = match asked {
            Asked::Milestone(place) => {
                let rule = rules.milestones.get(place);
                rule.filter(|rule| rule.per == self.per)?.when
            }
            Asked::Guide(place) => rules.guides.get(place).filter(|_| of_user)?.when,
            Asked::Stage(place) => rules.stages.get(place).filter(|_| of_user)?.when,
            Asked::Health => return Some(self.explain_health(rules, account)),
        };
        // Measuring forgets what has left a window, which is not to be seen from outside.
        Some(self.clone().explain_node(rules, node, account))
    }

    fn explain_node(&mut self, rules: &Rules, place: u32, account: Option<&State>) -> Explanation {
        let now = self.clock;
        let known = Known::default();
        let graph = rules.graph(self.per);
        let nothing = Node::Any(Vec::new());
        let node = graph.nodes.get(place as usize).unwrap_or(&nothing);
        let truth = self.truth_of(rules, node, now, &known);
        let own: &[u32] = match node {
            Node::All(parts) | Node::Any(parts) => parts,
            Node::Not(part) => &[*part],
            _ => &[],
        };
        let own = own
            .iter()
            .map(|&part| self.explain_node(rules, part, account));
        let mut parts: Vec<_> = own.collect();
        if let Node::Theirs(place) = node
            && let Some(account) = account
            && let Some(part) = rules.shared.of_accounts.get(*place as usize)
        {
            parts.push(account.clone().explain_node(rules, *part, None));
        }
        let of_parts = parts.iter().filter_map(|part| part.changes_at).min();
        let of_parts = of_parts.or_else(|| self.may_be_reached_at(rules, node, account));
        Explanation {
            condition: wording::condition(rules, self.per, node),
            value: self.found(rules, node, &known),
            compared_with: wording::compared_with(node),
            holds: truth.holds,
            changes_at: truth.until.or(of_parts),
            parts,
        }
    }

    /// When the milestone that a condition waits for may be reached by waiting.
    fn may_be_reached_at(
        &mut self,
        rules: &Rules,
        node: &Node,
        account: Option<&State>,
    ) -> Option<Millis> {
        let milestone = match node {
            Node::Reached(milestone)
            | Node::Compare {
                of: Quantity::Reached(milestone),
                ..
            } => *milestone as usize,
            _ => return None,
        };
        let rule = rules.milestones.get(milestone)?;
        match self.milestone(milestone) {
            Some(_) => None,
            None => self.explain_node(rules, rule.when, account).changes_at,
        }
    }

    /// What a condition looks at.
    fn found(&mut self, rules: &Rules, node: &Node, known: &Known) -> Value {
        match node {
            Node::Compare { of, .. } => match self.number(rules, of, self.clock, known) {
                None => Value::Null,
                Some(found) if rules.graph(self.per).most_known(of) == Some(found) => {
                    format!("{found} or more").into()
                }
                Some(found) => number(found),
            },
            Node::Reached(milestone) => self.milestone(*milestone as usize).into(),
            Node::Guide { guide, .. } => {
                self.guide_history(*guide as usize)
                    .map_or(Value::Null, |history| {
                        serde_json::json!({
                            "shown": history.shown,
                            "completed": history.completed,
                            "dismissed": history.dismissed(),
                            "snoozed": history.snoozed,
                        })
                    })
            }
            Node::User(query) => wording::asked_of(query, known.user(self)),
            Node::Account(query) => wording::asked_of(query, known.account(self)),
            Node::Page(_) => self.page.as_deref().into(),
            Node::Sequence(_)
            | Node::Theirs(_)
            | Node::Element(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::Not(_) => Value::Null,
        }
    }

    fn explain_health(&self, rules: &Rules, account: Option<&State>) -> Explanation {
        let parts = match self.per {
            Per::User => &rules.health.users,
            Per::Account => &rules.health.accounts,
        };
        let health = self.health(rules);
        let scores = health.iter().flat_map(|health| &health.parts);
        let parts = parts.iter().zip(scores).map(|(part, score)| Explanation {
            condition: format!("{} (weight {})", part.name, part.weight),
            value: score.value.map_or(Value::Null, number),
            compared_with: match &part.score {
                Score::Condition(_) => String::new(),
                Score::Scaled { of, from, to } => wording::scale(of, *from, *to),
            },
            holds: score.score.is_some_and(|score| score > 0.0),
            changes_at: None,
            parts: match &part.score {
                Score::Condition(node) => vec![self.clone().explain_node(rules, *node, account)],
                Score::Scaled { .. } => Vec::new(),
            },
        });
        Explanation {
            condition: "health".to_owned(),
            parts: parts.collect(),
            compared_with: String::new(),
            holds: health.is_some(),
            changes_at: None,
            value: health.map_or(Value::Null, |health| number(health.score)),
        }
    }
}

/// A number as people write it: without a fraction where it has none.
fn number(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        (number as i64).into()
    } else {
        number.into()
    }
}
