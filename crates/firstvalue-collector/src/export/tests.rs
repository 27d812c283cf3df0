use std::sync::Arc;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::RowAccessor;
use axum::body::Bytes;
use firstvalue_model::message::MessageKind;
use firstvalue_store::sqlite::SqliteStore;
use firstvalue_store::{NewEvent, Store};

use super::*;

fn event(n: i64) -> NewEvent {
    NewEvent {
        message_id: format!("m{n}"),
        user: "=cmd()".to_owned(),
        kind: if n % 2 == 0 {
            MessageKind::Track
        } else {
            MessageKind::Identify
        },
        name: (n % 2 == 0).then(|| "report, \"created\"\n".to_owned()),
        at: 1_769_904_000_000 + n,
        received_at: 1_769_904_000_500,
        skew: -n,
        utc_offset: 60,
        body: format!("{{\"n\":{n}}}"),
    }
}

async fn exported(count: i64, format: Format) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = (0..count).map(event).collect();
    store.append(events, vec![]).await.unwrap();
    let mut output = Vec::new();
    let reader = store.reader().unwrap();
    let written = export(&*reader, &Filter::default(), format, &mut output).unwrap();
    assert_eq!(written, count as u64);
    output
}

#[tokio::test]
async fn lines_are_the_messages_as_they_are_stored() {
    let text = String::from_utf8(exported(2, Format::Ndjson).await).unwrap();
    assert_eq!(text, "{\"n\":0}\n{\"n\":1}\n");
}

#[tokio::test]
async fn a_table_is_read_as_it_was_and_holds_no_formula() {
    let table = exported(2, Format::Csv).await;
    let mut reader = ::csv::Reader::from_reader(table.as_slice());
    assert_eq!(reader.headers().unwrap().len(), 9);
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let first: Vec<_> = records[0].iter().collect();
    let expected = [
        "m0",
        "'=cmd()",
        "track",
        "report, \"created\"\n",
        "2026-02-01T00:00:00.000Z",
        "2026-02-01T00:00:00.500Z",
        "0",
        "60",
        "{\"n\":0}",
    ];
    assert_eq!(first, expected);
    assert_eq!((&records[1][3], &records[1][6]), ("", "-1"));
}

#[tokio::test]
async fn columns_hold_every_row_over_several_groups() {
    let count = 20_003;
    let bytes = Bytes::from(exported(count, Format::Parquet).await);
    let file = SerializedFileReader::new(bytes).unwrap();
    assert_eq!(file.metadata().num_row_groups(), 2);
    let rows: Vec<_> = file
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len() as i64, count);
    for (row, n) in rows.iter().zip(0..) {
        let expected = event(n);
        assert_eq!(row.get_string(0).unwrap(), &expected.message_id);
        assert_eq!(row.get_string(3).ok(), expected.name.as_ref());
        assert_eq!(row.get_timestamp_millis(4).unwrap(), expected.at);
        assert_eq!(row.get_long(6).unwrap(), expected.skew);
        assert_eq!(row.get_string(8).unwrap(), &expected.body);
    }
    let empty = exported(0, Format::Parquet).await;
    let empty = SerializedFileReader::new(Bytes::from(empty)).unwrap();
    assert_eq!(empty.metadata().file_metadata().num_rows(), 0);
}

/// A disk that is full.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    store.append(vec![event(0)], vec![]).await.unwrap();
    let reader = store.reader().unwrap();
    for format in [Format::Ndjson, Format::Csv, Format::Parquet] {
        let error = export(&*reader, &Filter::default(), format, Full).unwrap_err();
        assert!(matches!(error, ExportError::Write(_)), "{error}");
    }
}
