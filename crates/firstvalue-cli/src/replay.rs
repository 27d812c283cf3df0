//! `firstvalue replay`: what a playbook would have decided over a log of events.
//!
//! [`log`] reads the log in blocks, [`play`] takes each event once and by time, and [`shards`] hands
//! it to the engine, several threads at a time. What comes of it is written by whichever module is
//! named after the form that was asked for.

mod compare;
mod explain;
mod guides;
mod json;
mod log;
mod play;
mod progress;
mod shards;
mod summary;
mod table;
mod users;
mod value;
mod workers;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use firstvalue_engine::Rules;
use firstvalue_model::time::{self, Millis};

use crate::playbook_file;
use compare::Comparison;
use explain::{Answer, Question};
use guides::Guides;
use json::JsonLines;
use log::Log;
use play::{Audience, Play, Played};
use users::Nobody;

/// Says what a playbook would have decided over a log of events.
///
/// The log holds one event a line, as JSON in Segment's format, plain or gzip. Events are taken by
/// time, then by line; a line that repeats the `messageId` of another of the same moment is left
/// out, and so is one that cannot be read, which is then named. The log may be larger than memory;
/// one that is not by time is sorted in temporary files first. `page` and `element` conditions count
/// as true if the log says of no page that it was shown.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    firstvalue replay --playbook playbook.yaml --events march.jsonl.gz\n  \
    firstvalue replay --playbook playbook.yaml --events - --format json --until 2026-04-01 < march.jsonl\n  \
    firstvalue replay --compare playbook.yaml new.yaml --events march.jsonl\n  \
    firstvalue replay --playbook playbook.yaml --events march.jsonl --explain ann@acme.com:welcome@2026-03-09T12:00:00Z")]
pub struct Replay {
    /// The playbook.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "compare",
        conflicts_with = "compare"
    )]
    playbook: Option<PathBuf>,
    /// The log: a file or a pipe; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    events: PathBuf,
    /// Numbers for people, one JSON object a line for each change, or one for each user as they
    /// stand at the end.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Leaves out what happened after this moment, and lets time pass until then (ISO 8601).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<Millis>,
    /// Says what a change of the playbook would have changed.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "explain")]
    compare: Option<Vec<PathBuf>>,
    /// Says why a guide is due for a user or a milestone reached, or not: `USER:GUIDE`,
    /// `USER:MILESTONE`, or `USER` for stage and health; each perhaps with `@TIME`.
    #[arg(long, value_name = "WHAT")]
    explain: Option<String>,
    /// How many threads work at the same time [default: as many as there are cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// The bytes that are read at once; for tests, which want many blocks of few events.
    #[arg(long, hide = true, value_name = "BYTES", default_value_t = 0)]
    block: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
    Users,
}

fn moment(text: &str) -> Result<Millis, String> {
    time::timestamp(text).map(|read| read.at).ok_or_else(|| {
        "expected a moment such as `2026-04-01` or `2026-04-01T12:00:00Z`".to_owned()
    })
}

impl Replay {
    /// Replays and prints.
    ///
    /// # Errors
    /// If a file cannot be read, the playbook has errors, or it or the log does not have what is
    /// asked about.
    pub fn run(&self) -> anyhow::Result<()> {
        if self.format == Format::Users && (self.compare.is_some() || self.explain.is_some()) {
            bail!("`--format users` goes with neither `--compare` nor `--explain`");
        }
        match (&self.playbook, self.compare.as_deref(), &self.explain) {
            (_, Some([old, new]), _) => self.compare(&[rules(old)?, rules(new)?]),
            (Some(playbook), _, None) => self.replay([rules(playbook)?]),
            (Some(playbook), _, Some(what)) => self.explain([rules(playbook)?], what),
            // The command line was checked for this.
            (None, ..) => bail!("expected `--playbook FILE` or `--compare OLD NEW`"),
        }
    }

    fn replay(&self, rules: [Rules; 1]) -> anyhow::Result<()> {
        match self.format {
            Format::Human => {
                let mut guides = Guides::new(&rules);
                let played = self.play(&rules, &mut guides)?;
                let meetings = guides.meetings();
                let first = meetings.first().context("no playbook was played")?;
                print(|out| summary::write(out, &played, first))?;
                end(played);
            }
            Format::Json => {
                let [own] = &rules;
                let mut lines = JsonLines::new(own);
                end(self.play(&rules, &mut lines)?);
                print(|out| lines.write(out))?;
            }
            Format::Users => {
                let played = self.play(&rules, &mut Nobody)?;
                print(|out| users::write(out, &played))?;
                end(played);
            }
        }
        Ok(())
    }

    fn compare(&self, rules: &[Rules; 2]) -> anyhow::Result<()> {
        let mut guides = Guides::new(rules);
        let played = self.play(rules, &mut guides)?;
        let comparison = Comparison::of(&played, &guides.meetings());
        end(played);
        print(|out| match self.format {
            Format::Json => comparison.as_json(out),
            _ => comparison.for_people(out),
        })
    }

    fn explain(&self, rules: [Rules; 1], what: &str) -> anyhow::Result<()> {
        let [own] = &rules;
        let question = Question::read(what, own)?;
        let answer = Answer::to(&question, &rules, self.until, &mut self.log()?)?;
        print(|out| match self.format {
            Format::Json => answer.as_json(out),
            _ => answer.for_people(out),
        })
    }

    fn play(&self, rules: &[Rules], audience: &mut impl Audience) -> anyhow::Result<Played> {
        let play = Play {
            rules,
            until: self.until,
            only: None,
        };
        Ok(play.play(&mut self.log()?, audience)?)
    }

    fn log(&self) -> anyhow::Result<Log> {
        let threads = match self.threads {
            Some(threads) => threads.into(),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        };
        Ok(Log::new(&self.events, threads, self.block)?)
    }
}

/// The process is about to end: giving back the memory of a million users one by one would only
/// take time.
fn end(played: Played) {
    std::mem::forget(played);
}

fn rules(path: &Path) -> anyhow::Result<Rules> {
    Ok(firstvalue_engine::compile(&playbook_file::read(path)?).rules)
}

/// Writes a result to standard output.
fn print(
    write: impl FnOnce(&mut BufWriter<io::StdoutLock<'_>>) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        // Whoever reads our output may stop early, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write the result"),
    }
}
