//! One line of a log: an event as it is told to the engine.
//!
//! What a line means is what [`Message`](firstvalue_model::message::Message) means; a test compares
//! the two. [`Lines`](super::Lines) read it sooner where nothing is wrong with it.

use std::borrow::Cow;

use firstvalue_engine::{Call, Said};
use firstvalue_model::message::{MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::scan::Field;

/// An event of a log.
pub struct Event<'l> {
    /// When it happened.
    pub at: Millis,
    /// Who did it.
    pub user: Cow<'l, str>,
    /// Another id by which they were known before, if it says so.
    pub joins: Option<Cow<'l, str>>,
    /// The same on every line that tells of it.
    pub id: Option<Cow<'l, str>>,
    utc_offset: i32,
    what: What<'l>,
}

enum What<'l> {
    Event {
        name: Cow<'l, str>,
        properties: Option<Properties<'l>>,
    },
    Identify(Object),
    Group {
        account: Cow<'l, str>,
        traits: Option<Object>,
    },
    Nothing,
}

/// What an event carries, as far as anybody asks for it.
pub(super) enum Properties<'l> {
    /// All of it.
    Whole(Object),
    /// Fields as they are written: made into an object only when the engine is told, it takes no
    /// memory until then.
    Fields(Vec<Field<'l>>),
}

/// What a line says, before anybody looks at what it says it of.
pub(super) struct Raw<'l, O> {
    pub kind: MessageKind,
    pub message_id: Option<Cow<'l, str>>,
    pub user_id: Option<Cow<'l, str>>,
    pub anonymous_id: Option<Cow<'l, str>>,
    pub previous_id: Option<Cow<'l, str>>,
    pub group_id: Option<Cow<'l, str>>,
    pub event: Option<Cow<'l, str>>,
    pub timestamp: Option<Cow<'l, str>>,
    /// In minutes, as the context has it.
    pub utc_offset: Option<f64>,
    /// Objects that perhaps nobody asks for.
    pub properties: Option<O>,
    pub traits: Option<O>,
}

impl<'l, O> Raw<'l, O> {
    /// The event, with the moment as `clock` reads it, traits as `traits` reads them and properties as `properties` reads those of
    /// an event of a name, if anybody asks for any.
    pub(super) fn event(
        self,
        clock: impl FnOnce(&str) -> Option<Timestamp>,
        traits: impl Fn(O) -> Result<Object, String>,
        properties: impl Fn(&str, O) -> Result<Option<Properties<'l>>, String>,
    ) -> Result<Event<'l>, String> {
        let given = |id: &Cow<'l, str>| !id.is_empty();
        let anonymous_id = self.anonymous_id.filter(given);
        let (user, anonymous_id) = match self.user_id.filter(given) {
            Some(user) => (Some(user), anonymous_id),
            None => (anonymous_id, None),
        };
        let user = user.ok_or("neither `userId` nor `anonymousId` says who")?;
        let before = match self.kind {
            MessageKind::Identify => anonymous_id,
            MessageKind::Alias => self.previous_id.filter(given),
            _ => None,
        };
        let timestamp = self.timestamp.ok_or("`timestamp` is missing")?;
        let read = clock(&timestamp)
            .ok_or_else(|| format!("`timestamp` is not a moment in ISO 8601: `{timestamp}`"))?;
        let told = |name: Cow<'l, str>| {
            let properties = match self.properties {
                Some(object) => properties(&name, object)?,
                None => None,
            };
            Ok::<_, String>(What::Event { name, properties })
        };
        let what = match (self.kind, self.event, self.group_id, self.traits) {
            (MessageKind::Track, Some(name), ..) => told(name)?,
            (MessageKind::Page, ..) => told(Cow::Borrowed(PAGE_VIEWED))?,
            (MessageKind::Identify, .., Some(object)) => What::Identify(traits(object)?),
            (MessageKind::Group, _, Some(account), object) => What::Group {
                account,
                traits: object.map(traits).transpose()?,
            },
            _ => What::Nothing,
        };
        Ok(Event {
            at: read.at,
            joins: before.filter(|id| *id != user),
            user,
            id: self.message_id,
            // The widest offset on Earth is 14 h; what is beyond a day is a mistake.
            utc_offset: self
                .utc_offset
                .filter(|offset| offset.abs() <= 1_440.0)
                .map(|offset| offset as i32)
                .or(read.offset)
                .unwrap_or(0),
            what,
        })
    }
}

