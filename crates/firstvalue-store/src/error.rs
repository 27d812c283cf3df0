use thiserror::Error;

use crate::failure::Failure;

/// Why a question has no answer.
#[derive(Debug, Clone, Error)]
#[error("the database failed: {0}")]
pub struct StoreError(pub Failure);

/// Why something was not stored or done; nothing of it was.
#[derive(Debug, Clone, Error)]
pub enum AppendError {
    /// More requests wait than the disk keeps up with.
    #[error("too many requests wait to be stored; send again later")]
    Busy,
    /// The commit failed, for instance because the disk is full.
    #[error("the database failed: {0}")]
    Database(Failure),
    /// The writer is gone.
    #[error("the store is closed")]
    Closed,
}

impl From<StoreError> for AppendError {
    fn from(StoreError(failure): StoreError) -> Self {
        Self::Database(failure)
    }
}
