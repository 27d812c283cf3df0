use std::io::{self, Write};

use firstvalue_model::time::to_iso;
use firstvalue_store::Row;

use super::Sink;

/// The columns; moments are in ISO 8601, `body` is the message as JSON.
const HEADING: [&str; 9] = [
    "message_id",
    "user_id",
    "type",
    "event",
    "at",
    "received_at",
    "skew_ms",
    "utc_offset",
    "body",
];

/// What a cell begins with that spreadsheets would run as a formula.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table with a heading.
pub(super) struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    pub(super) fn new(output: W) -> io::Result<Self> {
        let mut table = csv::Writer::from_writer(output);
        table.write_record(HEADING)?;
        Ok(Self(table))
    }
}

impl<W: Write> Sink for Table<W> {
    fn write(&mut self, row: Row) -> io::Result<()> {
        self.0.write_record([
            plain(row.message_id),
            plain(row.user),
            row.kind,
            plain(row.name.unwrap_or_default()),
            to_iso(row.at),
            to_iso(row.received_at),
            row.skew.to_string(),
            row.utc_offset.to_string(),
            row.body,
        ])?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Text that no spreadsheet takes for a formula. Whoever sends events could otherwise have something
/// run by whoever opens the table.
fn plain(text: String) -> String {
    if text.starts_with(FORMULAS) {
        format!("'{text}")
    } else {
        text
    }
}
