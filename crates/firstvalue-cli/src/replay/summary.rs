//! What came of a replay, in numbers for people.

use std::io::{self, Write};

use firstvalue_engine::{Rules, State};
use firstvalue_model::playbook::Per;
use firstvalue_model::time;

use super::guides::Meetings;
use super::play::Played;
use super::table::{self, Table, maybe, percent, share};
use super::value::TimeToValue;
use crate::playbook_file::counted;

/// How many pairs of competing guides are named.
const PAIRS: usize = 10;

/// Writes how many have reached what and how soon, how they stand, and which guides they met.
pub fn write(out: &mut impl Write, played: &Played, guides: &Meetings) -> io::Result<()> {
    let Some(rules) = played.rules.first() else {
        return Ok(());
    };
    write!(
        out,
        "{} of {} in {}",
        counted(
            usize::try_from(played.events).unwrap_or(usize::MAX),
            "event"
        ),
        counted(played.users(0).count(), "user"),
        counted(played.accounts(0).count(), "account"),
    )?;
    if let Some((first, last)) = played.span {
        write!(out, ", {} to {}", time::to_iso(first), time::to_iso(last))?;
    }
    writeln!(out)?;
    if let Some(until) = played.until {
        writeln!(out, "as of {}", time::to_iso(until))?;
    }
    milestones(out, played, rules, Per::User)?;
    milestones(out, played, rules, Per::Account)?;
    stages(out, played, rules)?;
    health(out, played, rules)?;
    met(out, played, rules, guides)?;
    if !rules.guides.is_empty() {
        writeln!(
            out,
            "\nA guide is eligible while its audience and condition hold. Nothing is shown in a replay, so what \
             makes room once it was seen, how often a guide may come, pages and the hold-out do not count here."
        )?;
    }
    if !rules.milestones.is_empty() {
        writeln!(
            out,
            "\nTimes are from sign-up to the milestone. Whoever has not reached it counts as \
             watched until the end (Kaplan–Meier)."
        )?;
    }
    Ok(())
}

fn milestones(out: &mut impl Write, played: &Played, rules: &Rules, per: Per) -> io::Result<()> {
    let has_targets = rules.milestones.iter().any(|rule| rule.target.is_some());
    let mut columns = match per {
        Per::User => vec!["milestone"],
        Per::Account => vec!["milestone of accounts"],
    };
    columns.extend(["reached", "share", "p25", "median", "p75", "p90"]);
    if has_targets {
        columns.extend(["target", "in target"]);
    }
    let mut table = Table::new(&columns);
    let own = |(_, rule): &(usize, &firstvalue_engine::MilestoneRule)| rule.per == per;
    let mut is_empty = true;
    for (place, rule) in rules.milestones.iter().enumerate().filter(own) {
        is_empty = false;
        let value = TimeToValue::of(played, 0, place);
        let mut row = vec![
            rule.id.clone(),
            value.reached.to_string(),
            share(value.reached, value.of),
        ];
        row.extend([0.25, 0.5, 0.75, 0.9].map(|share| maybe(value.curve.quantile(share))));
        match rule.target {
            Some(target) => {
                let within = value.curve.by(target);
                let within = within.map_or_else(|| table::NONE.to_owned(), percent);
                row.extend([time::duration_text(target), within]);
            }
            None => row.extend([table::NONE, table::NONE].map(str::to_owned)),
        }
        table.row(row);
    }
    if is_empty {
        return Ok(());
    }
    write!(out, "\n{table}")
}

fn stages(out: &mut impl Write, played: &Played, rules: &Rules) -> io::Result<()> {
    if rules.stages.is_empty() {
        return Ok(());
    }
    let (mut all, mut of_stage) = (0, vec![0; rules.stages.len()]);
    for (_, state) in played.users(0) {
        all += 1;
        let stage = state.stage(rules);
        let place = rules.stages.iter().position(|rule| Some(rule) == stage);
        if let Some(count) = place.and_then(|place| of_stage.get_mut(place)) {
            *count += 1;
        }
    }
    let mut table = Table::new(&["stage", "users", "share"]);
    for (rule, users) in rules.stages.iter().zip(&of_stage) {
        table.row([rule.id.clone(), users.to_string(), share(*users, all)]);
    }
    let without = all - of_stage.iter().sum::<usize>();
    if without > 0 {
        table.row([
            "in no stage".to_owned(),
            without.to_string(),
            share(without, all),
        ]);
    }
    write!(out, "\n{table}")
}

fn health(out: &mut impl Write, played: &Played, rules: &Rules) -> io::Result<()> {
    let scores = |states: &mut dyn Iterator<Item = &State>| -> Vec<f64> {
        let scores = states.filter_map(|state| played.at_end(rules, state).health(rules));
        let mut scores: Vec<f64> = scores.map(|health| health.score).collect();
        scores.sort_by(f64::total_cmp);
        scores
    };
    let users = scores(&mut played.users(0).map(|(_, state)| state));
    let accounts = scores(&mut played.accounts(0).map(|(_, state)| state));
    if users.is_empty() && accounts.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["health", "known of", "mean", "p25", "median", "p75"]);
    for (whose, scores) in [("of users", users), ("of accounts", accounts)] {
        if scores.is_empty() {
            continue;
        }
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        // Between two scores, as far from each as the share is from theirs.
        let quantile = |share: f64| {
            let place = share * (scores.len() - 1) as f64;
            let score = |place: f64| scores.get(place as usize).copied().unwrap_or_default();
            let (below, above) = (score(place.floor()), score(place.ceil()));
            below + (above - below) * place.fract()
        };
        let numbers = [mean, quantile(0.25), quantile(0.5), quantile(0.75)];
        let mut row = vec![whose.to_owned(), scores.len().to_string()];
        row.extend(numbers.map(|number| format!("{number:.0}")));
        table.row(row);
    }
    write!(out, "\n{table}")
}

fn met(out: &mut impl Write, played: &Played, rules: &Rules, guides: &Meetings) -> io::Result<()> {
    if rules.guides.is_empty() {
        return Ok(());
    }
    let users = played.users(0).count();
    let mut table = Table::new(&["guide", "eligible", "share", "always behind another"]);
    for (place, rule) in rules.guides.iter().enumerate() {
        let eligible = guides.eligible(place);
        table.row([
            rule.id.clone(),
            eligible.to_string(),
            share(eligible, users),
            guides.always_behind(place).to_string(),
        ]);
    }
    write!(out, "\n{table}")?;
    let competing = guides.competing();
    if competing.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["eligible at the same time", "users"]);
    for ((first, second), users) in competing.iter().take(PAIRS) {
        let rule = |place: u16| rules.guides.get(usize::from(place));
        let (Some(first), Some(second)) = (rule(*first), rule(*second)) else {
            continue;
        };
        let by = match first.priority == second.priority {
            true => format!("by id, both have priority {}", first.priority),
            false => format!("priority {} over {}", first.priority, second.priority),
        };
        table.row([
            format!("{} goes before {} ({by})", first.id, second.id),
            users.to_string(),
        ]);
    }
    write!(out, "\n{table}")?;
    let more = competing.len().saturating_sub(PAIRS);
    if more > 0 {
        writeln!(out, "… and {}", counted(more, "more pair"))?;
    }
    Ok(())
}
