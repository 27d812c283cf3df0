//! The one thread that writes: it commits together what several requests bring at the same time.

use std::time::Instant;

use rusqlite::{Connection, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use crate::checkpoint::Checkpoints;
use crate::error::AppendError;
use crate::event::{Fate, NewEvent};
use crate::failure::Failure;
use crate::quarantine::{self, NewRefusal};
use crate::status::Told;

/// Something for the writer to do.
pub(crate) enum Work {
    /// Store what a request brought.
    Append(Request),
    /// Anything else that writes, in transactions of its own.
    Task(Task),
}

pub(crate) type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// What one request brought, and whom to tell what became of it.
pub(crate) struct Request {
    pub(crate) events: Vec<NewEvent>,
    pub(crate) refused: Vec<NewRefusal>,
    pub(crate) reply: oneshot::Sender<Result<Vec<Fate>, AppendError>>,
}

/// A commit takes at most so many events, or one request if that has more: whoever comes first
/// should not wait for ever more of those who come later.
const GROUP_EVENTS: usize = 10_000;

/// The first to be stored wins, also among events of one request.
const INSERT: &str = "INSERT INTO events \
    (message_id, user_id, type, event, at, received_at, skew, utc_offset, body) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (message_id) DO NOTHING";

/// Works until nobody can ask for anything.
pub(crate) fn run(
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
            let error = Failure::of(error);
            for request in group {
                let error = AppendError::Database(error.clone());
                drop(request.reply.send(Err(error)));
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
