//! The log that a replay reads: one event a line, as JSON in Segment's format.
//!
//! A log may be larger than memory, so it goes by in [blocks] of whole lines, which one thread reads
//! ahead and all of them [parse](parse()). One that is not by time is [sorted](Log::by_time) outside
//! of memory first.

mod ahead;
mod blocks;
mod clock;
mod input;
mod joins;
mod line;
mod lines;
mod parse;
mod problems;
mod scan;
mod sort;
mod spool;

use std::io;
use std::path::Path;

use indicatif::ProgressBar;

use crate::output;

use ahead::Ahead;
use blocks::{BlockError, Blocks};
use input::Input;
pub use line::Event;
pub use lines::Lines;
pub use parse::{Parsing, Piece, parse};
use problems::Problems;
use sort::{Sizes, Sorter};

/// Why a log cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It cannot be read.
    #[error("cannot read events from `{log}`: {error}")]
    Read {
        /// What people call the log.
        log: String,
        /// Why.
        error: io::Error,
    },
    /// There is no end to a line.
    #[error("`{log}` holds a line of more than 256 MB; expected one JSON object a line")]
    Line {
        /// What people call the log.
        log: String,
    },
    /// None of its lines is an event.
    #[error(
        "`{log}` holds no event; expected one JSON object a line, such as \
         `{{\"userId\": \"ann\", \"event\": \"report.created\", \"timestamp\": \"2026-03-01T09:00:00Z\"}}`"
    )]
    Nothing {
        /// What people call the log.
        log: String,
    },
    /// What is too large for memory cannot be kept elsewhere.
    #[error(
        "cannot keep what was read in a temporary file; the environment variable TMPDIR names the \
         folder for it: {0}"
    )]
    Kept(#[from] io::Error),
}

/// A log, and what was found wrong with it.
pub struct Log {
    input: Input,
    problems: Problems,
    /// Whether any of its lines is an event.
    has_events: bool,
    progress: ProgressBar,
    /// The bytes of a block.
    block: usize,
    threads: usize,
}

/// The blocks of a log in their order, read ahead in the background.
pub type BlocksAhead = Ahead<Result<Vec<u8>, LogError>>;

impl Log {
    /// A log in a file or a pipe, or on standard input for `-`, to be read by so many threads, and so
    /// many bytes at once (as many as are usual if 0).
    ///
    /// # Errors
    /// If a pipe cannot be opened, or what comes of it not be kept.
    pub fn new(path: &Path, threads: usize, block: usize) -> Result<Self, LogError> {
        let input = Input::new(path)?;
        Ok(Self {
            problems: Problems::new(input.name()),
            has_events: false,
            progress: super::progress::bar(input.size()),
            input,
            block: if block == 0 { blocks::USUAL } else { block },
            threads,
        })
    }

    /// The blocks as they lie there. What was read before must not be read any more.
    ///
    /// # Errors
    /// If the log cannot be opened.
    pub fn as_it_lies(&self) -> Result<BlocksAhead, LogError> {
        let log = self.input.name();
        let bytes = match self.input.open(&self.progress) {
            Ok(bytes) => bytes,
            Err(error) => return Err(LogError::Read { log, error }),
        };
        let blocks = Blocks::new(bytes, self.block).map(move |block| {
            block.map_err(|error| match error {
                BlockError::Read(error) => LogError::Read {
                    log: log.clone(),
                    error,
                },
                BlockError::Line => LogError::Line { log: log.clone() },
            })
        });
        Ok(Ahead::of(blocks))
    }

    /// The blocks by time, then by line; lines that cannot be read are left out.
    ///
    /// # Errors
    /// If the log cannot be read, or a temporary file cannot be written.
    pub fn by_time(&mut self) -> Result<BlocksAhead, LogError> {
        let mut sorter = Sorter::new(Sizes {
            block: self.block,
            ..Sizes::default()
        });
        let (mut line, threads) = (0, self.threads);
        for block in self.as_it_lies()? {
            let block = block?;
            let pieces = parse(&block, threads, |line| {
                Ok((Lines::new(&[]).read(line)?.at, line))
            });
            for piece in &pieces {
                self.note(&mut line, piece);
                for (at, line) in &piece.events {
                    sorter.add(*at, line)?;
                }
            }
        }
        Ok(Ahead::of(sorter.sorted()?))
    }

    /// Says what is wrong with a piece of the log as it lies there; `line` is the number of lines
    /// before it, and then of those up to its end.
    pub fn note<T>(&mut self, line: &mut u64, piece: &Piece<T>) {
        for (place, reason) in &piece.bad {
            if let Some(text) = self.problems.note(*line + place, reason) {
                self.progress.suspend(|| output::say(text));
            }
        }
        *line += piece.lines;
        self.has_events |= !piece.events.is_empty();
    }

    /// How many threads read it.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Says what is to be said when the log has been read.
    ///
    /// # Errors
    /// If there is something in it, and none of it is an event.
    pub fn finish(&self) -> Result<(), LogError> {
        self.progress.finish_and_clear();
        if let Some(text) = self.problems.summary() {
            output::say(text);
        }
        if self.problems.any() && !self.has_events {
            return Err(LogError::Nothing {
                log: self.input.name(),
            });
        }
        Ok(())
    }
}
