//! Calls as messages in Segment's format.

use firstvalue_engine::What;
use firstvalue_model::message::{Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis};
use serde_json::Value;

use crate::call::Call;
use crate::fields::Fields;
use crate::identity::Identity;

/// When and where a call was made.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// When.
    pub at: Millis,
    /// The user's offset from UTC in minutes.
    pub utc_offset: i32,
    /// The id that was given to the call.
    pub id: &'a str,
    /// Its properties or traits as the host wrote them, which is how they are sent.
    pub body: Option<&'a str>,
}

/// A message as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its `messageId`.
    pub id: String,
    /// The message, as JSON.
    pub json: String,
}

/// The message for a call; `None` for a call that is not sent.
pub fn seal(call: &Call, now: Circumstances<'_>, who: &Identity, path: &str) -> Option<Sealed> {
    let mut message = Fields::new();
    let kind = match call {
        Call::Identify(..) => "identify",
        Call::Group(..) => "group",
        Call::Track(..) => "track",
        Call::Page(..) => "page",
        Call::Reset
        | Call::Moved(_)
        | Call::Elements(_)
        | Call::Start(_)
        | Call::Stop
        | Call::Tick => return None,
    };
    message
        .text("type", kind)
        .text("messageId", now.id)
        .text("anonymousId", &who.anonymous_id)
        .maybe("userId", who.user_id.as_deref());
    let (name, object) = match call {
        Call::Group(account, traits) => {
            message.text("groupId", account);
            ("traits", Some(traits))
        }
        Call::Track(event, properties) => {
            message.text("event", event);
            ("properties", properties.as_ref())
        }
        Call::Page(name, properties) => {
            message.maybe("name", name.as_deref());
            ("properties", Some(properties))
        }
        Call::Identify(_, traits) => ("traits", Some(traits)),
        _ => ("", None),
    };
    match (object, now.body.filter(|body| body.starts_with('{'))) {
        // What is known of a page is more than what the host said of it.
        (Some(_), Some(body)) if kind != "page" => message.raw(name, body),
        (Some(object), _) => message.object(name, object),
        (None, _) => &mut message,
    };
    let library = concat!(
        "{\"name\":\"firstvalue\",\"version\":\"",
        env!("CARGO_PKG_VERSION"),
        "\"}"
    );
    let mut context = Fields::new();
    context
        .number("utcOffset", now.utc_offset.into())
        .raw("page", &Fields::new().text("path", path).end())
        .raw("library", library);
    message
        .text("timestamp", &time::to_iso(now.at))
        .raw("context", &context.end());
    Some(Sealed {
        id: now.id.to_owned(),
        json: message.end(),
    })
}

/// A message that an earlier page has made, read again.
pub struct Sent<'m> {
    message: &'m Value,
    /// Its `messageId`.
    pub id: &'m str,
    /// When it happened.
    pub at: Millis,
}

impl<'m> Sent<'m> {
    /// Reads one; `None` if it is not a message.
    pub fn read(message: &'m Value) -> Option<Self> {
        let text = |name| message.get(name).and_then(Value::as_str);
        let at = time::timestamp(text("timestamp")?)?.at;
        Some(Self {
            message,
            id: text("messageId")?,
            at,
        })
    }

    fn text(&self, name: &str) -> Option<&'m str> {
        self.message.get(name)?.as_str()
    }

    fn object(&self, name: &str) -> Option<&'m Object> {
        self.message.get(name)?.as_object()
    }

    /// Whether this user has sent it.
    pub fn is_of(&self, who: &Identity) -> bool {
        self.text("userId").or_else(|| self.text("anonymousId")) == Some(who.id())
    }

    /// The user's offset from UTC in minutes.
    pub fn utc_offset(&self) -> i32 {
        let offset = || self.message.get("context")?.get("utcOffset")?.as_i64();
        offset()
            .and_then(|offset| i32::try_from(offset).ok())
            .unwrap_or(0)
    }

    /// The account that it says the user belongs to, and that account's traits.
    pub fn group(&self) -> Option<(&'m str, Option<&'m Object>)> {
        Some((self.text("groupId")?, self.object("traits")))
    }

    /// What it says of the user, apart from accounts.
    pub fn what(&self) -> What<'m> {
        let properties = self.object("properties");
        let event = |name| What::Event { name, properties };
        match self.text("type") {
            Some("track") => self.text("event").map_or(What::Seen, event),
            Some("page") => event(PAGE_VIEWED),
            Some("identify") => self.object("traits").map_or(What::Seen, What::Identify),
            _ => What::Seen,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_message_says_who_what_when_and_where() {
        let who = Identity {
            user_id: Some("u1".to_owned()),
            ..Identity::anonymous("a1".to_owned(), 0)
        };
        let body = Some(r#"{"rows":1}"#);
        let now = Circumstances {
            at: 1_000,
            utc_offset: 60,
            id: "m1",
            body,
        };
        let call = Call::read("track", Some("report.created".to_owned()), body);
        let sealed = seal(&call.unwrap(), now, &who, "/reports").unwrap();
        assert_eq!(sealed.id, "m1");
        let message: Value = serde_json::from_str(&sealed.json).unwrap();
        assert_eq!(
            message,
            json!({
                "type": "track", "messageId": "m1", "anonymousId": "a1", "userId": "u1",
                "event": "report.created", "properties": {"rows": 1},
                "timestamp": "1970-01-01T00:00:01.000Z",
                "context": {
                    "utcOffset": 60,
                    "page": {"path": "/reports"},
                    "library": {"name": "firstvalue", "version": env!("CARGO_PKG_VERSION")},
                },
            })
        );
        let sent = Sent::read(&message).unwrap();
        assert_eq!((sent.id, sent.at, sent.utc_offset()), ("m1", 1_000, 60));
        assert!(sent.is_of(&who) && !sent.is_of(&Identity::anonymous("a1".to_owned(), 0)));
        assert!(matches!(
            sent.what(),
            What::Event {
                name: "report.created",
                properties: Some(_)
            }
        ));
    }

    #[test]
    fn what_only_matters_here_is_not_sent() {
        let now = Circumstances {
            at: 0,
            utc_offset: 0,
            id: "m",
            body: None,
        };
        let who = Identity::anonymous("a".to_owned(), 0);
        assert_eq!(seal(&Call::Reset, now, &who, "/"), None);
        assert_eq!(seal(&Call::Tick, now, &who, "/"), None);
    }

    #[test]
    fn the_loader_names_the_same_version() {
        let manifest: Value =
            serde_json::from_str(include_str!("../../../www/loader/package.json")).unwrap();
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    }
}
