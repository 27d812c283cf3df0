//! Rules as a compiled playbook has them: for browsers, which decide about one user. What is decided
//! about accounts is left out.

mod graph;
mod uses;

use firstvalue_model::guide::{Frequency, Until};
use firstvalue_model::playbook::{Per, Throttle};
use serde_json::Value;

use super::tokens::{Reader, Writer};
use super::{GuideRule, Health, HealthPart, MilestoneRule, Rules, Score, Shared, StageRule};
use crate::graph::Graph;

const PER: [Per; 2] = [Per::User, Per::Account];

const UNTIL: [Until; 4] = [
    Until::Never,
    Until::Completed,
    Until::Dismissed,
    Until::Interacted,
];

impl Rules {
    /// Writes what [`Rules::read`] reads.
    pub fn write(&self) -> Value {
        let mut out = Writer::default();
        out.list(&self.milestones, write_milestone);
        out.list(&self.guides, write_guide);
        out.value(self.throttle.max_per_session);
        out.value(self.throttle.min_gap);
        out.list(&self.throttle.never_over, |selector, out| {
            out.value(selector.as_str());
        });
        out.value(self.holdout);
        graph::write(&self.users, &mut out);
        out.list(&self.audiences, |(id, node), out| {
            out.value(id.as_str());
            out.value(*node);
        });
        out.list(&self.stages, |stage, out| {
            out.value(stage.id.as_str());
            out.value(stage.title.as_str());
            out.value(stage.when);
        });
        out.list(&self.health.users, write_health);
        Value::Array(out.0)
    }

    /// Reads the `rules` of a compiled playbook: all that decides about one user. Nobody learns what
    /// is wrong with rules that cannot be read. What was written is used up.
    pub fn read(rules: &mut Value) -> Option<Self> {
        let mut tokens = Reader::new(rules.as_array_mut()?);
        let rules = Self {
            milestones: tokens.list(read_milestone),
            guides: tokens.list(read_guide),
            throttle: Throttle {
                max_per_session: tokens.maybe().map(|most| most as u32),
                min_gap: tokens.span(),
                never_over: tokens.list(Reader::text),
            },
            holdout: tokens.number(),
            users: graph::read(&mut tokens),
            audiences: tokens.list(|tokens| (tokens.text(), tokens.place())),
            stages: tokens.list(|tokens| StageRule {
                id: tokens.text(),
                title: tokens.text(),
                when: tokens.place(),
            }),
            health: Health {
                users: tokens.list(read_health),
                accounts: Vec::new(),
            },
            accounts: Graph::default(),
            shared: Shared::default(),
            page_unknown: false,
        };
        (tokens.is_done() && uses::is_in_order(&rules.users.uses)).then_some(rules)
    }
}

fn write_milestone(rule: &MilestoneRule, out: &mut Writer) {
    out.value(rule.id.as_str());
    out.value(rule.title.as_str());
    out.one_of(&PER, &rule.per);
    out.value(rule.target);
    out.value(rule.when);
}

fn read_milestone(tokens: &mut Reader<'_>) -> MilestoneRule {
    MilestoneRule {
        id: tokens.text(),
        title: tokens.text(),
        per: tokens.one_of(&PER, Per::User),
        target: tokens.span(),
        when: tokens.place(),
    }
}

fn write_guide(rule: &GuideRule, out: &mut Writer) {
    out.value(rule.id.as_str());
    out.value(rule.page.as_deref());
    out.value(rule.frequency.limit);
    out.value(rule.frequency.every);
    out.one_of(&UNTIL, &rule.frequency.until);
    out.value(rule.priority);
    out.value(u8::from(rule.automatic));
    out.value(rule.when);
}

fn read_guide(tokens: &mut Reader<'_>) -> GuideRule {
    GuideRule {
        id: tokens.text(),
        page: tokens.maybe_text(),
        frequency: Frequency {
            limit: tokens.maybe().map(|limit| limit as u32),
            every: tokens.span(),
            until: tokens.one_of(&UNTIL, Until::Never),
        },
        priority: tokens.number() as i32,
        automatic: tokens.flag(),
        when: tokens.place(),
    }
}

fn write_health(part: &HealthPart, out: &mut Writer) {
    out.value(part.weight);
    match &part.score {
        Score::Condition(node) => {
            out.value(Value::Null);
            out.value(*node);
        }
        Score::Scaled { of, from, to } => {
            out.value(*from);
            out.value(*to);
            graph::write_quantity(of, out);
        }
    }
}

fn read_health(tokens: &mut Reader<'_>) -> HealthPart {
    HealthPart {
        // For people at work, not for those who use the product.
        name: String::new(),
        weight: tokens.number(),
        score: match tokens.maybe() {
            None => Score::Condition(tokens.place()),
            Some(from) => Score::Scaled {
                from,
                to: tokens.number(),
                of: graph::read_quantity(tokens),
            },
        },
    }
}
