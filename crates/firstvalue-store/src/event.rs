use firstvalue_model::message::MessageKind;
use firstvalue_model::time::Millis;

/// The place of an event in the order in which events were stored; the first is 1.
pub type Arrival = i64;

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
    pub arrival: Arrival,
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
    pub arrival: Arrival,
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
