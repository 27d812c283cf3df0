//! Events as files: nobody is locked in.

mod csv;
mod ndjson;
mod parquet;

use std::io::{self, Write};
use std::ops::ControlFlow;

use firstvalue_store::{Filter, Reader, Row, StoreError};
use serde::Deserialize;
use thiserror::Error;

/// The forms in which events can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object a line, in the format of Segment's HTTP tracking API; what `firstvalue
    /// import` and `firstvalue replay` read.
    #[default]
    Ndjson,
    /// A table with a heading, for spreadsheets.
    Csv,
    /// A table by columns, for DuckDB, Spark and the like.
    Parquet,
}

impl Format {
    /// The media type of a file of this form.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// How the name of a file of this form ends.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// Why events could not be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// They cannot be read.
    #[error("the events cannot be read: {0}")]
    Store(#[from] StoreError),
    /// They cannot be written.
    #[error("the events cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Writes the events that a filter lets through, in the order in which they were stored, and returns
/// how many. However many there are, little of it is in memory at a time.
///
/// # Errors
/// If they cannot be read or written; a part may have been written then.
pub fn export<W: Write + Send>(
    reader: &dyn Reader,
    filter: &Filter,
    format: Format,
    output: W,
) -> Result<u64, ExportError> {
    match format {
        Format::Ndjson => rows(reader, filter, ndjson::Lines::new(output)),
        Format::Csv => rows(reader, filter, csv::Table::new(output)?),
        Format::Parquet => rows(reader, filter, parquet::Columns::new(output)?),
    }
}

/// Takes rows one after the other, and writes them.
trait Sink {
    fn write(&mut self, row: Row) -> io::Result<()>;

    /// Writes what is still to be written.
    fn finish(self) -> io::Result<()>;
}

fn rows(reader: &dyn Reader, filter: &Filter, mut sink: impl Sink) -> Result<u64, ExportError> {
    let (mut count, mut written) = (0, Ok(()));
    reader.rows(filter, &mut |row| {
        count += 1;
        written = sink.write(row);
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    written?;
    sink.finish()?;
    Ok(count)
}

#[cfg(test)]
mod tests;
