use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use firstvalue_model::time::Millis;
use rusqlite::Connection;
use tokio::sync::mpsc;

use super::checkpoint::{self, Checkpoints};
use super::error::OpenError;
use super::reader::SqliteReader;
use super::schema::{self, MigrateError};
use super::status::{self, Told};
use super::tail::{self, DamagedTail};
use super::writer::{self, Writer};
use super::{audit, disk, erase, playbooks, retention, snapshot};
use crate::audit::Deed;
use crate::erasure::{DeedOf, Erased, Erasure};
use crate::error::{AppendError, StoreError};
use crate::event::{Fate, NewEvent};
use crate::playbooks::NewPlaybook;
use crate::private;
use crate::quarantine::NewRefusal;
use crate::reader::Reader;
use crate::snapshot::Key;
use crate::status::{Room, Status};
use crate::store::{Pending, Store};

/// The database in the data folder. It holds personal data: only the owner may read it.
pub(super) const DATABASE: &str = "firstvalue.db";

/// Held while a process has the folder, so that a second one does not start on it.
const LOCK: &str = "firstvalue.lock";

/// Requests that may wait for the disk; beyond that clients are asked to come again.
const WAITING_REQUESTS: usize = 1_024;

/// How long a connection waits for a lock, which only a person's own `sqlite3` could hold so long.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Events at rest in a folder of their own. Dropping it stores what waits, then closes the file.
// In the order in which they are dropped.
#[derive(Debug)]
pub struct SqliteStore {
    pub(super) path: PathBuf,
    damaged_tail: Option<DamagedTail>,
    /// Without it the thread that writes ends when it has stored what waits.
    pub(super) writer: Writer,
    _threads: Threads,
    /// Given back when the file is closed, after that thread has ended.
    _lock: File,
}

/// The thread that writes, and the one that empties its log, which ends with it.
#[derive(Debug)]
struct Threads(Vec<JoinHandle<()>>);

impl Drop for Threads {
    fn drop(&mut self) {
        for thread in self.0.drain(..) {
            // If it panicked, that was reported when it did.
            drop(thread.join());
        }
    }
}

impl SqliteStore {
    /// Opens the store in a folder, which is made if need be, and brings its schema up to date.
    ///
    /// # Errors
    /// If the folder cannot be used, another process has it, or the file in it is not ours, was
    /// written by a later version, or is damaged.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Folder {
            path: folder.to_owned(),
            source,
        };
        private::folder(folder).map_err(failed)?;
        let lock = lock(folder)?;
        let path = folder.join(DATABASE);
        ensure_file(&path).map_err(failed)?;
        let damaged_tail = tail::set_aside(&path).map_err(failed)?;
        let connection = connect(&path)?;

        let (work, waiting) = mpsc::channel(WAITING_REQUESTS);
        let told = Arc::new(Told::default());
        let tells = Arc::clone(&told);
        let (checkpoints, copying) = Checkpoints::start(&path)?;
        let writing = std::thread::Builder::new()
            .name("store writer".to_owned())
            .spawn(move || writer::run(connection, waiting, &tells, &checkpoints))
            .map_err(failed)?;
        Ok(Self {
            path,
            writer: Writer::new(work, told),
            damaged_tail,
            _threads: Threads(vec![writing, copying]),
            _lock: lock,
        })
    }

    /// What of the log could not be read when the store was opened. What had been stored before it
    /// is there.
    pub fn damaged_tail(&self) -> Option<&DamagedTail> {
        self.damaged_tail.as_ref()
    }

    fn open_reader(&self) -> Result<SqliteReader, StoreError> {
        Ok(SqliteReader::of_database(&self.path, LOCK_TIMEOUT)?)
    }
}

