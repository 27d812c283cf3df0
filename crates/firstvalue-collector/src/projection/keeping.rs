//! When what is known is kept.

use std::sync::Arc;
use std::time::{Duration, Instant};

use firstvalue_store::{Position, Reader, Store, StoreError};

use super::Projection;
use super::recomputing::Progress;

/// So many events are read in a few seconds after a start, so it is not worth writing for fewer.
const EVENTS: u64 = 200_000;

/// The least time from one writing to the next: whoever asks waits meanwhile, for the fraction of a second
/// that it takes.
const PAUSE: Duration = Duration::from_secs(60);

/// Keeps a projection, now and then and at the end.
#[derive(Debug)]
pub(crate) struct Keeping {
    store: Arc<dyn Store>,
    reader: Box<dyn Reader>,
    kept: Kept,
    /// When it was last tried.
    tried: Option<Instant>,
}

/// Up to which event what is known is kept, and how many that are.
#[derive(Debug, Default)]
struct Kept {
    taken: Position,
    events: u64,
}

impl Kept {
    fn of(projection: &Projection) -> Self {
        Self {
            taken: projection.taken,
            events: projection.events,
        }
    }
}

impl Keeping {
    pub(crate) fn new(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        Ok(Self {
            reader: store.reader()?,
            store,
            kept: Kept::default(),
            tried: None,
        })
    }

    pub(super) fn reader(&self) -> &dyn Reader {
        &*self.reader
    }

    /// Begins with what was kept, if that still holds, else with all events.
    pub(super) fn begin(
        &mut self,
        projection: &mut Projection,
        progress: &Progress,
    ) -> Result<(), StoreError> {
        let Projection {
            playbook, basis, ..
        } = &*projection;
        let found = Projection::found(playbook, *basis, &*self.store)?;
        let Some(found) = found else {
            // It is of no use any more, and may hold what is not in the store.
            if let Err(error) = self.store.remove_snapshot() {
                tracing::warn!(%error, "what was kept cannot be taken away");
            }
            return projection.rebuild(self.reader(), progress);
        };
        *projection = found;
        self.kept = Kept::of(projection);
        tracing::debug!(events = projection.events, "goes on from what was kept");
        projection.catch_up(self.reader())
    }

    /// What was kept is no more, or of something else.
    pub(super) fn has_none(&mut self) {
        self.kept = Kept::default();
    }

    /// Writes what is known if much has come since, and not too soon after the last time.
    pub(super) fn keep_if_due(&mut self, projection: &Projection) {
        let rests = self.tried.is_some_and(|at| at.elapsed() < PAUSE);
        if !rests && projection.events.saturating_sub(self.kept.events) >= EVENTS {
            self.tried = Some(Instant::now());
            self.keep(projection);
        }
    }

    /// Writes what is known before it is forgotten.
    pub(super) fn keep_at_end(&mut self, projection: &mut Projection) {
        if let Err(error) = projection.catch_up(self.reader()) {
            tracing::warn!(%error, "the events cannot be read");
            return;
        }
        if projection.taken != self.kept.taken {
            self.keep(projection);
        }
    }

    fn keep(&mut self, projection: &Projection) {
        let started = Instant::now();
        match projection.keep(&*self.store, self.reader()) {
            Ok(true) => {
                self.kept = Kept::of(projection);
                let milliseconds = started.elapsed().as_millis();
                tracing::debug!(
                    events = projection.events,
                    milliseconds,
                    "kept what is known"
                );
            }
            Ok(false) => {}
            // Nothing is lost but time at the next start.
            Err(error) => tracing::warn!(%error, "what is known cannot be kept"),
        }
    }
}
