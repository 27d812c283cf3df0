//! What somebody has worked out of the events, kept so that it need not be worked out again.

use crate::event::Position;

/// What a snapshot was worked out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// By what: a digest of everything besides the events.
    pub by: [u8; 32],
    /// Up to which event.
    pub taken: Position,
    /// What [`Reader::removals`](crate::Reader::removals) said before they were read.
    pub removals: i64,
}
