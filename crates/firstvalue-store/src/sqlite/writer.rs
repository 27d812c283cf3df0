//! The one thread that writes: it commits together what several requests bring at the same time.

use std::sync::Arc;
use std::time::Instant;

use rusqlite::{Connection, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use super::checkpoint::Checkpoints;
use super::quarantine;
use super::status::Told;
use crate::error::{AppendError, StoreError};
use crate::event::{Fate, NewEvent};
use crate::quarantine::NewRefusal;
use crate::status::Status;

/// Something for the writer to do.
pub(super) enum Work {
    /// Store what a request brought.
    Append(Request),
    /// Anything else that writes, in transactions of its own.
    Task(Task),
}

type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// What one request brought, and whom to tell what became of it.
pub(super) struct Request {
    events: Vec<NewEvent>,
    refused: Vec<NewRefusal>,
    reply: oneshot::Sender<Result<Vec<Fate>, AppendError>>,
}

/// Asks the thread to do something. It ends when nobody has one of these any more.
#[derive(Debug)]
pub(super) struct Writer {
    work: mpsc::Sender<Work>,
    told: Arc<Told>,
}

impl Writer {
    pub(super) fn new(work: mpsc::Sender<Work>, told: Arc<Told>) -> Self {
        Self { work, told }
    }

    /// Stores what a request brought, together with what others bring meanwhile.
    pub(super) async fn append(
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
    pub(super) async fn write<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, AppendError> {
        let done = self.begin(task)?;
        Ok(done.await.map_err(|_| AppendError::Closed)??)
    }

    /// Likewise from a thread that may wait, also if it is one that runs what is asynchronous.
    pub(super) fn write_now<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, AppendError> {
        let (reply, done) = std::sync::mpsc::channel();
        self.tell(task, move |done| drop(reply.send(done)))?;
        Ok(done.recv().map_err(|_| AppendError::Closed)??)
    }

    /// Likewise without waiting for it.
    pub(super) fn begin<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, StoreError>>, AppendError> {
        let (reply, done) = oneshot::channel();
        // Whoever asked may have gone.
        self.tell(task, |done| drop(reply.send(done)))?;
        Ok(done)
    }

    fn tell<T>(
        &self,
        task: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
        reply: impl FnOnce(Result<T, StoreError>) + Send + 'static,
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
        self.work.try_send(work).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => AppendError::Busy,
            mpsc::error::TrySendError::Closed(_) => AppendError::Closed,
        })
    }

    pub(super) fn status(&self) -> Status {
        self.told.status()
    }

    pub(super) fn is_open(&self) -> bool {
        !self.work.is_closed()
    }

    pub(super) fn downgrade(&self) -> WeakWriter {
        WeakWriter {
            work: self.work.downgrade(),
            told: Arc::clone(&self.told),
        }
    }
}

/// Does not keep the thread from ending.
#[derive(Debug)]
pub(super) struct WeakWriter {
    work: mpsc::WeakSender<Work>,
    told: Arc<Told>,
}

impl WeakWriter {
    pub(super) fn upgrade(&self) -> Option<Writer> {
        let work = self.work.upgrade()?;
        Some(Writer::new(work, Arc::clone(&self.told)))
    }
}

/// A commit takes at most so many events, or one request if that has more: whoever comes first
/// should not wait for ever more of those who come later.
const GROUP_EVENTS: usize = 10_000;

/// The first to be stored wins, also among events of one request.
const INSERT: &str = "INSERT INTO events \
    (message_id, user_id, type, event, at, received_at, skew, utc_offset, body) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (message_id) DO NOTHING";

/// Works until nobody can ask for anything.
pub(super) fn run(
    mut connection: Connection,
    mut work: mpsc::Receiver<Work>,
    told: &Told,
    checkpoints: &Checkpoints,
) {
    while let Some(first) = work.blocking_recv() {
        let task = match first {
            Work::Append(request) => {
                let (group, task) = gather(request, &mut work);
                append(&mut connection, group, told);
                task
            }
            Work::Task(task) => Some(task),
        };
        if let Some(task) = task {
            task(&mut connection);
        }
        checkpoints.after_commit(&connection);
    }
}

/// The request, and whatever others wait already, up to a task, which comes after them.
fn gather(first: Request, work: &mut mpsc::Receiver<Work>) -> (Vec<Request>, Option<Task>) {
    let size = |request: &Request| request.events.len() + request.refused.len();
    let mut events = size(&first);
    let mut group = vec![first];
    while events < GROUP_EVENTS {
        match work.try_recv() {
            Ok(Work::Append(request)) => {
                events += size(&request);
                group.push(request);
            }
            Ok(Work::Task(task)) => return (group, Some(task)),
            Err(_) => break,
        }
    }
    (group, None)
}

/// Commits what a group of requests brought, and tells each what became of it.
fn append(connection: &mut Connection, group: Vec<Request>, told: &Told) {
    let begun = Instant::now();
    let committed = commit(connection, &group);
    told.committed(begun, committed.is_ok());
    match committed {
        Ok(fates) => {
            for (request, fates) in group.into_iter().zip(fates) {
                // A client that did not wait for its answer has gone; its events are stored.
                drop(request.reply.send(Ok(fates)));
            }
        }
        Err(error) => {
            let error = AppendError::from(StoreError::from(error));
            for request in group {
                drop(request.reply.send(Err(error.clone())));
            }
        }
    }
}

/// Stores all or nothing. When this returns without an error everything is on disk.
fn commit(connection: &mut Connection, group: &[Request]) -> rusqlite::Result<Vec<Vec<Fate>>> {
    // If anything fails, dropping the transaction rolls it back.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut insert = transaction.prepare_cached(INSERT)?;
    let mut store = |event: &NewEvent| -> rusqlite::Result<Fate> {
        let stored = insert.execute(params![
            event.message_id,
            event.user,
            event.kind.name(),
            event.name,
            event.at,
            event.received_at,
            event.skew,
            event.utc_offset,
            event.body,
        ])?;
        Ok(if stored == 0 {
            Fate::Duplicate
        } else {
            Fate::Stored
        })
    };
    let fates = group
        .iter()
        .map(|request| request.events.iter().map(&mut store).collect())
        .collect::<rusqlite::Result<Vec<Vec<Fate>>>>()?;
    drop(insert);
    let mut refused = group.iter().flat_map(|request| &request.refused).peekable();
    if refused.peek().is_some() {
        for refusal in refused {
            quarantine::insert(&transaction, refusal)?;
        }
        quarantine::make_room(&transaction)?;
    }
    transaction.commit()?;
    Ok(fates)
}
