//! The one thread that writes: it commits together what several requests bring at the same time.

use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use crate::error::AppendError;
use crate::event::{Fate, NewEvent};

/// Events of one request, and whom to tell what became of them.
pub(crate) struct Request {
    pub(crate) events: Vec<NewEvent>,
    pub(crate) reply: oneshot::Sender<Result<Vec<Fate>, AppendError>>,
}

/// A commit takes at most so many events, or one request if that has more: whoever comes first
/// should not wait for ever more of those who come later.
const GROUP_EVENTS: usize = 10_000;

/// The first to be stored wins, also among events of one request.
const INSERT: &str = "INSERT INTO events \
    (message_id, user_id, type, event, at, received_at, utc_offset, body) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (message_id) DO NOTHING";

/// Serves requests until nobody can send any.
pub(crate) fn run(mut connection: Connection, mut requests: mpsc::Receiver<Request>) {
    while let Some(first) = requests.blocking_recv() {
        let group = gather(first, &mut requests);
        match commit(&mut connection, &group) {
            Ok(fates) => {
                for (request, fates) in group.into_iter().zip(fates) {
                    // A client that did not wait for its answer has gone; its events are stored.
                    drop(request.reply.send(Ok(fates)));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for request in group {
                    drop(
                        request
                            .reply
                            .send(Err(AppendError::Database(Arc::clone(&error)))),
                    );
                }
            }
        }
    }
}

/// The request, and whatever others wait already.
fn gather(first: Request, requests: &mut mpsc::Receiver<Request>) -> Vec<Request> {
    let mut events = first.events.len();
    let mut group = vec![first];
    while events < GROUP_EVENTS
        && let Ok(request) = requests.try_recv()
    {
        events += request.events.len();
        group.push(request);
    }
    group
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
    transaction.commit()?;
    Ok(fates)
}