impl Store for SqliteStore {
    fn append(&self, events: Vec<NewEvent>, refused: Vec<NewRefusal>) -> Pending<'_, Vec<Fate>> {
        Box::pin(self.writer.append(events, refused))
    }

    fn erase(&self, whom: Erasure, deed: DeedOf) -> Pending<'_, Erased> {
        let path = self.path.clone();
        let erasing =
            move |connection: &mut Connection| erase::erase(connection, &path, &whom, deed);
        Box::pin(async move {
            let mut erased = self.writer.write(erasing).await?;
            if !erase::clear_log(&self.writer, erase::PATIENCE).await {
                erased.overwritten = false;
                tokio::spawn(erase::clear_log_at_last(self.writer.downgrade()));
            }
            Ok(erased)
        })
    }

    fn forget_before(&self, moment: Millis, limit: u32) -> Pending<'_, usize> {
        let path = self.path.clone();
        Box::pin(
            self.writer.write(move |connection| {
                retention::forget_before(connection, &path, moment, limit)
            }),
        )
    }

    fn note(&self, deed: Deed) -> Pending<'_, ()> {
        Box::pin(
            self.writer
                .write(move |connection| Ok(audit::insert(connection, &deed)?)),
        )
    }

    fn publish(&self, playbook: NewPlaybook) -> Result<i64, AppendError> {
        self.writer
            .write_now(move |connection| Ok(playbooks::publish(connection, &playbook)?))
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(self.open_reader()?))
    }

    fn snapshot(&self, by: &[u8; 32]) -> Result<Option<(Key, Vec<u8>)>, StoreError> {
        snapshot::find(&self.path, &self.open_reader()?, by)
    }

    fn keep_snapshot(&self, key: &Key, body: &[u8]) -> Result<bool, StoreError> {
        snapshot::keep(&self.path, &self.open_reader()?, key, body)
    }

    fn remove_snapshot(&self) -> Result<(), StoreError> {
        snapshot::remove(&self.path)
    }

    fn is_open(&self) -> bool {
        self.writer.is_open()
    }

    fn status(&self) -> Status {
        self.writer.status()
    }

    fn probe(&self) -> Pending<'_, ()> {
        Box::pin(
            self.writer
                .write(|connection| Ok(status::probe(connection)?)),
        )
    }

    fn room(&self) -> Room {
        let log = self.path.with_extension("db-wal");
        let files = [&self.path, &log].into_iter();
        Room {
            used: files
                .filter_map(|path| Some(path.metadata().ok()?.len()))
                .sum(),
            free: self.path.parent().and_then(disk::free),
        }
    }
}

/// What the writer holds of the database, as SQLite wants it said: in kilobytes, and negative. Ids that are not by
/// time go anywhere into their index, of which SQLite's usual two megabytes hold little: an import of such
/// events then takes twice the system's time.
const CACHE: i64 = -16_384;

/// A connection that writes to the present schema, and whose commits wait until they are on disk.
fn connect(path: &Path) -> Result<Connection, OpenError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(LOCK_TIMEOUT)?;
    // With NORMAL, a machine that stops would lose the last commits.
    connection.pragma_update(None, "synchronous", "full")?;
    // What is erased is overwritten.
    connection.pragma_update(None, "secure_delete", "on")?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    rusqlite::vtab::array::load_module(&connection)?;
    schema::migrate(&mut connection, schema::MIGRATIONS).map_err(|error| match error {
        MigrateError::Foreign => OpenError::Foreign(path.to_owned()),
        MigrateError::Open(error) => error,
    })?;
    // Only now: it is written into the file, which had to be known as ours.
    // If it cannot be, SQLite says nothing, or so in the answer only, and goes on without.
    connection.pragma_update(None, "journal_mode", "wal")?;
    if !checkpoint::has_log(&connection)? {
        return Err(OpenError::NoLog(path.to_owned()));
    }
    // The log is emptied by a thread of its own.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "journal_size_limit", checkpoint::LARGEST_KEPT)?;
    Ok(connection)
}

fn lock(folder: &Path) -> Result<File, OpenError> {
    let failed = |source| OpenError::Folder {
        path: folder.to_owned(),
        source,
    };
    let path = folder.join(LOCK);
    ensure_file(&path).map_err(failed)?;
    let file = File::open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Makes a file that only its owner may read, unless it is there. SQLite gives the files that it
/// makes beside a database the rights of the database.
///
/// A database that is there must not even be opened and closed: that would take away the locks
/// which other connections of this process hold on it.
fn ensure_file(path: &Path) -> io::Result<()> {
    match private::file(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
