use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::checkpoint::{self, Checkpoints};
use crate::error::{AppendError, StoreError};
use crate::event::{Fate, NewEvent};
use crate::failure::Failure;
use crate::private;
use crate::quarantine::NewRefusal;
use crate::reader::Reader;
use crate::schema::{self, MigrateError};
use crate::status::Told;
use crate::tail::{self, DamagedTail};
use crate::writer::{self, Request, Work};

/// The database in the data folder. It holds personal data: only the owner may read it.
pub(crate) const DATABASE: &str = "firstvalue.db";

/// Held while a process has the folder, so that a second one does not start on it.
const LOCK: &str = "firstvalue.lock";

/// Requests that may wait for the disk; beyond that clients are asked to come again.
const WAITING_REQUESTS: usize = 1_024;

/// How long a connection waits for a lock, which only a person's own `sqlite3` could hold so long.
pub(crate) const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Events at rest in a folder of their own. Dropping it stores what waits, then closes the file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    work: Option<mpsc::Sender<Work>>,
    pub(crate) told: Arc<Told>,
    damaged_tail: Option<DamagedTail>,
    /// The writer, and the thread that empties its log, which ends with it.
    threads: Vec<JoinHandle<()>>,
    // Given back when the file is closed, after the writer has ended.
    _lock: File,
}

impl Store {
    /// Opens the store in a folder, which is made if need be, and brings its schema up to date.
    ///
    /// # Errors
    /// If the folder cannot be used, another process has it, or the file in it is not ours, was
    /// written by a later version, or is damaged.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Folder {
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
        let writer = std::thread::Builder::new()
            .name("store writer".to_owned())
            .spawn(move || writer::run(connection, waiting, &tells, &checkpoints))
            .map_err(failed)?;
        Ok(Self {
            path,
            work: Some(work),
            told,
            damaged_tail,
            threads: vec![writer, copying],
            _lock: lock,
        })
    }

    /// Stores events, all or none, and keeps what was refused beside them. Returns what became of
    /// each event once that is on disk.
    ///
    /// # Errors
    /// If they could not be committed now; sending them again is safe.
    pub async fn append(
        &self,
        events: Vec<NewEvent>,
        refused: Vec<NewRefusal>,
    ) -> Result<Vec<Fate>, AppendError> {
        if events.is_empty() && refused.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, fates) = oneshot::channel();
        self.ask(Work::Append(Request {
            events,
            refused,
            reply,
        }))?;
        fates.await.unwrap_or(Err(AppendError::Closed))
    }

    /// Does something that writes, in transactions of its own, after what was asked for before.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, AppendError> {
        let (reply, done) = oneshot::channel();
        // Whoever asked may have gone.
        self.begin(task, |done| drop(reply.send(done)))?;
        let done = done.await.map_err(|_| AppendError::Closed)?;
        done.map_err(|error| AppendError::Database(Failure::of(error)))
    }

    /// Likewise from a thread that may wait.
    pub(crate) fn write_now<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, AppendError> {
        let (reply, done) = std::sync::mpsc::channel();
        self.begin(task, move |done| drop(reply.send(done)))?;
        let done = done.recv().map_err(|_| AppendError::Closed)?;
        done.map_err(|error| AppendError::Database(Failure::of(error)))
    }

    fn begin<T>(
        &self,
        task: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
        reply: impl FnOnce(rusqlite::Result<T>) + Send + 'static,
    ) -> Result<(), AppendError> {
        let told = Arc::clone(&self.told);
        self.ask(Work::Task(Box::new(move |connection| {
            let begun = Instant::now();
            let done = task(connection);
            told.committed(begun, done.is_ok());
            reply(done);
        })))
    }

    fn ask(&self, work: Work) -> Result<(), AppendError> {
        let asked = self.work.as_ref().ok_or(AppendError::Closed)?;
        asked.try_send(work).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => AppendError::Busy,
            mpsc::error::TrySendError::Closed(_) => AppendError::Closed,
        })
    }

    /// Whether events can still be stored; if not, only opening the store anew helps.
    pub fn is_open(&self) -> bool {
        self.work.as_ref().is_some_and(|work| !work.is_closed())
    }

    /// Bytes of the database as it lies on the disk, its log included.
    pub fn bytes(&self) -> u64 {
        let log = self.path.with_extension("db-wal");
        let sizes = [&self.path, &log].into_iter();
        sizes
            .filter_map(|path| Some(path.metadata().ok()?.len()))
            .sum()
    }

    /// What of the log could not be read when the store was opened. What had been stored before it
    /// is there.
    pub fn damaged_tail(&self) -> Option<&DamagedTail> {
        self.damaged_tail.as_ref()
    }

    /// Where the database is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A connection for questions; each thread that asks has its own.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open(&self.path, LOCK_TIMEOUT)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Without a sender the writer ends when it has stored what waits.
        drop(self.work.take());
        for thread in self.threads.drain(..) {
            // If it panicked, that was reported when it did.
            drop(thread.join());
        }
    }
}

/// What the writer holds of the database, as SQLite wants it said: in kilobytes, and negative. Ids that are not by
/// time go anywhere into their index, of which SQLite's usual two megabytes hold little: an import of such
/// events then takes twice the system's time.
const CACHE: i64 = -16_384;

/// A connection that writes to the present schema, and whose commits wait until they are on disk.
fn connect(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(LOCK_TIMEOUT)?;
    // With NORMAL, a machine that stops would lose the last commits.
    connection.pragma_update(None, "synchronous", "full")?;
    // What is erased is overwritten.
    connection.pragma_update(None, "secure_delete", "on")?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    rusqlite::vtab::array::load_module(&connection)?;
    schema::migrate(&mut connection, schema::MIGRATIONS).map_err(|error| match error {
        MigrateError::Foreign => StoreError::Foreign(path.to_owned()),
        MigrateError::Store(error) => error,
    })?;
    // Only now: it is written into the file, which had to be known as ours.
    // If it cannot be, SQLite says nothing, or so in the answer only, and goes on without.
    connection.pragma_update(None, "journal_mode", "wal")?;
    if !checkpoint::has_log(&connection)? {
        return Err(StoreError::NoLog(path.to_owned()));
    }
    // The log is emptied by a thread of its own.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "journal_size_limit", checkpoint::LARGEST_KEPT)?;
    Ok(connection)
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let failed = |source| StoreError::Folder {
        path: folder.to_owned(),
        source,
    };
    let path = folder.join(LOCK);
    ensure_file(&path).map_err(failed)?;
    let file = File::open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.to_owned())),
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
