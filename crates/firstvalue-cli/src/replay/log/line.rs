//! One line of a log: an event as it is told to the engine.
//!
//! Reading lines is most of the work of a replay. So nothing is copied that can be borrowed, and
//! what an event carries is read only if somebody asks for it. What a line means is what
//! [`Message`](firstvalue_model::message::Message) means; a test compares the two.

use std::borrow::Cow;
use std::fmt;

use firstvalue_engine::{Call, Rules, Said};
use firstvalue_model::message::{MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// An event of a log.
pub struct Event<'l> {
    /// When it happened.
    pub at: Millis,
    /// Who did it.
    pub user: Cow<'l, str>,
    /// The same on every line that tells of it.
    pub id: Option<Cow<'l, str>>,
    utc_offset: i32,
    what: What<'l>,
}

enum What<'l> {
    Event {
        name: Cow<'l, str>,
        properties: Option<Object>,
    },
    Identify(Object),
    Group {
        account: Cow<'l, str>,
        traits: Option<Object>,
    },
    Nothing,
}

impl<'l> Event<'l> {
    /// Reads a line, and of an event's properties those that one of these playbooks looks at.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(line: &'l [u8], rules: &[Rules]) -> Result<Self, String> {
        // Once for the whole line is sooner done than for each string in it.
        let line = str::from_utf8(line).map_err(|error| error.to_string())?;
        let Line {
            kind,
            message_id,
            user_id,
            anonymous_id,
            group_id,
            event,
            properties,
            traits,
            timestamp,
            context,
        } = serde_json::from_str(line).map_err(|error| reason(&error))?;
        let user = [user_id, anonymous_id]
            .into_iter()
            .flatten()
            .map(|Text(id)| id)
            .find(|id| !id.is_empty())
            .ok_or("neither `userId` nor `anonymousId` says who")?;
        let Text(timestamp) = timestamp.ok_or("`timestamp` is missing")?;
        let read = time::timestamp(&timestamp)
            .ok_or_else(|| format!("`timestamp` is not a moment in ISO 8601: `{timestamp}`"))?;
        let properties = properties.map(|it| Unread::new("properties", it));
        let properties = properties.transpose()?;
        let traits = traits.map(|it| Unread::new("traits", it)).transpose()?;
        let told = |name: Cow<'l, str>| {
            let looked_at = rules.iter().flat_map(|rules| rules.properties_of(&name));
            let looked_at: Vec<&str> = looked_at.collect();
            let properties = properties
                .filter(|_| !looked_at.is_empty())
                .map(|properties| properties.only(&looked_at))
                .transpose()?;
            Ok::<_, String>(What::Event { name, properties })
        };
        let what = match (kind, event, group_id, traits) {
            (MessageKind::Track, Some(Text(name)), ..) => told(name)?,
            (MessageKind::Page, ..) => told(Cow::Borrowed(PAGE_VIEWED))?,
            (MessageKind::Identify, .., Some(traits)) => What::Identify(traits.object()?),
            (MessageKind::Group, _, Some(Text(account)), traits) => What::Group {
                account,
                traits: traits.map(Unread::object).transpose()?,
            },
            _ => What::Nothing,
        };
        let in_context = context.and_then(|context| context.utc_offset?.as_f64());
        Ok(Self {
            at: read.at,
            user,
            id: message_id.map(|Text(id)| id),
            // The widest offset on Earth is 14 h; what is beyond a day is a mistake.
            utc_offset: in_context
                .filter(|offset| offset.abs() <= 1_440.0)
                .map(|offset| offset as i32)
                .or(read.offset)
                .unwrap_or(0),
            what,
        })
    }

    /// The event as the engine is told of it.
    pub fn call(&self) -> Call<'_> {
        Call {
            user: &self.user,
            at: self.at,
            utc_offset: self.utc_offset,
            what: match &self.what {
                What::Event { name, properties } => Said::Event {
                    name,
                    properties: properties.as_ref(),
                },
                What::Identify(traits) => Said::Identify(traits),
                What::Group { account, traits } => Said::Group {
                    account,
                    traits: traits.as_ref(),
                },
                What::Nothing => Said::Nothing,
            },
        }
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

    /// The object, with no other fields than these.
    fn only(self, names: &[&str]) -> Result<Object, String> {
        let mut deserializer = serde_json::Deserializer::from_str(self.0);
        let read = Only(names).deserialize(&mut deserializer);
        read.map_err(|error| reason(&error))
    }

    fn object(self) -> Result<Object, String> {
        serde_json::from_str(self.0).map_err(|error| reason(&error))
    }
}

/// Reads an object, with no other fields than these.
struct Only<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Only<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Only<'_> {
    type Value = Object;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Object, A::Error> {
        let mut object = Object::new();
        while let Some(Text(name)) = fields.next_key()? {
            if self.0.iter().any(|asked| *asked == name) {
                object.insert(name.into_owned(), fields.next_value()?);
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(object)
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

    /// A playbook that looks at these properties of `x` and of `a.b`.
    fn rules(properties: &[&str]) -> Rules {
        let sum =
            |event: &str, path: &&str| format!("{{ did: {event}, sum: {path}, is: {{ gte: 9 }} }}");
        let of = |event| properties.iter().map(move |path| sum(event, path));
        let conditions: Vec<String> = of("x").chain(of("a.b")).collect();
        let text = format!(
            "version: 1\nproduct: T\nmilestones:\n  m: {{ title: M, when: {{ any: [{}] }} }}",
            conditions.join(", "),
        );
        let read = firstvalue_model::source::read(&text);
        firstvalue_engine::compile(&read.playbook.expect(&text)).rules
    }

    /// What the engine is told, in a form that can be compared.
    fn told(call: &Call<'_>) -> String {
        let Call {
            user,
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
        format!("{user} {at} {utc_offset} {what}")
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
        ] {
            let line = format!("{{{line},{at}}}");
            let message: Message = serde_json::from_str(&line).expect(&line);
            let expected = Call::of(&message, message.at().unwrap()).unwrap();
            let event = Event::read(line.as_bytes(), &[rules(&["n"])]).expect(&line);
            assert_eq!(told(&event.call()), told(&expected), "{line}");
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
        .filter_map(|line| Event::read(line.as_bytes(), &[]).err())
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

    #[test]
    fn properties_that_nobody_asks_for_are_not_read() {
        let line =
            br#"{"userId":"a","event":"x","timestamp":"2026-01-03","properties":{"n":1,"m":2}}"#;
        let read = |names: &[&[&str]]| {
            let rules: Vec<Rules> = names.iter().copied().map(rules).collect();
            let event = Event::read(line, &rules).unwrap();
            let Said::Event { properties, .. } = event.call().what else {
                panic!("it is an event");
            };
            properties.cloned()
        };
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[&[]]), None);
        let object = |fields: &[(&str, i64)]| {
            let fields = fields.iter();
            Some(
                fields
                    .map(|(name, it)| ((*name).to_owned(), (*it).into()))
                    .collect(),
            )
        };
        assert_eq!(read(&[&["m", "o"]]), object(&[("m", 2)]));
        assert_eq!(read(&[&["m"], &["n.x"]]), object(&[("m", 2), ("n", 1)]));
    }
}
