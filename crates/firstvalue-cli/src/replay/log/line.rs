//! One line of a log: an event as it is told to the engine.
//!
//! What a line means, and whether it is an event at all, is what the collector makes of it: a replay of a log
//! gives the numbers of whoever imports it. [`Lines`](super::Lines) read it sooner where it is as usual.

use std::borrow::Cow;

use firstvalue_engine::{Call, Said};
use firstvalue_model::message::{Message, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{Millis, Timestamp};

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

/// What a line says, before anybody looks at what it says it of. Ids and names are not empty.
pub(super) struct Raw<'l, O> {
    pub kind: MessageKind,
    pub message_id: Option<Cow<'l, str>>,
    pub user_id: Option<Cow<'l, str>>,
    pub anonymous_id: Option<Cow<'l, str>>,
    pub previous_id: Option<Cow<'l, str>>,
    pub group_id: Option<Cow<'l, str>>,
    pub event: Option<Cow<'l, str>>,
    pub moment: Timestamp,
    /// In minutes, as the context has it.
    pub utc_offset: Option<f64>,
    /// Objects that perhaps nobody asks for.
    pub properties: Option<O>,
    pub traits: Option<O>,
}

impl<'l, O> Raw<'l, O> {
    /// The event, with traits as `traits` reads them and properties as `properties` reads those of an event of
    /// a name, if anybody asks for any. `None` if it is no event, or one of the two cannot read.
    pub(super) fn event(
        self,
        traits: impl Fn(O) -> Option<Object>,
        properties: impl Fn(&str, O) -> Option<Properties<'l>>,
    ) -> Option<Event<'l>> {
        let (user, anonymous_id) = match self.user_id {
            Some(user) => (user, self.anonymous_id),
            None => (self.anonymous_id?, None),
        };
        let before = match self.kind {
            MessageKind::Identify => anonymous_id,
            MessageKind::Alias => self.previous_id,
            _ => None,
        };
        let told = |name: Cow<'l, str>| {
            let object = self.properties;
            let properties = object.and_then(|object| properties(&name, object));
            What::Event { name, properties }
        };
        let what = match (self.kind, self.group_id, self.traits) {
            (MessageKind::Track, ..) => told(self.event?),
            (MessageKind::Page, ..) => told(Cow::Borrowed(PAGE_VIEWED)),
            (MessageKind::Identify, _, Some(object)) => What::Identify(traits(object)?),
            (MessageKind::Group, Some(account), object) => What::Group {
                account,
                traits: match object {
                    Some(object) => Some(traits(object)?),
                    None => None,
                },
            },
            _ => What::Nothing,
        };
        Some(Event {
            at: self.moment.at,
            joins: before.filter(|id| *id != user),
            user,
            id: self.message_id,
            // The widest offset on Earth is 14 h; what is beyond a day is a mistake.
            utc_offset: self
                .utc_offset
                .filter(|offset| offset.abs() <= 1_440.0)
                .map(|offset| offset as i32)
                .or(self.moment.offset)
                .unwrap_or(0),
            what,
        })
    }
}

impl<'l> Event<'l> {
    /// Reads a line as the collector does.
    ///
    /// # Errors
    /// Why it is no event.
    pub fn read(line: &[u8]) -> Result<Self, String> {
        let mut has_id = true;
        // Asked only of a line without an id, which is then no repetition of another.
        let occurrence = || {
            has_id = false;
            0
        };
        let stored = firstvalue_collector::read_line(line, occurrence, 0);
        let stored = stored.map_err(|refusal| reason(&refusal.reason))?;
        let message: Message =
            serde_json::from_str(&stored.body).map_err(|error| error.to_string())?;
        let text = |text: Option<String>| text.map(Cow::Owned);
        let raw = Raw {
            kind: message.kind,
            message_id: text(message.message_id).filter(|_| has_id),
            user_id: text(message.user_id),
            anonymous_id: text(message.anonymous_id),
            previous_id: text(message.previous_id),
            group_id: text(message.group_id),
            event: text(message.event),
            moment: Timestamp {
                at: stored.at,
                offset: Some(stored.utc_offset),
            },
            utc_offset: None,
            properties: message.properties,
            traits: message.traits,
        };
        let event = raw.event(Some, |_, properties| Some(Properties::Whole(properties)));
        // Nothing is missing in what can be stored.
        event.ok_or_else(|| "it is no event".to_owned())
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

/// Why a line is left out. What the parser of JSON says beyond the place is about itself.
fn reason(reason: &str) -> String {
    let Some((what, parser)) = reason.split_once(" is not readable as JSON: ") else {
        return reason.to_owned();
    };
    match parser.rsplit_once(" column ") {
        Some((_, column)) => format!("{what} is not readable as JSON from column {column} on"),
        None => format!("{what} is not readable as JSON"),
    }
}

#[cfg(test)]
mod tests {
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
            r#""userId":null,"anonymousId":"a","event":"x","context":{"utcOffset":1e9}"#,
            r#""userId":"","anonymousId":"a","type":"track","event":"x","messageId":null"#,
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
            let event = Event::read(line.as_bytes()).expect(&line);
            assert_eq!(event.tell(told), told(&expected), "{line}");
        }
    }

    #[test]
    fn numbers_are_read_as_clients_send_them() {
        let read = |line: &str| Event::read(line.as_bytes()).map(|event| event.tell(told));
        let expected = Ok("17 None 1772359200000 0 did 4 None".to_owned());
        for line in [
            r#"{"userId":17,"event":4,"timestamp":1772359200000}"#,
            r#"{"userId":"17","event":"4","timestamp":"2026-03-01T10:00:00Z"}"#,
            r#"{"userId":"u","userId":"17","event":"4","originalTimestamp":"2026-03-01T10:00:00Z"}"#,
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        let long = format!(
            r#"{{"userId":"{}","event":"x","timestamp":0}}"#,
            "u".repeat(256)
        );
        let reasons: Vec<String> = [
            "not json",
            "[1,2]",
            r#"{"event":"x","timestamp":"2026-01-03"}"#,
            r#"{"userId":"a","event":"x"}"#,
            r#"{"userId":"a","event":"x","timestamp":"yesterday"}"#,
            r#"{"userId":"a","event":"x","timestamp":"2026-01-03","properties":[]}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","type":"group","traits":"x"}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","type":"dance"}"#,
            r#"{"userId":[7],"timestamp":"2026-01-03"}"#,
            r#"{"userId":"a","timestamp":"2026-01-03"}"#,
            r#"{"userId":"a","timestamp":"2026-01-03","event":""}"#,
            &long,
        ]
        .iter()
        .filter_map(|line| Event::read(line.as_bytes()).err())
        .collect();
        assert_eq!(
            reasons,
            [
                "the line is not readable as JSON from column 2 on",
                "an event must be a JSON object",
                "an event needs `userId` or `anonymousId`",
                "`timestamp` is missing, and a log must say when",
                "the timestamp `yesterday` is not ISO 8601 nor milliseconds since 1970",
                "`properties` must be a JSON object",
                "`traits` must be a JSON object",
                "the type `dance` is not one of track, identify, group, page, screen and alias",
                "`userId` must be text",
                "a track call needs `event`",
                "a track call needs `event`",
                "`userId` is longer than 255 bytes",
            ]
        );
    }
}
