//! What a store of events is, written down without care for time, memory or disks: everything is in lists, and every
//! question goes through all of them.
//!
//! For tests only: a store that is used must give the same answers.

mod event;
mod reader;
mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use firstvalue_model::time::Millis;
use firstvalue_store::{
    AppendError, Deed, DeedOf, Erased, Erasure, Fate, Key, NewEvent, NewPlaybook, NewRefusal,
    Pending, Reader, Room, Status, Store, StoreError,
};

use reader::MemoryReader;
use state::State;

/// Events in memory. It lasts for as long as one of its copies, which are the same store.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<State>>);

impl MemoryStore {
    /// One without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at everything, or changes it, while nobody else does.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes everything, in its turn.
    fn change<'s, T: Send>(
        &'s self,
        change: impl FnOnce(&mut State) -> Result<T, StoreError> + Send + 's,
    ) -> Pending<'s, T> {
        Box::pin(async move {
            let mut state = self.state();
            state.commit();
            Ok(change(&mut state)?)
        })
    }
}

impl Store for MemoryStore {
    fn append(&self, events: Vec<NewEvent>, refused: Vec<NewRefusal>) -> Pending<'_, Vec<Fate>> {
        self.change(move |state| Ok(state.append(events, refused)))
    }

    fn erase(&self, whom: Erasure, deed: DeedOf) -> Pending<'_, Erased> {
        self.change(move |state| state.erase(&whom, deed))
    }

    fn forget_before(&self, moment: Millis, limit: u32) -> Pending<'_, usize> {
        self.change(move |state| Ok(state.forget_before(moment, limit as usize)))
    }

    fn note(&self, deed: Deed) -> Pending<'_, ()> {
        self.change(move |state| {
            state.note(deed);
            Ok(())
        })
    }

    fn publish(&self, playbook: NewPlaybook) -> Result<i64, AppendError> {
        let mut state = self.state();
        state.commit();
        Ok(state.publish(playbook))
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(MemoryReader(self.clone())))
    }

    fn snapshot(&self, by: &[u8; 32]) -> Result<Option<(Key, Vec<u8>)>, StoreError> {
        let snapshot = self.state().snapshot.clone();
        Ok(snapshot.filter(|(key, _)| key.by == *by))
    }

    fn keep_snapshot(&self, key: &Key, body: &[u8]) -> Result<bool, StoreError> {
        Ok(self.state().keep_snapshot(key, body))
    }

    fn remove_snapshot(&self) -> Result<(), StoreError> {
        self.state().snapshot = None;
        Ok(())
    }

    fn is_open(&self) -> bool {
        true
    }

    fn status(&self) -> Status {
        self.state().status()
    }

    fn probe(&self) -> Pending<'_, ()> {
        self.change(|_| Ok(()))
    }

    fn room(&self) -> Room {
        Room {
            used: 0,
            free: None,
        }
    }
}
