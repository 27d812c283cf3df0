//! Playbooks and logs as short as they can be told, for those who must find out what went wrong.

use std::fmt::{Debug, Formatter, Result};

use firstvalue_model::message::{Message, MessageKind, Object};
use firstvalue_model::playbook::{HealthPart, Per, Score};
use firstvalue_model::time::Millis;
use firstvalue_model::{Comparison, Condition, EventMatch, Playbook};
use firstvalue_reference::Line;

use crate::logs::MONDAY;

#[derive(Clone)]
pub struct Shown<T>(pub T);

impl Debug for Shown<Playbook> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Playbook {
            milestones,
            audiences,
            guides,
            stages,
            health,
            ..
        } = &self.0;
        writeln!(f)?;
        for (id, condition) in audiences {
            writeln!(f, "  audience {id}: {}", condition_in_short(condition))?;
        }
        for (id, milestone) in milestones {
            let of = match milestone.per {
                Per::User => "user",
                Per::Account => "account",
            };
            writeln!(f, "  {id} of {of}: {}", condition_in_short(&milestone.when))?;
        }
        for (id, guide) in guides {
            let when = guide.when.as_ref().map(condition_in_short);
            writeln!(f, "  {id} for {:?}: {when:?}", guide.audience)?;
        }
        for stage in stages {
            writeln!(f, "  {}: {}", stage.id, condition_in_short(&stage.when))?;
        }
        for part in health.weights.iter().chain(&health.account_weights) {
            writeln!(f, "  health: {}", part_in_short(part))?;
        }
        Ok(())
    }
}

impl Debug for Shown<Vec<(Message, Millis)>> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f)?;
        for (message, at) in &self.0 {
            let user = message.user().unwrap_or_default();
            let what = match message.kind {
                MessageKind::Track => message.event.as_deref().unwrap_or_default(),
                kind => kind.name(),
            };
            let account = message.group_id.as_deref().unwrap_or_default();
            write!(f, "  {:+} {user} {what} {account}", at - MONDAY)?;
            let objects = [&message.properties, &message.traits, &message.context];
            for object in objects.into_iter().flatten() {
                write!(f, " {}", object_in_short(object))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl Debug for Shown<Vec<Line>> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f)?;
        for Line {
            at,
            subject,
            change,
        } in &self.0
        {
            writeln!(f, "  {:+} {subject:?} {change:?}", at - MONDAY)?;
        }
        Ok(())
    }
}

impl<T: PartialEq> PartialEq for Shown<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

fn object_in_short(object: &Object) -> String {
    serde_json::to_string(object).expect("it can be written")
}

fn event(event: &EventMatch) -> String {
    let query = event.query.as_ref().map(object_in_short);
    format!("{}{}", event.name, query.unwrap_or_default())
}

fn events(list: &[EventMatch]) -> String {
    list.iter().map(event).collect::<Vec<_>>().join(" ")
}

fn comparison(is: &Comparison) -> String {
    let bounds = [
        ("≥", is.gte),
        (">", is.gt),
        ("≤", is.lte),
        ("<", is.lt),
        ("=", is.eq),
        ("≠", is.ne),
    ];
    let bounds = bounds
        .iter()
        .filter_map(|(sign, bound)| Some(format!("{sign}{}", (*bound)?)));
    bounds.collect()
}

fn part_in_short(part: &HealthPart) -> String {
    match &part.score {
        Score::Condition(condition) => {
            format!("{}× {}", part.weight, condition_in_short(condition))
        }
        Score::Scaled { number, from, to } => format!("{}× {number:?} {from}–{to}", part.weight),
    }
}

fn condition_in_short(condition: &Condition) -> String {
    let list = |parts: &[Condition]| {
        let parts: Vec<_> = parts.iter().map(condition_in_short).collect();
        parts.join(", ")
    };
    let within = |within: &Option<Millis>| match within {
        Some(within) => format!(" within {within}"),
        None => String::new(),
    };
    match condition {
        Condition::Did {
            event: of,
            measure,
            is,
            within: time,
        } => format!(
            "did {} {measure:?}{}{}",
            event(of),
            comparison(is),
            within(time)
        ),
        Condition::Last { event: of, ago } => format!("last {} {}", event(of), comparison(ago)),
        Condition::First { event: of, ago } => format!("first {} {}", event(of), comparison(ago)),
        Condition::Never(of) => format!("never {}", event(of)),
        Condition::Sequence {
            events: of,
            within: time,
            without,
        } => format!(
            "[{}]{} without [{}]",
            events(of),
            within(time),
            events(without)
        ),
        Condition::SinceSignup(is) => format!("signup {}", comparison(is)),
        Condition::Milestone { id, ago } => {
            format!("{id} {}", ago.as_ref().map(comparison).unwrap_or_default())
        }
        Condition::Guide { id, is } => format!("{id} {is:?}"),
        Condition::User(query) => format!("user {}", object_in_short(query)),
        Condition::Account(query) => format!("account {}", object_in_short(query)),
        Condition::Audience(id) => id.clone(),
        Condition::Users { of, count } => {
            format!("users({}) {}", condition_in_short(of), comparison(count))
        }
        Condition::Page(glob) => format!("page {glob}"),
        Condition::Element(selector) => format!("element {selector}"),
        Condition::All(parts) => format!("all({})", list(parts)),
        Condition::Any(parts) => format!("any({})", list(parts)),
        Condition::Not(part) => format!("not({})", condition_in_short(part)),
    }
}
