//! Copying what SQLite's log holds into the database, so that the log can begin anew.
//!
//! Nobody who sends events should wait for that: a thread of its own does it while the writer goes on. So there
//! is always a little left in the log, which the writer copies itself; only when nothing is left does SQLite begin
//! the log anew.

use std::cell::Cell;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::error::OpenError;
use super::store::LOCK_TIMEOUT;
use crate::background::give_way;

/// Pages that are in the log and not in the database, from which on they are copied: 2 MB; less in tests. While
/// more are made safe on the disk at once, commits wait for longer; with fewer, the same page is copied more often.
const MANY: i64 = if cfg!(test) { 256 } else { 512 };

/// Pages of a log that is to begin anew: 32 MB; less in tests. The writer does the last of that itself, and whoever
/// sends events waits for some milliseconds, so it should not be often.
const LONG: i64 = if cfg!(test) { 1_024 } else { 8_192 };

/// Pages of a log that has grown while it was copied: from there on the writer copies all of it itself, and whoever
/// sends events waits, so that it does not grow for ever. If somebody reads for too long, it tries again when as much
/// has come in again.
const LONGEST: i64 = 4 * LONG;

/// How long the writer then waits for those who read: they do so for moments, one after the other, and as long as
/// there is always one of them who reads what stands in the log, it cannot begin anew.
const PATIENCE: Duration = Duration::from_millis(250);

/// The share of the log, as a divisor, that the writer copies itself. As a share it is reached at last, however fast
/// events come in and however slow the disk is.
const LITTLE: i64 = 64;

/// How often the thread goes over what has come in while it was copying, which is less each time.
const ROUNDS: usize = 3;

/// The log's file is not larger than this once it has begun anew, in bytes, however long somebody read what stood in it.
pub(super) const LARGEST_KEPT: i64 = 256 * 1_024 * 1_024;

/// How long the log is, and how much of it is in the database, too; in pages. Less than none if there is no log.
#[derive(Debug, Clone, Copy)]
struct Log {
    pages: i64,
    copied: i64,
}

impl Log {
    /// As it is.
    fn of(connection: &Connection) -> rusqlite::Result<Self> {
        Self::after(connection, "PRAGMA wal_checkpoint(NOOP)")
    }

    /// After copying what nobody reads any more as it was before; nobody waits for that. If somebody else is
    /// copying, nothing is known of it.
    fn copied(connection: &Connection) -> rusqlite::Result<Self> {
        Self::after(connection, "PRAGMA wal_checkpoint(PASSIVE)")
    }

    /// After copying all of it, and waiting until nobody reads what stands in it, or for too long.
    fn ended(connection: &Connection) -> rusqlite::Result<Self> {
        connection.busy_timeout(PATIENCE)?;
        let log = Self::after(connection, "PRAGMA wal_checkpoint(RESTART)");
        connection.busy_timeout(LOCK_TIMEOUT)?;
        log
    }

    fn after(connection: &Connection, pragma: &str) -> rusqlite::Result<Self> {
        connection.prepare_cached(pragma)?.query_row([], |row| {
            Ok(Self {
                pages: row.get(1)?,
                copied: row.get(2)?,
            })
        })
    }

    fn left(self) -> i64 {
        self.pages - self.copied
    }

    fn is_nearly_copied(self) -> bool {
        self.left() <= self.pages.max(LONG) / LITTLE
    }
}

/// Whether a database has a log.
pub(super) fn has_log(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(Log::of(connection)?.pages >= 0)
}

/// Has the log copied, as the writer does after each commit.
#[derive(Debug)]
pub(super) struct Checkpoints {
    ask: SyncSender<()>,
    /// Held while the thread copies.
    copying: Arc<Mutex<()>>,
    /// Pages of the log from which on the writer copies it itself.
    longest: Cell<i64>,
}

impl Checkpoints {
    /// Starts the thread, which ends when this is dropped.
    pub(super) fn start(database: &Path) -> Result<(Self, JoinHandle<()>), OpenError> {
        let connection = Connection::open(database)?;
        connection.busy_timeout(LOCK_TIMEOUT)?;
        connection.pragma_update(None, "synchronous", "full")?;
        let (ask, asked) = sync_channel(1);
        let copying = Arc::new(Mutex::new(()));
        let held = Arc::clone(&copying);
        let thread = std::thread::Builder::new()
            .name("store checkpoints".to_owned())
            .spawn(move || {
                give_way();
                run(&connection, &asked, &held);
            })
            .map_err(|source| OpenError::Folder {
                path: database.to_owned(),
                source,
            })?;
        let longest = Cell::new(LONGEST);
        let checkpoints = Self {
            ask,
            copying,
            longest,
        };
        Ok((checkpoints, thread))
    }

    /// Sees to it that the log does not grow for ever. `writer` is the connection that has committed something.
    pub(super) fn after_commit(&self, writer: &Connection) {
        // What fails here is tried again after the next commit; everything is in the log meanwhile.
        let Ok(log) = Log::of(writer) else { return };
        if log.pages < LONGEST {
            self.longest.set(LONGEST);
        }
        if log.pages >= self.longest.get() {
            // The thread gives way to everybody; but while the writer waits for it, little else is to be done.
            let _nobody_else_copies = self.copying.lock();
            drop(Log::ended(writer));
            self.longest.set(log.pages + LONGEST);
        } else if log.left() >= MANY {
            // If it has been asked already, it will come to this, too.
            let _asked = self.ask.try_send(());
        } else if log.pages >= LONG && log.is_nearly_copied() {
            drop(Log::copied(writer));
        }
    }
}

