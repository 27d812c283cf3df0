//! A snapshot as a file beside the database. Whatever is off with it, it is thrown away.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use super::error::of_file;
use super::reader::SqliteReader;
use crate::error::StoreError;
use crate::event::Position;
use crate::private;
use crate::reader::Reader;
use crate::snapshot::Key;

/// Its name in the data folder.
const FILE: &str = "projection.snapshot";

/// How the name of one ends that is being written.
const NEW: &str = "snapshot.new";

/// What it begins with, which changes with how it is written.
const MAGIC: &[u8; 8] = b"fvsnap1\n";

/// Where the snapshot of a database is.
fn path(database: &Path) -> PathBuf {
    database.with_file_name(FILE)
}

/// Keeps a snapshot in place of the one before, if nothing was taken out of the database since.
pub(super) fn keep(
    database: &Path,
    reader: &SqliteReader,
    key: &Key,
    body: &[u8],
) -> Result<bool, StoreError> {
    let Some(last) = message_id(reader.connection(), key.taken)? else {
        return Ok(false);
    };
    let path = path(database);
    let failed = of_file(&path);
    let new = path.with_extension(NEW);
    remove_file(&new).map_err(&failed)?;
    let written = private::file(&new)
        .and_then(|mut file| {
            file.write_all(&header(key, &last, body))?;
            file.write_all(body)
        })
        .and_then(|()| fs::rename(&new, &path));
    if let Err(error) = written {
        drop(remove_file(&new));
        return Err(failed(error));
    }
    // Whoever takes something out removes the snapshot after that, so it is either seen here or there.
    let holds = reader.removals()? == key.removals;
    if !holds {
        remove_file(&path).map_err(failed)?;
    }
    Ok(holds)
}

/// The snapshot, if there is one that was worked out by the same, and of what is in the database.
pub(super) fn find(
    database: &Path,
    reader: &SqliteReader,
    by: &[u8; 32],
) -> Result<Option<(Key, Vec<u8>)>, StoreError> {
    let bytes = match fs::read(path(database)) {
        Ok(bytes) => bytes,
        Err(_) => return Ok(None),
    };
    let Some((key, last, length)) = read_header(&bytes) else {
        return Ok(None);
    };
    let holds = key.by == *by
        && key.removals == reader.removals()?
        && message_id(reader.connection(), key.taken)?.as_deref() == Some(&*last);
    // Its end, so that nothing is copied that may be large.
    let at = bytes.len().checked_sub(length);
    let body = at.filter(|_| holds).map(|at| {
        let mut bytes = bytes;
        bytes.drain(..at);
        bytes
    });
    Ok(body.map(|body| (key, body)))
}

/// Takes the snapshot away.
pub(super) fn remove(database: &Path) -> Result<(), StoreError> {
    let path = path(database);
    // What was being written when the process was killed, or is being written now, which then fails.
    let removed = remove_file(&path.with_extension(NEW)).and_then(|()| remove_file(&path));
    removed.map_err(of_file(&path))
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The message id of the event at a position.
fn message_id(connection: &Connection, position: Position) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT message_id FROM events WHERE id = ?1")?;
    let id = statement.query_row([i64::from(position)], |row| row.get(0));
    id.optional()
}

/// What stands before the body: all of the same width but the message id of the last event.
fn header(key: &Key, last: &str, body: &[u8]) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&key.by);
    header.extend_from_slice(&i64::from(key.taken).to_le_bytes());
    header.extend_from_slice(&key.removals.to_le_bytes());
    header.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
    header.extend_from_slice(&(body.len() as u64).to_le_bytes());
    header.extend_from_slice(&(last.len() as u64).to_le_bytes());
    header.extend_from_slice(last.as_bytes());
    header
}

/// The key, the message id of the last event, and the length of the body; `None` if anything is damaged.
fn read_header(bytes: &[u8]) -> Option<(Key, String, usize)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (by, rest) = rest.split_first_chunk::<32>()?;
    let (taken, rest) = rest.split_first_chunk::<8>()?;
    let (removals, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (last, rest) = rest.split_first_chunk::<8>()?;
    let last = usize::try_from(u64::from_le_bytes(*last)).ok()?;
    let (last, body) = rest.split_at_checked(last)?;
    let is_whole = body.len() as u64 == u64::from_le_bytes(*length)
        && crc32fast::hash(body) == u32::from_le_bytes(*sum);
    let key = Key {
        by: *by,
        taken: i64::from_le_bytes(*taken).into(),
        removals: i64::from_le_bytes(*removals),
    };
    let last = String::from_utf8(last.to_vec()).ok()?;
    is_whole.then_some((key, last, body.len()))
}

#[cfg(test)]
mod tests;
