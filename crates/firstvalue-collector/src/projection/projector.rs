//! The threads that keep the projection: one answers whoever wants to know something, the other takes in what is
//! stored while nobody else needs the processor, so that there is little left to do before an answer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use firstvalue_engine::CompiledPlaybook;
use firstvalue_store::{Erased, Reader, StoreError, give_way, work_when_idle};
// Fair: whoever asks comes to it though the other thread wants it again at once.
use parking_lot::{Mutex, MutexGuard};
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::keeping::Keeping;
use super::recomputing::{self, Progress};
use super::{Basis, Projection};

/// Questions that may wait before whoever asks has to wait too.
const WAITING: usize = 64;

/// Events that are taken in at a time by the thread for which others may have to wait: those of a millisecond.
pub(super) const LITTLE: u32 = 250;

/// How often what is stored is taken in even if processors are never idle.
const LATEST: Duration = Duration::from_secs(1);

enum Command {
    /// Something was stored some time ago.
    CatchUp,
    /// Somebody was taken out.
    Erase(Box<Erased>),
    /// Everything was read under another playbook, unless that is not wanted any more.
    Replace(Box<Projection>, Arc<Progress>),
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

/// Asks the projection, from any thread. Dropping it ends the projection's threads.
#[derive(Debug)]
pub(crate) struct Projector {
    commands: Option<mpsc::Sender<Command>>,
    /// Has what was stored taken in when a processor is idle.
    stored: Option<SyncSender<()>>,
    threads: Vec<JoinHandle<()>>,
    /// When the thread that answers was last told to catch up.
    told: Mutex<Instant>,
    /// What was stored before the start is still being read.
    reading: Arc<AtomicBool>,
    /// How far reading before the start has come.
    start: Arc<Progress>,
    recomputing: Mutex<Recomputing>,
}

/// Reading everything under the latest playbook, and under those before whose readers have not noticed
/// yet that nobody waits for them.
#[derive(Debug, Default)]
struct Recomputing {
    latest: Option<Arc<Progress>>,
    threads: Vec<JoinHandle<()>>,
}

impl Projector {
    /// Goes on from what was kept, if it was made for the same, else from the beginning. `reader` is for the thread
    /// that works when a processor is idle.
    pub(crate) fn start(
        keeping: Keeping,
        reader: Box<dyn Reader>,
        playbook: CompiledPlaybook,
        basis: Basis,
    ) -> io::Result<Self> {
        let (commands, waiting) = mpsc::channel(WAITING);
        let (stored, looking) = sync_channel(1);
        let reading = Arc::new(AtomicBool::new(true));
        let read = Arc::clone(&reading);
        let start = Arc::<Progress>::default();
        let progress = Arc::clone(&start);
        let projection = Arc::new(Mutex::new(Projection::made_for(playbook, basis)));
        let shared = Arc::clone(&projection);
        let answers = std::thread::Builder::new()
            .name("projection".to_owned())
            .spawn(move || {
                give_way();
                run(keeping, &shared, waiting, &read, &progress);
            })?;
        let takes_in = std::thread::Builder::new()
            .name("projection idle".to_owned())
            .spawn(move || {
                work_when_idle();
                take_in(&*reader, &projection, &looking);
            })?;
        Ok(Self {
            reading,
            start,
            recomputing: Mutex::default(),
            commands: Some(commands),
            stored: Some(stored),
            threads: vec![answers, takes_in],
            told: Mutex::new(Instant::now()),
        })
    }

    /// Says that something was stored.
    pub(crate) fn wake(&self) {
        if let Some(stored) = &self.stored {
            // If it has been told already, and has not looked yet, it will find this, too.
            let _told = stored.try_send(());
        }
        let mut told = self.told.lock();
        if let Some(commands) = &self.commands
            && told.elapsed() >= LATEST
        {
            // If so much waits, it will be taken along with that.
            let _told = commands.try_send(Command::CatchUp);
            *told = Instant::now();
        }
    }

