//! An iterator that runs ahead on a thread of its own.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

/// How many items wait to be taken: enough that neither side stands still for the other.
const WAITING: usize = 2;

/// The items of an iterator, made in the background.
pub struct Ahead<T> {
    items: Option<Receiver<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Ahead<T> {
    /// Starts to make items.
    pub fn of(items: impl Iterator<Item = T> + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let make = move || {
            for item in items {
                // Nobody listens any more.
                if sender.send(item).is_err() {
                    return;
                }
            }
        };
        Self {
            items: Some(receiver),
            thread: Some(std::thread::spawn(make)),
        }
    }
}

impl<T> Iterator for Ahead<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.items.as_ref()?.recv().ok()
    }
}

impl<T> Drop for Ahead<T> {
    /// Ends the thread, so that what it reads from is free again.
    fn drop(&mut self) {
        self.items = None;
        if let Some(thread) = self.thread.take() {
            // It can only have failed by a panic, which has been printed.
            let _ = thread.join();
        }
    }
}
