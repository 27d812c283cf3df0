//! What a replay found, as JSON lines or as numbers for people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use firstvalue_engine::{Change, survival};
use firstvalue_model::time::{self, Millis};
use serde::Serialize;

use super::Replayed;

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Milestone {
        at: String,
        user: &'a str,
        milestone: &'a str,
        ttv_ms: Millis,
    },
    Guide {
        at: String,
        user: &'a str,
        guide: &'a str,
        eligible: bool,
    },
}

/// Writes one JSON object a line for each change.
pub fn as_json(out: &mut impl Write, replayed: &Replayed) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for (user, change) in &replayed.changes {
        let line = match *change {
            Change::Milestone {
                milestone,
                at,
                time_to_value,
            } => Line::Milestone {
                at: time::to_iso(at),
                user,
                milestone: replayed
                    .rules
                    .milestones
                    .get(milestone)
                    .map_or("", |rule| &rule.id),
                ttv_ms: time_to_value,
            },
            Change::Guide {
                guide,
                at,
                eligible,
            } => Line::Guide {
                at: time::to_iso(at),
                user,
                guide: replayed.rules.guides.get(guide).map_or("", |rule| &rule.id),
                eligible,
            },
        };
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes how many have reached what, and how soon.
pub fn for_people(out: &mut impl Write, replayed: &Replayed) -> io::Result<()> {
    let Replayed {
        rules,
        population,
        until,
        ..
    } = replayed;
    writeln!(
        out,
        "{} users until {}",
        population.len(),
        time::to_iso(*until)
    )?;
    if !rules.milestones.is_empty() {
        writeln!(
            out,
            "\n{:<32}{:>9}{:>8}{:>10}{:>10}{:>10}",
            "milestone", "reached", "share", "p25", "median", "p75"
        )?;
    }
    for (place, rule) in rules.milestones.iter().enumerate() {
        let (mut reached, mut censored) = (Vec::new(), Vec::new());
        for (_, user) in population.users_at(rules, *until) {
            let signup = user.signup().unwrap_or(*until);
            match user.milestone(place) {
                Some(at) => reached.push(at - signup),
                None => censored.push(until - signup),
            }
        }
        let curve = survival::kaplan_meier(&reached, &censored);
        let quantile = |share| curve.quantile(share).map_or("–".to_owned(), duration);
        let share = 100.0 * reached.len() as f64 / population.len().max(1) as f64;
        writeln!(
            out,
            "{:<32}{:>9}{share:>7.1}%{:>10}{:>10}{:>10}",
            rule.id,
            reached.len(),
            quantile(0.25),
            quantile(0.5),
            quantile(0.75),
        )?;
    }
    let mut eligible: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (user, change) in &replayed.changes {
        if let Change::Guide {
            guide,
            eligible: true,
            ..
        } = *change
        {
            eligible.entry(guide).or_default().insert(user);
        }
    }
    if !rules.guides.is_empty() {
        writeln!(out, "\n{:<32}{:>9}", "guide", "eligible")?;
    }
    for (place, rule) in rules.guides.iter().enumerate() {
        writeln!(
            out,
            "{:<32}{:>9}",
            rule.id,
            eligible.get(&place).map_or(0, BTreeSet::len)
        )?;
    }
    if !rules.milestones.is_empty() {
        writeln!(
            out,
            "\nTimes are from sign-up to the milestone. Users who have not reached it count as \
             watched until now (Kaplan–Meier)."
        )?;
    }
    Ok(())
}

/// A duration to two digits, as people say it.
fn duration(millis: Millis) -> String {
    let seconds = millis as f64 / 1_000.0;
    let (number, unit) = match seconds {
        s if s < 60.0 => (s, "s"),
        s if s < 3_600.0 => (s / 60.0, "min"),
        s if s < 86_400.0 => (s / 3_600.0, "h"),
        s => (s / 86_400.0, "d"),
    };
    if number < 10.0 {
        format!("{number:.1} {unit}")
    } else {
        format!("{number:.0} {unit}")
    }
}
