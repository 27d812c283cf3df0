//! The thread that owns the projection: whoever wants to know something asks it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use firstvalue_engine::CompiledPlaybook;
use firstvalue_store::{Reader, StoreError};
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::Projection;

/// Questions that may wait before whoever asks has to wait too.
const WAITING: usize = 64;

enum Command {
    /// Something was stored.
    CatchUp,
    /// Something that had been stored was taken out.
    StartOver,
    Answer(Question),
}

type Question = Box<dyn FnOnce(Result<&Projection, StoreError>) + Send>;

/// Why a question has no answer.
#[derive(Debug, Error)]
pub(crate) enum Unavailable {
    #[error("the events cannot be read: {0}")]
    Store(#[from] StoreError),
    #[error("the thread that answers has ended")]
    Stopped,
}

/// Asks the projection, from any thread. Dropping it ends the projection's thread.
#[derive(Debug)]
pub(crate) struct Projector {
    commands: Option<mpsc::Sender<Command>>,
    thread: Option<JoinHandle<()>>,
    /// What was stored before the start is still being read.
    reading: Arc<AtomicBool>,
}

impl Projector {
    pub(crate) fn start(reader: Reader, playbook: CompiledPlaybook) -> io::Result<Self> {
        let (commands, waiting) = mpsc::channel(WAITING);
        let reading = Arc::new(AtomicBool::new(true));
        let read = Arc::clone(&reading);
        let thread = std::thread::Builder::new()
            .name("projection".to_owned())
            .spawn(move || run(&reader, Projection::new(playbook), waiting, &read))?;
        Ok(Self {
            reading,
            commands: Some(commands),
            thread: Some(thread),
        })
    }

    /// Says that something was stored.
    pub(crate) fn wake(&self) {
        if let Some(commands) = &self.commands {
            // If so much waits, it will be taken along with that.
            drop(commands.try_send(Command::CatchUp));
        }
    }

    /// Says that something that had been stored was taken out.
    pub(crate) async fn start_over(&self) {
        if let Some(commands) = &self.commands {
            // It fails only if the thread has ended, and nothing is answered any more.
            drop(commands.send(Command::StartOver).await);
        }
    }

    /// Asks something. The answer knows every event that was stored before.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Projection) -> T + Send + 'static,
    ) -> Result<T, Unavailable> {
        let (reply, answer) = oneshot::channel();
        let question: Question = Box::new(move |projection| {
            // Nobody may wait for the answer any more.
            drop(reply.send(projection.map(question)));
        });
        let commands = self.commands.as_ref().ok_or(Unavailable::Stopped)?;
        commands
            .send(Command::Answer(question))
            .await
            .map_err(|_| Unavailable::Stopped)?;
        Ok(answer.await.map_err(|_| Unavailable::Stopped)??)
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.reading.load(Ordering::Relaxed)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.commands
            .as_ref()
            .is_some_and(|commands| !commands.is_closed())
    }
}

impl Drop for Projector {
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Some(thread) = self.thread.take() {
            // If it panicked, that was reported when it did.
            drop(thread.join());
        }
    }
}

fn run(
    reader: &Reader,
    mut projection: Projection,
    mut commands: mpsc::Receiver<Command>,
    reading: &AtomicBool,
) {
    if let Err(error) = projection.rebuild(reader) {
        // The first question tries again, and says so if it fails again.
        tracing::error!(%error, "the events cannot be read");
    }
    reading.store(false, Ordering::Relaxed);
    while let Some(command) = commands.blocking_recv() {
        match command {
            Command::CatchUp => {
                if let Err(error) = projection.catch_up(reader) {
                    tracing::error!(%error, "the events cannot be read");
                }
            }
            Command::StartOver => projection.start_over(),
            Command::Answer(question) => {
                let complete = projection.complete(reader);
                question(complete.map(|()| &projection));
            }
        }
    }
}