impl<'l> Event<'l> {
    /// Reads a line, and of an event the properties if they are wanted.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(line: &'l [u8], wants_properties: bool) -> Result<Self, String> {
        // Once for the whole line is sooner done than for each string in it.
        let line = str::from_utf8(line).map_err(|error| error.to_string())?;
        let line: Line = serde_json::from_str(line).map_err(|error| reason(&error))?;
        let text = |text: Option<Text<'l>>| text.map(|Text(text)| text);
        let object = |key, object: Option<&'l RawValue>| {
            object.map(|object| Unread::new(key, object)).transpose()
        };
        let raw = Raw {
            kind: line.kind,
            message_id: text(line.message_id),
            user_id: text(line.user_id),
            anonymous_id: text(line.anonymous_id),
            previous_id: text(line.previous_id),
            group_id: text(line.group_id),
            event: text(line.event),
            timestamp: text(line.timestamp),
            utc_offset: line
                .context
                .and_then(|context| context.utc_offset?.as_f64()),
            properties: object("properties", line.properties)?,
            traits: object("traits", line.traits)?,
        };
        raw.event(time::timestamp, Unread::object, |_, properties| {
            let whole = wants_properties.then(|| properties.object());
            Ok(whole.transpose()?.map(Properties::Whole))
        })
    }

    /// Tells `engine` of the event.
    pub fn tell<T>(&self, engine: impl FnOnce(&Call<'_>) -> T) -> T {
        let read;
        let what = match &self.what {
            What::Event { name, properties } => Said::Event {
                name,
                properties: match properties {
                    Some(Properties::Whole(object)) => Some(object),
                    Some(Properties::Fields(fields)) => {
                        let fields = fields.iter();
                        // Of several with one name the last counts.
                        read = fields
                            .map(|(name, it)| ((*name).to_owned(), it.read()))
                            .collect();
                        Some(&read)
                    }
                    None => None,
                },
            },
            What::Identify(traits) => Said::Identify(traits),
            What::Group { account, traits } => Said::Group {
                account,
                traits: traits.as_ref(),
            },
            What::Nothing => Said::Nothing,
        };
        engine(&Call {
            user: &self.user,
            joins: self.joins.as_deref(),
            at: self.at,
            utc_offset: self.utc_offset,
            what,
        })
    }

    /// The account that the user belongs to from now on, if the event says so.
    pub fn account(&self) -> Option<&str> {
        match &self.what {
            What::Group { account, .. } => Some(account),
            _ => None,
        }
    }

    /// Whether it says which page was shown.
    pub fn is_page(&self) -> bool {
        matches!(&self.what, What::Event { name, .. } if name == PAGE_VIEWED)
    }
}

/// The keys of a line that decide anything.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line<'l> {
    #[serde(rename = "type", default)]
    kind: MessageKind,
    #[serde(borrow)]
    message_id: Option<Text<'l>>,
    #[serde(borrow)]
    user_id: Option<Text<'l>>,
    #[serde(borrow)]
    anonymous_id: Option<Text<'l>>,
    #[serde(borrow)]
    previous_id: Option<Text<'l>>,
    #[serde(borrow)]
    group_id: Option<Text<'l>>,
    #[serde(borrow)]
    event: Option<Text<'l>>,
    #[serde(borrow)]
    properties: Option<&'l RawValue>,
    #[serde(borrow)]
    traits: Option<&'l RawValue>,
    #[serde(borrow)]
    timestamp: Option<Text<'l>>,
    context: Option<Context>,
}

/// Text that is borrowed unless it holds escapes. (Within an `Option`, serde copies a bare `Cow`.)
#[derive(Deserialize)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

#[derive(Deserialize)]
struct Context {
    #[serde(rename = "utcOffset")]
    utc_offset: Option<Value>,
}

/// The text of an object that perhaps nobody asks for.
#[derive(Clone, Copy)]
struct Unread<'l>(&'l str);

