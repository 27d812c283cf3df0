//! Why everything stands as it does: for the debugger (`www/debugger`), whose package is the only one that
//! this is part of.

use firstvalue_engine::Asked;
use firstvalue_engine::schedule::{Block, blocks};
use firstvalue_model::guide::Until;
use firstvalue_model::time::Millis;
use serde_json::{Value, json};

use super::{Person, Tracker};

impl Tracker {
    /// Every milestone and every guide with the conditions that decide about it, as JSON;
    /// `www/debugger/explain.ts` has its form. Empty without a playbook.
    pub fn explain(&self, now: Millis) -> String {
        let Person::Decided(playbook, user) = &self.person else {
            return String::new();
        };
        let rules = &playbook.rules;
        let why = |asked| json!(user.explain(rules, asked, None));
        let milestones = rules.milestones.iter().enumerate().map(|(place, rule)| {
            json!({
                "id": rule.id,
                "title": rule.title,
                "reachedAt": user.milestone(place),
                "why": why(Asked::Milestone(place)),
            })
        });
        let guides = rules.guides.iter().enumerate();
        let guides = guides.filter(|(_, rule)| !rule.frequency.is_never());
        let guides = guides.map(|(place, rule)| {
            json!({
                "id": rule.id,
                "target": playbook.first_target(place),
                "blocks": self.blocks_of(place, now),
                "why": why(Asked::Guide(place)),
            })
        });
        let account = self.account.as_ref();
        json!({
            "traits": user.traits(),
            "accountTraits": account.map(|account| &account.traits),
            "isHeldOut": self.is_held_out(),
            "isAtRest": self.is_at_rest(),
            "neverOver": rules.throttle.never_over,
            "milestones": milestones.collect::<Vec<_>>(),
            "guides": guides.collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// What keeps a guide from starting by itself.
    fn blocks_of(&self, guide: usize, now: Millis) -> Vec<Value> {
        let Person::Decided(playbook, user) = &self.person else {
            return Vec::new();
        };
        let rules = &playbook.rules;
        let session = self.attention.session();
        let blocks = blocks(rules, user, &session, &self.path, now, guide);
        let (Some(rule), Some(history)) = (rules.guides.get(guide), user.guide_history(guide))
        else {
            return Vec::new();
        };
        let text = |block| match block {
            Block::Condition => "its audience or its condition does not hold".to_owned(),
            Block::Manual => "only the host starts it".to_owned(),
            Block::Page => {
                let glob = rule.page.as_deref().unwrap_or_default();
                format!("it is for `{glob}`, and this page is `{}`", self.path)
            }
            Block::Ended => {
                let end = match rule.frequency.until {
                    Until::Completed => "completed",
                    Until::Dismissed => "sent away",
                    Until::Interacted | Until::Never => "completed or sent away",
                };
                format!("it is shown until it is {end}, which it was")
            }
            Block::Limit => format!(
                "it may start {}, and has: shown {}, withheld {}",
                times(rule.frequency.limit.unwrap_or_default()),
                times(history.shown.into()),
                times(history.withheld.into())
            ),
            Block::Every(_) if rule.frequency.every.is_none() => "it was put off".to_owned(),
            Block::Every(_) => "it was shown so short a time ago".to_owned(),
            Block::Session => format!(
                "{} of {} guides have started in this session",
                session.started,
                rules.throttle.max_per_session.unwrap_or_default()
            ),
            Block::Gap(_) => "guides keep their distance from the one before".to_owned(),
            Block::Outdone(other) => {
                let other = rules.guides.get(other).map_or("", |rule| &rule.id);
                format!("`{other}` comes first")
            }
        };
        let until = |block| match block {
            Block::Every(moment) | Block::Gap(moment) => Some(moment),
            _ => None,
        };
        let blocks = blocks.into_iter();
        blocks
            .map(|block| json!({ "text": text(block), "until": until(block) }))
            .collect()
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        _ => format!("{count} times"),
    }
}
