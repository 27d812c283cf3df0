//! `firstvalue import`: events from files into the store of a collector.

mod lines;

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use firstvalue_collector::{Config, Limits, deed, read_line};
use firstvalue_store::{Fate, NewEvent, NewRefusal, Store};
use rustc_hash::FxBuildHasher;
use tokio::runtime::Runtime;

/// Events that are committed together.
const AT_ONCE: usize = 5_000;

/// Refused lines that are shown; all are in the quarantine.
const SHOWN: u64 = 10;

/// Takes events from files into the store of a collector, which must not be running.
///
/// A file holds one event a line, as JSON in Segment's format, plain or gzip. An event is stored once
/// however often it is imported: by its `messageId`, or by what its line says if it has none. So a
/// run that was cut off goes on where it stopped when it is started again. Lines that are no events
/// are refused one by one, and kept in the quarantine with the reason.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    firstvalue import --data firstvalue-data 2026-*.ndjson.gz\n  \
    other-tool dump | firstvalue import --data firstvalue-data -")]
pub struct Import {
    /// The folder in which events are kept; made if it is not there.
    #[arg(
        long,
        env = "FIRSTVALUE_DATA",
        value_name = "DIR",
        default_value = "firstvalue-data"
    )]
    data: PathBuf,
    /// The files; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// What became of the lines.
#[derive(Default)]
struct Counts {
    stored: u64,
    duplicates: u64,
    refused: u64,
}

impl Import {
    /// Takes the events in.
    ///
    /// # Errors
    /// If a file cannot be read, or the store cannot be used; what was stored until then stays.
    pub fn run(&self) -> anyhow::Result<()> {
        let store = Store::open(&self.data)?;
        let runtime = Runtime::new().context("cannot start threads")?;
        let mut import = Running {
            store,
            runtime,
            limits: Limits::default(),
            occurrences: HashMap::default(),
            counts: Counts::default(),
            events: Vec::new(),
            refused: Vec::new(),
        };
        let done = self.files.iter().try_for_each(|path| import.file(path));
        // What came before the trouble is not lost.
        let done = done.and(import.commit()).and(import.note());
        let Counts {
            stored,
            duplicates,
            refused,
        } = import.counts;
        eprintln!("{stored} events stored, {duplicates} known already, {refused} lines refused");
        done
    }
}

struct Running {
    store: Store,
    runtime: Runtime,
    limits: Limits,
    /// How often each line without a message id has come, by its hash.
    occurrences: HashMap<u64, u32, FxBuildHasher>,
    counts: Counts,
    events: Vec<NewEvent>,
    refused: Vec<NewRefusal>,
}

impl Running {
    fn file(&mut self, path: &Path) -> anyhow::Result<()> {
        let failed = || format!("cannot read `{}`", path.display());
        let (mut input, progress) = lines::open(path).with_context(failed)?;
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            if !lines::next(&mut input, &mut line)
                .with_context(|| format!("cannot read line {number} of `{}`", path.display()))?
            {
                break;
            }
            self.line(path, number, &line)?;
        }
        progress.finish_and_clear();
        Ok(())
    }

    fn line(&mut self, path: &Path, number: u64, line: &[u8]) -> anyhow::Result<()> {
        let line = line.trim_ascii();
        if line.is_empty() {
            return Ok(());
        }
        let occurrence = self.occurrence(line);
        match read_line(line, occurrence, Config::system_clock(), &self.limits) {
            Ok(event) => self.events.push(event),
            Err(refusal) => {
                self.counts.refused += 1;
                if self.counts.refused <= SHOWN {
                    eprintln!("{}:{number}: {}", path.display(), refusal.reason);
                }
                self.refused.push(refusal);
            }
        }
        if self.events.len() + self.refused.len() >= AT_ONCE {
            self.commit()?;
        }
        Ok(())
    }

    /// How often the same line has come before, if that is to make its id.
    fn occurrence(&mut self, line: &[u8]) -> u32 {
        if memchr::memmem::find(line, b"\"messageId\"").is_some() {
            return 0;
        }
        let count = self.occurrences.entry(FxBuildHasher.hash_one(line));
        let count = count.or_default();
        *count += 1;
        *count - 1
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        let events = std::mem::take(&mut self.events);
        let refused = std::mem::take(&mut self.refused);
        let fates = self.runtime.block_on(self.store.append(events, refused))?;
        let stored = fates.iter().filter(|fate| **fate == Fate::Stored).count() as u64;
        self.counts.stored += stored;
        self.counts.duplicates += fates.len() as u64 - stored;
        Ok(())
    }

    fn note(&self) -> anyhow::Result<()> {
        let Counts {
            stored,
            duplicates,
            refused,
        } = self.counts;
        let (now, actor) = (Config::system_clock(), "command line".to_owned());
        let deed = deed::import(now, actor, stored, duplicates, refused);
        Ok(self.runtime.block_on(self.store.note(deed))?)
    }
}
