//! Reading everything anew while somebody else answers.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use firstvalue_engine::CompiledPlaybook;
use firstvalue_store::Reader;

use super::{Basis, Projection};

/// How long to wait before the events are read again if they could not be.
const PAUSE: Duration = Duration::from_secs(5);

/// How far reading all events has come. Who reads, who asks, and who does not want it any more share it.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    events: AtomicU64,
    read: AtomicU64,
    unwanted: AtomicBool,
    /// Something that may have been read was taken out of the store since.
    outdated: AtomicBool,
}

impl Progress {
    /// How many events were read, of how many.
    pub(crate) fn of_events(&self) -> (u64, u64) {
        let events = self.events.load(Ordering::Relaxed);
        (self.read.load(Ordering::Relaxed).min(events), events)
    }

    /// Ends it.
    pub(super) fn stop(&self) {
        self.unwanted.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_wanted(&self) -> bool {
        !self.unwanted.load(Ordering::Relaxed)
    }

    pub(super) fn make_outdated(&self) {
        self.outdated.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_outdated(&self) -> bool {
        self.outdated.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self, events: u64) {
        self.events.store(events, Ordering::Relaxed);
        self.read.store(0, Ordering::Relaxed);
    }

    /// Counts an event.
    pub(super) fn goes_on(&self) -> ControlFlow<()> {
        self.read.fetch_add(1, Ordering::Relaxed);
        if self.is_wanted() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

/// Reads everything under a playbook; `None` if nobody wants it any more.
pub(super) fn run(
    reader: &dyn Reader,
    playbook: CompiledPlaybook,
    basis: Basis,
    progress: &Arc<Progress>,
) -> Option<Projection> {
    let mut projection = Projection::made_for(playbook, basis);
    loop {
        let read = projection.rebuild(reader, progress);
        if !progress.is_wanted() {
            return None;
        }
        match read {
            // Else the first page of all turned up on the way.
            Ok(()) if !projection.stale => return Some(projection),
            Ok(()) => {}
            Err(error) => {
                tracing::error!(%error, "the events cannot be read under the new playbook");
                std::thread::sleep(PAUSE);
            }
        }
    }
}
