//! Everybody as they stand at the end of a replay, one JSON object a line.

use std::collections::BTreeMap;
use std::io::{self, Write};

use firstvalue_engine::{Change, HealthScore};
use firstvalue_model::playbook::Per;
use firstvalue_model::time;
use serde::Serialize;

use super::play::{Audience, Played};
use super::shards::{Told, Wanted};

/// Nobody who needs to be told of changes: what counts is how it ends.
pub struct Nobody;

impl Audience for Nobody {
    fn wants(&self) -> Wanted {
        |_: &Change| false
    }

    fn restart(&mut self) {}

    fn tell(&mut self, _: usize, _: &Told) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Serialize)]
struct User<'a> {
    user: &'a str,
    account: Option<&'a str>,
    signup: Option<String>,
    stage: Option<&'a str>,
    milestones: BTreeMap<&'a str, String>,
    eligible: Vec<&'a str>,
    health: Option<Health>,
}

/// A health score and its parts.
#[derive(Serialize)]
pub struct Health {
    score: f64,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    name: String,
    score: Option<f64>,
    value: Option<f64>,
}

impl From<HealthScore> for Health {
    fn from(health: HealthScore) -> Self {
        let parts = health.parts.into_iter();
        Self {
            score: health.score,
            parts: parts
                .map(|part| Part {
                    name: part.name,
                    score: part.score,
                    value: part.value,
                })
                .collect(),
        }
    }
}

/// Writes everybody, by id.
pub fn write(out: &mut impl Write, played: &Played) -> io::Result<()> {
    let Some(rules) = played.rules.first() else {
        return Ok(());
    };
    let mut users: Vec<_> = played.users(0).collect();
    users.sort_unstable_by_key(|(user, _)| *user);
    for (user, state) in users {
        let milestones = rules.milestones.iter().enumerate();
        let guides = rules.guides.iter().enumerate();
        let line = User {
            user,
            account: played.account_of(user),
            signup: state.signup().map(time::to_iso),
            stage: state.stage(rules).map(|stage| stage.id.as_str()),
            milestones: milestones
                .filter(|(_, rule)| rule.per == Per::User)
                .filter_map(|(place, rule)| {
                    let at = state.milestone(place)?;
                    Some((rule.id.as_str(), time::to_iso(at)))
                })
                .collect(),
            eligible: guides
                .filter(|(place, _)| state.is_eligible(*place))
                .map(|(_, rule)| rule.id.as_str())
                .collect(),
            health: played.at_end(rules, state).health(rules).map(Health::from),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
