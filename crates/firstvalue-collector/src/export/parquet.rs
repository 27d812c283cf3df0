use std::io::{self, Write};
use std::sync::Arc;

use firstvalue_store::Row;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::Sink;

const SCHEMA: &str = "
    message events {
        required binary message_id (STRING);
        required binary user_id (STRING);
        required binary type (STRING);
        optional binary event (STRING);
        required int64 at (TIMESTAMP(MILLIS, true));
        required int64 received_at (TIMESTAMP(MILLIS, true));
        required int64 skew_ms;
        required int32 utc_offset;
        required binary body (STRING);
    }";

/// Rows that are written together; they are held in memory until then.
const GROUP: usize = 20_000;

/// A table by columns.
pub(super) struct Columns<W: Write + Send> {
    file: SerializedFileWriter<W>,
    rows: Vec<Row>,
}

impl<W: Write + Send> Columns<W> {
    pub(super) fn new(output: W) -> io::Result<Self> {
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(failed)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let file =
            SerializedFileWriter::new(output, schema, Arc::new(properties)).map_err(failed)?;
        Ok(Self {
            file,
            rows: Vec::with_capacity(GROUP),
        })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        texts(&mut group, rows.iter().map(|row| &row.message_id))?;
        texts(&mut group, rows.iter().map(|row| &row.user))?;
        texts(&mut group, rows.iter().map(|row| &row.kind))?;
        let named: Vec<i16> = rows.iter().map(|row| row.name.is_some().into()).collect();
        let names = rows.iter().filter_map(|row| row.name.as_deref());
        let names: Vec<ByteArray> = names.map(ByteArray::from).collect();
        column::<ByteArrayType, _>(&mut group, &names, Some(&named))?;
        numbers(&mut group, rows.iter().map(|row| row.at))?;
        numbers(&mut group, rows.iter().map(|row| row.received_at))?;
        numbers(&mut group, rows.iter().map(|row| row.skew))?;
        let offsets: Vec<i32> = rows.iter().map(|row| row.utc_offset).collect();
        column::<Int32Type, _>(&mut group, &offsets, None)?;
        texts(&mut group, rows.iter().map(|row| &row.body))?;
        group.close()?;
        Ok(())
    }
}

impl<W: Write + Send> Sink for Columns<W> {
    fn write(&mut self, row: Row) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() == GROUP {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.write_group().map_err(failed)?;
        }
        self.file.close().map_err(failed)?;
        Ok(())
    }
}

fn texts<'r, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    texts: impl Iterator<Item = &'r String>,
) -> Result<(), ParquetError> {
    let texts: Vec<ByteArray> = texts.map(|text| ByteArray::from(text.as_str())).collect();
    column::<ByteArrayType, _>(group, &texts, None)
}

fn numbers<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    numbers: impl Iterator<Item = i64>,
) -> Result<(), ParquetError> {
    column::<Int64Type, _>(group, &numbers.collect::<Vec<_>>(), None)
}

/// Writes the next column: its values, and which rows have one if not all do.
fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    defined: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let missing = || ParquetError::General("the schema has too few columns".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(values, defined, None)?;
    column.close()
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}
