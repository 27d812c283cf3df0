//! What an event says, read again whenever somebody asks.

use firstvalue_model::message::MessageKind;
use firstvalue_store::{NewEvent, Position, Row, StoredEvent};
use serde_json::Value;

/// An event that was stored.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) position: Position,
    pub(crate) new: NewEvent,
}

impl Event {
    /// Where it stands in the order in which things happened.
    pub(crate) fn place(&self) -> (i64, Position) {
        (self.new.at, self.position)
    }

    pub(crate) fn body(&self) -> Value {
        serde_json::from_str(&self.new.body).unwrap_or_default()
    }

    /// A text in its body.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        Some(self.body().get(key)?.as_str()?.to_owned())
    }

    /// Whether it was done under one of some ids.
    pub(crate) fn is_of(&self, ids: &[String]) -> bool {
        ids.contains(&self.new.user)
    }

    /// The account that it says its user belongs to.
    pub(crate) fn account(&self) -> Option<String> {
        match self.new.kind {
            MessageKind::Group => self.text("groupId"),
            _ => None,
        }
    }

    /// Another id that it says its user was known by.
    pub(crate) fn earlier(&self) -> Option<String> {
        let id = match self.new.kind {
            MessageKind::Identify => self.text("anonymousId"),
            MessageKind::Alias => self.text("previousId"),
            _ => None,
        };
        id.filter(|id| *id != self.new.user)
    }

    pub(crate) fn stored(&self) -> StoredEvent {
        StoredEvent {
            position: self.position,
            at: self.new.at,
            received_at: self.new.received_at,
            body: self.new.body.clone(),
        }
    }

    pub(crate) fn row(&self) -> Row {
        let new = self.new.clone();
        Row {
            position: self.position,
            message_id: new.message_id,
            user: new.user,
            kind: new.kind.name().to_owned(),
            name: new.name,
            at: new.at,
            received_at: new.received_at,
            skew: new.skew,
            utc_offset: new.utc_offset,
            body: new.body,
        }
    }
}
