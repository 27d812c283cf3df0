use std::fmt;
use std::pin::Pin;

use firstvalue_model::time::Millis;

use crate::audit::Deed;
use crate::erasure::{DeedOf, Erased, Erasure};
use crate::error::{AppendError, StoreError};
use crate::event::{Fate, NewEvent};
use crate::playbooks::NewPlaybook;
use crate::quarantine::NewRefusal;
use crate::reader::Reader;
use crate::snapshot::Key;
use crate::status::{Room, Status};

/// Something that a store does in its own time.
pub type Pending<'s, T> = Pin<Box<dyn Future<Output = Result<T, AppendError>> + Send + 's>>;

/// The events of one product at rest, with what was refused, the versions of its playbook, and what was done to them.
///
/// Events are added, never changed; what takes them out again is erasing and forgetting. What every store promises:
///
/// - **Durable.** What was answered without an error is on disk, and there after any crash.
/// - **All or nothing.** What fails has done nothing, and trying again is safe.
/// - **Each once.** An event is known by its message id: as long as it is kept, another one with that id is not stored.
///   So a block of events that comes again, whole or in part, or twice at the same time, adds only what is new. An
///   engine without unique indexes looks for the ids itself, and gives each block that it writes a token made from them,
///   so that writing it can be repeated when it is not known whether it was written.
/// - **In order.** Each event has a [`Position`](crate::Position), which is higher than that of every event that could be
///   read before; none is ever given out twice, not even after erasing.
/// - **Gone is gone.** What was erased or forgotten is in no answer from then on, in no [snapshot](Store::snapshot), and
///   as soon as can be nowhere on the disk. What comes again with its message id is new.
///
/// One process has a store at a time. Dropping it stores what waits.
pub trait Store: fmt::Debug + Send + Sync {
    /// Stores a block of events, all or none, and keeps what was refused beside them, of which the latest
    /// [`QUARANTINE_SIZE`](crate::QUARANTINE_SIZE) stay. Answers what became of each event: of several with one message
    /// id, also in the same block, the first is stored.
    ///
    /// # Errors
    /// If they could not be stored now; sending them again is safe.
    fn append(&self, events: Vec<NewEvent>, refused: Vec<NewRefusal>) -> Pending<'_, Vec<Fate>>;

    /// Takes out everything that is kept of a user: what was done under the ids of
    /// [`KeptUnder`](crate::KeptUnder), and what was refused of them. With it is written down that it was done. It may
    /// still be in back-ups.
    ///
    /// # Errors
    /// If it could not be done; nothing has been taken out then.
    fn erase(&self, whom: Erasure, deed: DeedOf) -> Pending<'_, Erased>;

    /// Takes out events that happened before a moment, and what was refused before it, at most `limit` of
    /// each, the oldest first: events that come in meanwhile wait no longer than that takes. Answers how many events
    /// it was.
    ///
    /// # Errors
    /// If it could not be done.
    fn forget_before(&self, moment: Millis, limit: u32) -> Pending<'_, usize>;

    /// Writes down what was done.
    ///
    /// # Errors
    /// If it could not be stored.
    fn note(&self, deed: Deed) -> Pending<'_, ()>;

    /// Puts a playbook into force, and writes down that it was done ([`NewPlaybook::deed`]); returns its version: 1, 2
    /// and so on. It is for threads that may wait.
    ///
    /// # Errors
    /// If it could not be stored.
    fn publish(&self, playbook: NewPlaybook) -> Result<i64, AppendError>;

    /// A reader. Each thread that asks has its own.
    ///
    /// # Errors
    /// If it cannot be had.
    fn reader(&self) -> Result<Box<dyn Reader>, StoreError>;

    /// The snapshot that was kept, if it was worked out by the same, and of what is in the store.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn snapshot(&self, by: &[u8; 32]) -> Result<Option<(Key, Vec<u8>)>, StoreError>;

    /// Keeps a snapshot in place of the one before. Returns whether it holds: it does not if something was
    /// taken out of the store since, and is not kept then. Nothing depends on it: a store may lose it.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn keep_snapshot(&self, key: &Key, body: &[u8]) -> Result<bool, StoreError>;

    /// Takes the snapshot away.
    ///
    /// # Errors
    /// If it cannot be.
    fn remove_snapshot(&self) -> Result<(), StoreError>;

    /// Whether events can still be stored; if not, only opening the store anew helps.
    fn is_open(&self) -> bool;

    /// How writing goes.
    fn status(&self) -> Status;

    /// Writes something that changes nothing, to find out whether writing works again.
    ///
    /// # Errors
    /// If it does not.
    fn probe(&self) -> Pending<'_, ()>;

    /// How much room there is.
    fn room(&self) -> Room;
}
