//! What somebody has worked out of the events, kept in a file beside the database so that it need not be
//! worked out again. Nothing depends on it: whatever is off with it, it is thrown away.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::OptionalExtension;

use crate::error::StoreError;
use crate::event::Arrival;
use crate::private;
use crate::reader::Reader;
use crate::store::Store;

/// Its name in the data folder.
const FILE: &str = "projection.snapshot";

/// How the name of one ends that is being written.
const NEW: &str = "snapshot.new";

/// What it begins with, which changes with how it is written.
const MAGIC: &[u8; 8] = b"fvsnap1\n";

/// What a snapshot was worked out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// By what: a digest of everything besides the events.
    pub by: [u8; 32],
    /// Up to which event.
    pub taken: Arrival,
    /// How many events had ever been taken out.
    pub removals: i64,
}

/// Where the snapshot of a store is.
#[derive(Debug, Clone)]
pub struct Snapshots {
    path: PathBuf,
}

impl Store {
    /// Where its snapshot is.
    pub fn snapshots(&self) -> Snapshots {
        Snapshots {
            path: self.path().with_file_name(FILE),
        }
    }
}

impl Snapshots {
    /// Keeps a snapshot in place of the one before. Returns whether it holds: it does not if something was
    /// taken out of the store since, and is not kept then.
    ///
    /// # Errors
    /// If the file cannot be written, or the database fails.
    pub fn keep(&self, reader: &Reader, key: &Key, body: &[u8]) -> Result<bool, StoreError> {
        let failed = |source| StoreError::Folder {
            path: self.path.clone(),
            source,
        };
        let Some(last) = reader.message_id(key.taken)? else {
            return Ok(false);
        };
        let new = self.path.with_extension(NEW);
        remove_file(&new).map_err(failed)?;
        let written = private::file(&new)
            .and_then(|mut file| {
                file.write_all(&header(key, &last, body))?;
                file.write_all(body)
            })
            .and_then(|()| fs::rename(&new, &self.path));
        if let Err(error) = written {
            drop(remove_file(&new));
            return Err(failed(error));
        }
        // Whoever takes something out removes the snapshot after that, so it is either seen here or there.
        let holds = reader.removals()? == key.removals;
        if !holds {
            remove_file(&self.path).map_err(failed)?;
        }
        Ok(holds)
    }

    /// The snapshot, if there is one that was worked out by the same, and of what is in the store.
    ///
    /// # Errors
    /// If the database fails.
    pub fn find(
        &self,
        reader: &Reader,
        by: &[u8; 32],
    ) -> Result<Option<(Key, Vec<u8>)>, StoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(_) => return Ok(None),
        };
        let Some((key, last, length)) = read_header(&bytes) else {
            return Ok(None);
        };
        let holds = key.by == *by
            && key.removals == reader.removals()?
            && reader.message_id(key.taken)?.as_deref() == Some(&*last);
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
    ///
    /// # Errors
    /// If the system refuses.
    pub fn remove(&self) -> io::Result<()> {
        remove_file(&self.path)
    }
}

/// Takes the snapshot of a database away.
pub(crate) fn remove(database: &Path) -> io::Result<()> {
    let path = database.with_file_name(FILE);
    // What was being written when the process was killed, or is being written now, which then fails.
    remove_file(&path.with_extension(NEW))?;
    remove_file(&path)
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Reader {
    /// The message id of the event at a place.
    fn message_id(&self, arrival: Arrival) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT message_id FROM events WHERE id = ?1")?;
        let id = statement.query_row([arrival], |row| row.get(0));
        Ok(id.optional()?)
    }
}

/// What stands before the body: all of the same width but the message id of the last event.
fn header(key: &Key, last: &str, body: &[u8]) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&key.by);
    header.extend_from_slice(&key.taken.to_le_bytes());
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
        taken: Arrival::from_le_bytes(*taken),
        removals: i64::from_le_bytes(*removals),
    };
    let last = String::from_utf8(last.to_vec()).ok()?;
    is_whole.then_some((key, last, body.len()))
}

#[cfg(test)]
mod tests;