fn run(connection: &Connection, asked: &Receiver<()>, copying: &Mutex<()>) {
    while asked.recv().is_ok() {
        for _ in 0..ROUNDS {
            let _held = copying.lock();
            match Log::copied(connection) {
                Ok(log) if !log.is_nearly_copied() => {}
                // The writer does the rest; or it is tried again when it asks again.
                Ok(_) | Err(_) => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    use firstvalue_model::message::MessageKind;

    use super::*;
    use crate::Store;
    use crate::event::{NewEvent, Position};
    use crate::sqlite::store::DATABASE;
    use crate::sqlite::{SqliteStore, erase};

    /// An event of about a page.
    fn page(message_id: String, user: String, at: i64) -> NewEvent {
        NewEvent {
            message_id,
            user,
            kind: MessageKind::Track,
            name: Some("report.created".to_owned()),
            at,
            received_at: at,
            skew: 0,
            utc_offset: 0,
            body: "x".repeat(3_900),
        }
    }

    /// Stores so many events of about a page each.
    async fn store_pages(store: &SqliteStore, pages: i64) {
        for n in 0..pages / 16 {
            let events =
                (0..16).map(|place| page(uuid(n * 16 + place, store), format!("u{place}"), n));
            store.append(events.collect(), vec![]).await.unwrap();
        }
    }

    /// An id that no other event has.
    fn uuid(n: i64, store: &SqliteStore) -> String {
        format!("{}-{n}", store.reader().unwrap().last().unwrap())
    }

    fn log(store: &SqliteStore) -> Log {
        let connection = Connection::open(&store.path).unwrap();
        Log::of(&connection).unwrap()
    }

    /// Waits until the log is as it should be; events come in meanwhile.
    async fn until(store: &SqliteStore, is_so: impl Fn(Log) -> bool) {
        let begun = Instant::now();
        while !is_so(log(store)) {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{:?}",
                log(store)
            );
            store_pages(store, 16).await;
        }
    }

    #[tokio::test]
    async fn the_log_begins_anew_however_much_comes_in() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        for _ in 0..4 {
            store_pages(&store, LONG).await;
            until(&store, |log| log.pages < LONG).await;
        }
        // What was read back is what was stored, wherever it is by now.
        let events = i64::from(store.reader().unwrap().last().unwrap());
        let found = store
            .reader()
            .unwrap()
            .after(Position::START, u32::MAX)
            .unwrap();
        assert_eq!(found.len() as i64, events);
        assert!(events >= 4 * LONG);
    }

    #[tokio::test]
    async fn the_log_stays_short_however_much_comes_in_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let at_once = 4 * MANY;
        for n in 0..3 * LONGEST / at_once {
            let events =
                (0..at_once).map(|place| page(format!("{n}-{place}"), "ann".to_owned(), n));
            store.append(events.collect(), vec![]).await.unwrap();
            let pages = log(&store).pages;
            assert!(pages < LONGEST + 3 * at_once, "{pages} after {n}");
        }
    }

    #[tokio::test]
    async fn the_log_stays_short_though_there_is_always_somebody_who_reads() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        store_pages(&store, 16).await;
        let goes_on = Arc::new(AtomicBool::new(true));
        let readers = [0; 4].map(|_| {
            let goes_on = Arc::clone(&goes_on);
            let reading = Connection::open(folder.path().join(DATABASE)).unwrap();
            std::thread::spawn(move || {
                while goes_on.load(Ordering::Relaxed) {
                    reading
                        .execute_batch("BEGIN; SELECT count(*) FROM events;")
                        .unwrap();
                    std::thread::sleep(Duration::from_millis(5));
                    reading.execute_batch("END").unwrap();
                }
            })
        });
        let mut longest = 0;
        for _ in 0..3 * LONGEST / LONG {
            store_pages(&store, LONG).await;
            longest = log(&store).pages.max(longest);
        }
        goes_on.store(false, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
        assert!(longest < LONGEST + 2 * LONG, "{longest} pages");
    }

    #[tokio::test]
    async fn whoever_reads_for_long_is_waited_for_and_reads_what_there_was() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        store_pages(&store, 16).await;
        let reading = Connection::open(folder.path().join(DATABASE)).unwrap();
        let count = || -> i64 {
            let count = reading.query_row("SELECT count(*) FROM events", [], |row| row.get(0));
            count.unwrap()
        };
        reading.execute_batch("BEGIN").unwrap();
        assert_eq!(count(), 16);
        store_pages(&store, 2 * LONG).await;
        // Nothing of it may be written over what is being read.
        assert!(log(&store).pages >= 2 * LONG);
        assert_eq!(count(), 16);
        reading.execute_batch("END").unwrap();
        until(&store, |log| log.pages < LONG).await;
        assert!(count() >= 16 + 2 * LONG);
        // And it can be cleared as before, whoever is just copying it.
        assert!(erase::clear_log(&store.writer, Duration::from_secs(60)).await);
    }
}
