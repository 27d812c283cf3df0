//! Messages that were refused, kept for people to look at.

use firstvalue_model::time::Millis;

/// How many are kept. The oldest make room for what comes.
pub const QUARANTINE_SIZE: u32 = 10_000;

/// A message that was refused, on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefusal {
    /// When it arrived.
    pub received_at: Millis,
    /// The client's id for it, if it has one.
    pub message_id: Option<String>,
    /// Who, as far as can be read.
    pub user: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// What was sent, or the beginning of it.
    pub body: String,
}

/// A message that was refused, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its place in the order of arrival.
    pub id: i64,
    /// What is known of it.
    pub refused: NewRefusal,
}
