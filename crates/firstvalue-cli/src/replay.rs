//! `firstvalue replay`: what a playbook would have decided over a log of events.

mod log;
mod report;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use firstvalue_engine::{Call, Change, Decision, Population, Rules};
use firstvalue_model::time::{self, Millis};

use crate::playbook_file;

/// Says what a playbook would have decided over a log of events.
///
/// The log holds one event a line, as JSON in Segment's format, plain or gzip. Events are taken by
/// time, then by line; one that carries the `messageId` of an earlier line is left out.
#[derive(Args)]
#[command(
    after_help = "Example:\n  firstvalue replay --playbook playbook.yaml --events march.jsonl.gz --until 2026-04-01"
)]
pub struct Replay {
    /// The playbook.
    #[arg(long, value_name = "FILE")]
    playbook: PathBuf,
    /// The log; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    events: PathBuf,
    /// Numbers for people, or one JSON object a line for each change.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Leaves out what happened after this moment, and lets time pass until then (ISO 8601).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<Millis>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
}

fn moment(text: &str) -> Result<Millis, String> {
    time::timestamp(text).map(|read| read.at).ok_or_else(|| {
        "expected a moment such as `2026-04-01` or `2026-04-01T12:00:00Z`".to_owned()
    })
}

/// What came of a replay.
struct Replayed {
    rules: Rules,
    population: Population,
    /// By time, then user, then the order in which it happened.
    changes: Vec<(String, Change)>,
    until: Millis,
}

impl Replay {
    /// Replays and prints.
    ///
    /// # Errors
    /// If a file cannot be read, or the playbook has errors.
    pub fn run(&self) -> anyhow::Result<()> {
        let playbook = playbook_file::read(&self.playbook)?;
        let log = log::read(&self.events)
            .with_context(|| format!("cannot read events from `{}`", self.events.display()))?;
        for problem in &log.problems {
            eprintln!("{}:{problem}", self.events.display());
        }
        let mut rules = firstvalue_engine::compile(&playbook).rules;
        if !log.holds_pages() {
            rules = rules.without_pages();
        }
        let replayed = replay(rules, &log.entries, self.until);
        let mut out = std::io::stdout().lock();
        let written = match self.format {
            Format::Human => report::for_people(&mut out, &replayed),
            Format::Json => report::as_json(&mut out, &replayed),
        };
        match written {
            // Whoever reads our output may stop early, as `head` does.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("cannot write the result"),
        }
    }
}

fn replay(rules: Rules, log: &[log::Entry], until: Option<Millis>) -> Replayed {
    let until = until
        .or_else(|| log.last().map(|entry| entry.at))
        .unwrap_or_default();
    let (mut population, mut decisions) = (Population::new(), Vec::new());
    for entry in log.iter().take_while(|entry| entry.at <= until) {
        if let Some(call) = Call::of(&entry.message, entry.at) {
            population.apply(&rules, &call, &mut decisions);
        }
    }
    population.advance(&rules, until, &mut decisions);
    let mut changes: Vec<_> = decisions
        .into_iter()
        .map(|Decision { subject, change }| (population.name(subject).to_owned(), change))
        .collect();
    changes.sort_by(|(a, x), (b, y)| (x.at(), a).cmp(&(y.at(), b)));
    Replayed {
        rules,
        population,
        changes,
        until,
    }
}
