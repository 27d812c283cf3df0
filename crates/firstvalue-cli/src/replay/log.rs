//! The log that a replay reads.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use firstvalue_model::message::{Message, MessageKind, PAGE_VIEWED};
use firstvalue_model::time::Millis;
use flate2::bufread::MultiGzDecoder;

/// A log, by time and then by line.
pub struct Log {
    pub entries: Vec<Entry>,
    /// The lines that were left out, and why.
    pub problems: Vec<Problem>,
}

/// A line of the log.
pub struct Entry {
    pub at: Millis,
    pub message: Message,
}

/// Why a line was left out.
pub struct Problem {
    line: usize,
    reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: left out: {}", self.line, self.reason)
    }
}

impl Log {
    /// Whether it says which pages were shown.
    pub fn holds_pages(&self) -> bool {
        self.entries.iter().any(|Entry { message, .. }| {
            message.kind == MessageKind::Page
                || (message.kind == MessageKind::Track
                    && message.event.as_deref() == Some(PAGE_VIEWED))
        })
    }
}

/// Reads a log from a file, or from standard input for `-`; plain or gzip.
pub fn read(path: &Path) -> io::Result<Log> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path)?)
    };
    let mut input = BufReader::new(input);
    let gzip = input.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    if gzip {
        parse(BufReader::new(MultiGzDecoder::new(input)))
    } else {
        parse(input)
    }
}

fn parse(lines: impl BufRead) -> io::Result<Log> {
    let mut log = Log {
        entries: Vec::new(),
        problems: Vec::new(),
    };
    let mut ids = HashSet::new();
    for (line, text) in (1..).zip(lines.lines()) {
        let text = text?;
        if text.trim().is_empty() {
            continue;
        }
        match entry(&text) {
            Ok(entry) => {
                let id = entry.message.message_id.clone();
                if id.is_none_or(|id| ids.insert(id)) {
                    log.entries.push(entry);
                }
            }
            Err(reason) => log.problems.push(Problem { line, reason }),
        }
    }
    // Stable, so that lines of one moment stay in order.
    log.entries.sort_by_key(|entry| entry.at);
    Ok(log)
}

fn entry(text: &str) -> Result<Entry, String> {
    let message: Message = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if message.user().is_none() {
        return Err("neither `userId` nor `anonymousId` says who".to_owned());
    }
    match (message.at(), &message.timestamp) {
        (Some(at), _) => Ok(Entry { at, message }),
        (None, Some(text)) => Err(format!("`timestamp` is not a moment in ISO 8601: `{text}`")),
        (None, None) => Err("`timestamp` is missing".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_by_time_once_each_and_bad_ones_are_named() {
        let text = concat!(
            r#"{"userId":"a","event":"late","timestamp":"2026-01-02T00:00:00Z","messageId":"1"}"#,
            "\n\nnot json\n",
            r#"{"userId":"a","event":"early","timestamp":"2026-01-01T00:00:00Z","messageId":"2"}"#,
            "\n",
            r#"{"userId":"a","event":"again","timestamp":"2026-01-03T00:00:00Z","messageId":"1"}"#,
            "\n",
            r#"{"event":"x","timestamp":"2026-01-03T00:00:00Z"}"#,
            "\n",
            r#"{"userId":"a","event":"x","timestamp":"yesterday"}"#,
        );
        let log = parse(text.as_bytes()).expect("it can be read");
        let events: Vec<_> = log
            .entries
            .iter()
            .map(|e| e.message.event.clone())
            .collect();
        assert_eq!(events, [Some("early".to_owned()), Some("late".to_owned())]);
        let lines: Vec<_> = log.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [3, 6, 7]);
    }
}