impl<'l> Unread<'l> {
    fn new(key: &str, text: &'l RawValue) -> Result<Self, String> {
        let text = text.get();
        if text.starts_with('{') {
            Ok(Self(text))
        } else {
            Err(format!("`{key}` is not an object"))
        }
    }

    fn object(self) -> Result<Object, String> {
        serde_json::from_str(self.0).map_err(|error| reason(&error))
    }
}

/// What `serde_json` says, without the number of the line, of which it knows one only.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(text) => format!("{text} at column {}", error.column()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use firstvalue_model::message::Message;

    use super::*;

    /// What the engine is told, in a form that can be compared.
    fn told(call: &Call<'_>) -> String {
        let Call {
            user,
            joins,
            at,
            utc_offset,
            what,
        } = call;
        let what = match what {
            Said::Event { name, properties } => format!("did {name} {properties:?}"),
            Said::Identify(traits) => format!("is {traits:?}"),
            Said::Group { account, traits } => format!("belongs to {account} {traits:?}"),
            Said::Nothing => "was there".to_owned(),
        };
        format!("{user} {joins:?} {at} {utc_offset} {what}")
    }

    #[test]
    fn a_line_means_what_it_means_as_a_message() {
        let at = r#""timestamp":"2026-01-05T10:00:00.5+01:00""#;
        for line in [
            r#""userId":"u","event":"a.b","properties":{"n":1,"n":2},"context":{"utcOffset":-90.5}"#,
            r#""userId":"u\u0031","event":"a\n","context":{"utcOffset":"x","page":{"path":"/"}}"#,
            r#""userId":null,"anonymousId":"a","event":null,"context":{"utcOffset":1e9}"#,
            r#""userId":"","anonymousId":"a","type":"track","event":"","messageId":null"#,
            r#""userId":"u","type":"page","name":"Home","event":"other","properties":{"path":"/x"}"#,
            r#""userId":"u","type":"identify","traits":{"plan":"pro"},"event":"no"}"#
                .trim_end_matches('}'),
            r#""userId":"u","type":"identify","traits":null"#,
            r#""userId":"u","type":"group","groupId":"g","traits":{"plan":"pro"}"#,
            r#""userId":"u","type":"group","groupId":"g""#,
            r#""userId":"u","type":"group","traits":{"plan":"pro"}"#,
            r#""userId":"u","type":"screen","name":"Home","properties":{"a":[]}"#,
            r#""userId":"u","type":"alias","previousId":"a""#,
            r#""userId":"u","type":"alias","previousId":"u","anonymousId":"a""#,
            r#""userId":"u","type":"alias","previousId":"""#,
            r#""userId":"u","type":"identify","anonymousId":"a","previousId":"b""#,
            r#""userId":"","type":"identify","anonymousId":"a""#,
            r#""userId":"u","type":"track","event":"x","anonymousId":"a""#,
        ] {
            let line = format!("{{{line},{at}}}");
            let message: Message = serde_json::from_str(&line).expect(&line);
            let expected = Call::of(&message, message.at().unwrap()).unwrap();
            let event = Event::read(line.as_bytes(), true).expect(&line);
            assert_eq!(event.tell(told), told(&expected), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        let reasons: Vec<String> = [
            "not json",
            r#"{"event":"x","timestamp":"2026-01-03"}"#,
            r#"{"userId":"a","event":"x"}"#,
            r#"{"userId":"a","event":"x","timestamp":"yesterday"}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","properties":[]}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","type":"group","traits":"x"}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","type":"dance"}"#,
            r#"{"userId":7,"timestamp":"2026-01-03"}"#,
        ]
        .iter()
        .filter_map(|line| Event::read(line.as_bytes(), true).err())
        .collect();
        assert_eq!(
            reasons,
            [
                "expected ident at column 2",
                "neither `userId` nor `anonymousId` says who",
                "`timestamp` is missing",
                "`timestamp` is not a moment in ISO 8601: `yesterday`",
                "`properties` is not an object",
                "`traits` is not an object",
                "unknown variant `dance`, expected one of `track`, `identify`, `group`, `page`, \
                 `screen`, `alias` at column 53",
                "invalid type: integer `7`, expected a string at column 11",
            ]
        );
    }
}
