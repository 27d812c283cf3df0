//! Messages: what clients send, in the format of Segment's HTTP tracking API.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::time::{self, Millis};

/// A JSON object.
pub type Object = Map<String, Value>;

/// Sets the fields of `others` in an object.
pub fn merge(object: &mut Object, others: &Object) {
    for (name, value) in others {
        object.insert(name.clone(), value.clone());
    }
}

/// The name under which `page` calls count as events.
pub const PAGE_VIEWED: &str = "page.viewed";

/// The event by which a business result is reported: property `outcome` says which, `value` how
/// much.
pub const OUTCOME_RECORDED: &str = "outcome.recorded";

/// Names of the events by which a guide reports how it went; each carries the property `guide`.
pub mod guide_event {
    /// The guide was painted, in view, and could be clicked.
    pub const SHOWN: &str = "guide.shown";
    /// A step was shown; property `step`, from 0.
    pub const STEP_SHOWN: &str = "guide.step_shown";
    /// The user answered a question of a survey; properties `question`, `form`, and `answer`: a number, a
    /// text, or an array of texts.
    pub const ANSWERED: &str = "guide.answered";
    /// The user followed it to its end.
    pub const COMPLETED: &str = "guide.completed";
    /// The user sent it away; property `step`.
    pub const DISMISSED: &str = "guide.dismissed";
    /// The user put it off.
    pub const SNOOZED: &str = "guide.snoozed";
    /// The guide would have been shown, but the user belongs to the hold-out.
    pub const WITHHELD: &str = "guide.withheld";
    /// A step could not be shown; properties `step`, `reason`, `selector`, `matches`, `waited_ms`.
    pub const FAILED: &str = "guide.failed";
}

/// How a browser has sent a message, as the collector writes it down: `transport` in its context.
pub mod transport {
    /// By `fetch`, which was answered.
    pub const FETCH: &str = "fetch";
    /// As the page was left, by `sendBeacon`, which nobody answers.
    pub const BEACON: &str = "beacon";
}

/// One call of a client.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Which call it was; `track` when absent.
    #[serde(rename = "type", default)]
    pub kind: MessageKind,
    /// The same however often it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// Who, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Who, before they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anonymous_id: Option<String>,
    /// The id that an `alias` call joins to `user_id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_id: Option<String>,
    /// The account of a `group` call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// The name of what a `track` call says was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The name of a page or screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What an event carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Object>,
    /// Attributes of a user (`identify`) or of an account (`group`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traits: Option<Object>,
    /// When it happened, by the client's clock: ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// When it was sent, by the client's clock: ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
    /// About the client: `utcOffset` in minutes among others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Object>,
}

/// Which call a message stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are Segment's")]
pub enum MessageKind {
    #[default]
    Track,
    Identify,
    Group,
    Page,
    Screen,
    Alias,
}

impl MessageKind {
    /// Segment's name for the call.
    pub fn name(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Identify => "identify",
            Self::Group => "group",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Alias => "alias",
        }
    }
}

impl Message {
    /// The user, known or not yet; `None` if the message names nobody.
    pub fn user(&self) -> Option<&str> {
        [&self.user_id, &self.anonymous_id]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|id| !id.is_empty())
    }

    /// Another id by which the message says that its user was known before; see
    /// [`Joins`](crate::joins::Joins).
    pub fn earlier_id(&self) -> Option<&str> {
        let id = match self.kind {
            MessageKind::Identify => self.anonymous_id.as_deref(),
            MessageKind::Alias => self.previous_id.as_deref(),
            _ => None,
        };
        id.filter(|id| !id.is_empty() && self.user() != Some(id))
    }

    /// When it happened, in milliseconds since the epoch; `None` without a readable timestamp.
    pub fn at(&self) -> Option<Millis> {
        Some(time::timestamp(self.timestamp.as_deref()?)?.at)
    }

    /// The user's offset from UTC in minutes; see [`utc_offset`].
    pub fn utc_offset(&self) -> i32 {
        let as_written = || time::timestamp(self.timestamp.as_deref()?)?.offset;
        offset_in(self.context.as_ref())
            .or_else(as_written)
            .unwrap_or(0)
    }
}

/// A user's offset from UTC in minutes: as the context says, else as the timestamp is written, else 0.
pub fn utc_offset(context: Option<&Object>, as_written: Option<i32>) -> i32 {
    offset_in(context).or(as_written).unwrap_or(0)
}

fn offset_in(context: Option<&Object>) -> Option<i32> {
    let offset = context?.get("utcOffset")?.as_f64()?;
    // The widest offset on Earth is 14 h; what is beyond a day is a mistake.
    (offset.abs() <= 1_440.0).then_some(offset as i32)
}
