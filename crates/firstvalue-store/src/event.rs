use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use firstvalue_model::message::MessageKind;
use firstvalue_model::time::Millis;

/// The place of an event in the order in which events were stored. Positions can be compared, kept and handed
/// out as text, and nothing else can be told from them: there may be gaps of any size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(i64);

impl Position {
    /// Before every event.
    pub const START: Self = Self(0);
}

/// For stores, which give positions out: more than 0, more for each event than for any before it, and none
/// twice.
impl From<i64> for Position {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl From<Position> for i64 {
    fn from(position: Position) -> Self {
        position.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Reads what was handed out as text.
impl FromStr for Position {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// An event on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The same however often the event is sent.
    pub message_id: String,
    /// Who.
    pub user: String,
    /// Which call it was.
    pub kind: MessageKind,
    /// What was done, if the call says so.
    pub name: Option<String>,
    /// When it happened.
    pub at: Millis,
    /// When it arrived.
    pub received_at: Millis,
    /// By how much the client's clock was set right for `at`; 0 unless it was evidently wrong.
    pub skew: Millis,
    /// Minutes that the user's clocks are ahead of UTC.
    pub utc_offset: i32,
    /// The whole message as JSON.
    pub body: String,
}

/// An event as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the order of storing.
    pub position: Position,
    /// When it happened.
    pub at: Millis,
    /// When it arrived.
    pub received_at: Millis,
    /// The whole message as JSON.
    pub body: String,
}

/// An event as stored, with every column that people query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the order of storing.
    pub position: Position,
    /// The same however often the event is sent.
    pub message_id: String,
    /// Who.
    pub user: String,
    /// Which call it was.
    pub kind: String,
    /// What was done, if the call says so.
    pub name: Option<String>,
    /// When it happened.
    pub at: Millis,
    /// When it arrived.
    pub received_at: Millis,
    /// By how much the client's clock was set right for `at`.
    pub skew: Millis,
    /// Minutes that the user's clocks are ahead of UTC.
    pub utc_offset: i32,
    /// The whole message as JSON.
    pub body: String,
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is on disk.
    Stored,
    /// One with its message id is on disk already and was left as it is.
    Duplicate,
}
