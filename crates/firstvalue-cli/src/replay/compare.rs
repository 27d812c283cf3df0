//! What a change of the playbook would have changed.

use std::collections::BTreeSet;
use std::io::{self, Write};

use firstvalue_engine::Rules;
use firstvalue_model::playbook::Per;
use firstvalue_model::time::{self, Millis};
use serde::Serialize;

use super::guides::Meetings;
use super::play::Played;
use super::table::{NONE, Table, maybe};
use super::value::{TimeToValue, per, subjects};
use crate::playbook_file::counted;

/// The places of the two playbooks.
const OLD: usize = 0;
const NEW: usize = 1;

/// The difference that a change of the playbook makes.
#[derive(Serialize)]
pub struct Comparison {
    events: u64,
    users: usize,
    until: Option<String>,
    milestones: Vec<Difference>,
    guides: Vec<Difference>,
}

/// The difference for one milestone or guide. One that only one of the playbooks has is `null` for
/// the other.
#[derive(Serialize)]
struct Difference {
    id: String,
    before: Option<Side>,
    after: Option<Side>,
    /// How many have it under the new playbook and not under the old.
    gained: usize,
    /// How many have it under the old playbook and not under the new.
    lost: usize,
}

/// What one of the playbooks says.
#[derive(Serialize)]
struct Side {
    /// How many have reached the milestone, or for how many the guide became eligible.
    count: usize,
    /// The median time to value, if half of them have got there; guides have no such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_ttv_ms: Option<Option<Millis>>,
}

impl Comparison {
    /// Compares what was played to the two playbooks.
    pub fn of(played: &Played, guides: &[Meetings]) -> Self {
        let ids = |ids: fn(&Rules) -> Vec<String>| -> BTreeSet<String> {
            played.rules.iter().flat_map(ids).collect()
        };
        let of_milestones = |rules: &Rules| -> Vec<String> {
            rules
                .milestones
                .iter()
                .map(|rule| rule.id.clone())
                .collect()
        };
        let of_guides = |rules: &Rules| -> Vec<String> {
            rules.guides.iter().map(|rule| rule.id.clone()).collect()
        };
        Self {
            events: played.events,
            users: played.users(OLD).count(),
            until: played.until.map(time::to_iso),
            milestones: ids(of_milestones)
                .into_iter()
                .map(|id| milestone(played, id))
                .collect(),
            guides: ids(of_guides)
                .into_iter()
                .map(|id| guide(played, guides, id))
                .collect(),
        }
    }

    /// Writes it as JSON.
    pub fn as_json(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Writes it for people.
    pub fn for_people(&self, out: &mut impl Write) -> io::Result<()> {
        write!(
            out,
            "{} of {}",
            counted(usize::try_from(self.events).unwrap_or(usize::MAX), "event"),
            counted(self.users, "user"),
        )?;
        if let Some(until) = &self.until {
            write!(out, " until {until}")?;
        }
        writeln!(out)?;
        let median = |side: &Option<Side>| maybe(side.as_ref().and_then(|it| it.median_ttv_ms?));
        if !self.milestones.is_empty() {
            let mut table = Table::new(&[
                "milestone",
                "before",
                "after",
                "gained",
                "lost",
                "median before",
                "after",
                "",
            ]);
            for it in &self.milestones {
                let mut row = it.counts();
                row.extend([median(&it.before), median(&it.after), it.came_or_went()]);
                table.row(row);
            }
            write!(out, "\n{table}")?;
        }
        if !self.guides.is_empty() {
            let columns = ["guide", "eligible before", "after", "gained", "lost", ""];
            let mut table = Table::new(&columns);
            for it in &self.guides {
                let mut row = it.counts();
                row.push(it.came_or_went());
                table.row(row);
            }
            write!(out, "\n{table}")?;
        }
        Ok(())
    }
}

impl Difference {
    fn counts(&self) -> Vec<String> {
        let count = |side: &Option<Side>| match side {
            Some(side) => side.count.to_string(),
            None => NONE.to_owned(),
        };
        vec![
            self.id.clone(),
            count(&self.before),
            count(&self.after),
            self.gained.to_string(),
            self.lost.to_string(),
        ]
    }

    fn came_or_went(&self) -> String {
        let text = match (&self.before, &self.after) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "",
        };
        text.to_owned()
    }
}

fn milestone(played: &Played, id: String) -> Difference {
    let place = |playbook: usize| played.rules.get(playbook)?.milestone(&id);
    let side = |playbook: usize| {
        let value = TimeToValue::of(played, playbook, place(playbook)?);
        Some(Side {
            count: value.reached,
            median_ttv_ms: Some(value.curve.quantile(0.5)),
        })
    };
    // A user and an account may have the same name, and one playbook may ask it of the one, the other of
    // the other.
    let reached = |playbook: usize| -> BTreeSet<(bool, &str)> {
        let Some(place) = place(playbook) else {
            return BTreeSet::new();
        };
        let is_of_accounts = per(played, playbook, place) == Per::Account;
        subjects(played, playbook, place)
            .filter(|(_, state)| state.milestone(place).is_some())
            .map(|(name, _)| (is_of_accounts, name))
            .collect()
    };
    let (before, after) = (reached(OLD), reached(NEW));
    Difference {
        before: side(OLD),
        after: side(NEW),
        gained: after.difference(&before).count(),
        lost: before.difference(&after).count(),
        id,
    }
}

fn guide(played: &Played, guides: &[Meetings], id: String) -> Difference {
    let met = |playbook: usize| {
        let place = played.rules.get(playbook)?.guide(&id)?;
        Some((guides.get(playbook)?, place))
    };
    let side = |playbook: usize| {
        met(playbook).map(|(meetings, place)| Side {
            count: meetings.eligible(place),
            median_ttv_ms: None,
        })
    };
    // Who has met it under one playbook, and not under the other.
    let only = |playbook: usize, other: usize| {
        let Some((meetings, place)) = met(playbook) else {
            return 0;
        };
        let has_met_other =
            |user: &str| met(other).is_some_and(|(meetings, place)| meetings.has_met(user, place));
        let users = meetings.users(place);
        users.filter(|user| !has_met_other(user)).count()
    };
    Difference {
        before: side(OLD),
        after: side(NEW),
        gained: only(NEW, OLD),
        lost: only(OLD, NEW),
        id,
    }
}