    /// Has everything read under another playbook in the background. Until that is done, answers are
    /// those of the playbook before.
    pub(crate) fn recompute(
        &self,
        reader: Box<dyn Reader>,
        playbook: CompiledPlaybook,
        basis: Basis,
    ) -> io::Result<()> {
        let Some(commands) = self.commands.clone() else {
            return Ok(());
        };
        let progress = Arc::<Progress>::default();
        let latest = Arc::clone(&progress);
        // The one before is stopped first, so that it cannot take the place of this one.
        let mut recomputing = self.recomputing.lock();
        if let Some(before) = recomputing.latest.replace(latest) {
            before.stop();
        }
        let thread = std::thread::Builder::new()
            .name("recomputing".to_owned())
            .spawn(move || {
                give_way();
                if let Some(projection) = recomputing::run(&*reader, playbook, basis, &progress) {
                    let replace = Command::Replace(Box::new(projection), progress);
                    // It fails only if the thread that answers has ended.
                    drop(commands.blocking_send(replace));
                }
            })?;
        recomputing.threads.retain(|thread| !thread.is_finished());
        recomputing.threads.push(thread);
        Ok(())
    }

    /// How many events were read, of how many, while everything is being read anew.
    pub(crate) fn progress(&self) -> Option<(u64, u64)> {
        if self.is_reading() {
            return Some(self.start.of_events());
        }
        let recomputing = self.recomputing.lock();
        let latest = recomputing.latest.as_ref();
        // It stops when what was read has taken its place.
        let latest = latest.filter(|progress| progress.is_wanted());
        latest.map(|progress| progress.of_events())
    }

    /// Says that somebody was taken out of the store.
    pub(crate) async fn erased(&self, erased: Erased) {
        if let Some(latest) = &self.recomputing.lock().latest {
            latest.make_outdated();
        }
        if let Some(commands) = &self.commands {
            // It fails only if the thread has ended, and nothing is answered any more.
            drop(commands.send(Command::Erase(Box::new(erased))).await);
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
        self.start.stop();
        let recomputing = std::mem::take(&mut *self.recomputing.lock());
        if let Some(latest) = recomputing.latest {
            latest.stop();
        }
        drop((self.commands.take(), self.stored.take()));
        for thread in recomputing
            .threads
            .into_iter()
            .chain(self.threads.drain(..))
        {
            // If it panicked, that was reported when it did.
            drop(thread.join());
        }
    }
}

/// What is known, while something is taken in. If that breaks down, it is known by halves, and is read anew when
/// somebody asks.
pub(super) struct Unfinished<'a>(pub(super) MutexGuard<'a, Projection>);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.start_over();
        }
    }
}

/// Takes in what is stored, a little at a time: whoever asks meanwhile waits for no more than that. Where no
/// processor is ever idle that may be some tenths of a second.
pub(super) fn take_in(reader: &dyn Reader, projection: &Mutex<Projection>, stored: &Receiver<()>) {
    while stored.recv().is_ok() {
        loop {
            let taken = Unfinished(projection.lock()).0.take_some(reader, LITTLE);
            match taken {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::error!(%error, "the events cannot be read");
                    break;
                }
            }
        }
    }
}

fn run(
    mut keeping: Keeping,
    projection: &Mutex<Projection>,
    mut commands: mpsc::Receiver<Command>,
    reading: &AtomicBool,
    progress: &Progress,
) {
    let mut begun = projection.lock();
    if let Err(error) = keeping.begin(&mut begun, progress) {
        // The first question tries again, and says so if it fails again.
        tracing::error!(%error, "the events cannot be read");
    }
    reading.store(false, Ordering::Relaxed);
    keeping.keep_if_due(&begun);
    drop(begun);
    while let Some(command) = commands.blocking_recv() {
        let mut projection = projection.lock();
        let reader = keeping.reader();
        match command {
            Command::CatchUp => {
                if let Err(error) = projection.catch_up(reader) {
                    tracing::error!(%error, "the events cannot be read");
                }
            }
            Command::Erase(erased) => {
                if let Err(error) = projection.erase(&erased, reader) {
                    tracing::error!(%error, "the events cannot be read");
                }
                keeping.has_none();
            }
            Command::Replace(recomputed, progress) => {
                if progress.is_wanted() {
                    *projection = *recomputed;
                    if progress.is_outdated() {
                        projection.start_over();
                    }
                    progress.stop();
                    keeping.has_none();
                }
            }
            Command::Answer(question) => {
                let complete = projection.complete(reader);
                question(complete.map(|()| &*projection));
            }
        }
        keeping.keep_if_due(&projection);
    }
    keeping.keep_at_end(&mut projection.lock());
}
