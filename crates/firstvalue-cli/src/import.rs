//! `firstvalue import`: events from files into the store of a collector.

mod lines;
mod refused;

use std::collections::HashMap;
use std::fs;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use firstvalue_collector::{Config, deed, read_line, refuse_line};
use firstvalue_store::{Fate, NewEvent, NewRefusal, Store};
use rustc_hash::FxBuildHasher;
use tokio::runtime::Runtime;

use lines::Next;
use refused::Known;

use crate::{data_folder, output};

/// Lines that are committed together, if they are not large.
const AT_ONCE: usize = 5_000;

/// Bytes of them beyond which fewer are.
const BYTES_AT_ONCE: usize = 16 * 1_024 * 1_024;

/// Refused lines that are shown; all are in the quarantine.
const SHOWN: u64 = 10;

/// Takes events from files into the store of a collector, which must not be running.
///
/// A file holds one event a line, as JSON in Segment's format, plain or gzip. An event is stored once
/// however often it is imported: by its `messageId`, or by what its line says if it has none, where the
/// same line twice in a file is two events and in two files one. So a run that was cut off is
/// completed by starting it again. Lines that are no events are refused one by one, and kept in the
/// quarantine with the reason.
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

fn cannot_read(path: &Path) -> String {
    format!("cannot read `{}`", path.display())
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
        // Before a folder is made for what cannot be read.
        for path in self.files.iter().filter(|path| *path != Path::new("-")) {
            fs::metadata(path).with_context(|| cannot_read(path))?;
        }
        let store = data_folder::open(&self.data)?;
        let runtime = Runtime::new().context("cannot start threads")?;
        let mut import = Running {
            known: Known::read(&*store)?,
            store,
            runtime,
            occurrences: HashMap::default(),
            counts: Counts::default(),
            bytes: 0,
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
        output::say(format_args!(
            "{stored} events stored, {duplicates} known already, {refused} lines refused"
        ));
        done
    }
}

struct Running {
    store: Arc<dyn Store>,
    runtime: Runtime,
    /// Lines that were refused by earlier runs.
    known: Known,
    /// How often each line of the file without a message id has come, by its hash.
    occurrences: HashMap<u64, u32, FxBuildHasher>,
    counts: Counts,
    /// Of what is to be committed.
    bytes: usize,
    events: Vec<NewEvent>,
    refused: Vec<NewRefusal>,
}

impl Running {
    fn file(&mut self, path: &Path) -> anyhow::Result<()> {
        let (mut input, progress) = lines::open(path).with_context(|| cannot_read(path))?;
        self.occurrences.clear();
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let next = lines::next(&mut input, &mut line)
                .with_context(|| format!("cannot read line {number} of `{}`", path.display()))?;
            match next {
                Next::Line => self.line(path, number, line.trim_ascii()),
                Next::TooLong => {
                    let reason = "the line is longer than 16 MB".to_owned();
                    self.refuse(
                        path,
                        number,
                        refuse_line(&line, reason, Config::system_clock()),
                    );
                }
                Next::End => break,
            }
            if self.events.len() + self.refused.len() >= AT_ONCE || self.bytes >= BYTES_AT_ONCE {
                self.commit()?;
            }
        }
        progress.finish_and_clear();
        Ok(())
    }

    fn line(&mut self, path: &Path, number: u64, line: &[u8]) {
        if line.is_empty() {
            return;
        }
        let occurrences = &mut self.occurrences;
        // How often the same line has come before.
        let occurrence = || {
            let count = occurrences.entry(FxBuildHasher.hash_one(line));
            let count = count.or_default();
            *count += 1;
            *count - 1
        };
        match read_line(line, occurrence, Config::system_clock()) {
            Ok(event) => {
                self.bytes += event.body.len();
                self.events.push(event);
            }
            Err(refusal) => self.refuse(path, number, refusal),
        }
    }

    fn refuse(&mut self, path: &Path, number: u64, refusal: NewRefusal) {
        self.counts.refused += 1;
        if self.counts.refused <= SHOWN {
            output::say(format_args!(
                "{}:{number}: {}",
                path.display(),
                refusal.reason
            ));
        }
        if !self.known.has(&refusal) {
            self.bytes += refusal.body.len();
            self.refused.push(refusal);
        }
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        let events = std::mem::take(&mut self.events);
        let refused = std::mem::take(&mut self.refused);
        self.bytes = 0;
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
