//! What the host, or this package itself, asks for.

use firstvalue_model::json;
use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;
use serde_json::Value;

/// When a call was made, and the id that it was given.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// When.
    pub at: Millis,
    /// The user's offset from UTC in minutes.
    pub utc_offset: i32,
    /// The id.
    pub id: &'a str,
}

/// One call of the public interface, taken from the supervisor's queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// The user is known, with these traits.
    Identify(String, Object),
    /// The user has another id from now on.
    Alias(String),
    /// The user belongs to an account with these traits.
    Group(String, Object),
    /// What follows is somebody new.
    Reset,
    /// The user did something.
    Track(String, Option<Object>),
    /// A page is shown.
    Page(Option<String>, Object),
    /// The address has changed, which the host does not want counted as a page.
    Moved(Object),
    /// These selectors, of those that conditions look at, now have a visible element on the page.
    Elements(Vec<String>),
    /// A guide is to start, whatever its conditions say.
    Start(String),
    /// The running guide is to go.
    Stop,
    /// Time goes on.
    Tick,
}

impl Call {
    /// Reads a call as the queue holds it: its kind, a name or id, and a JSON object. `None` if it
    /// is not one of ours.
    pub fn read(kind: &str, name: Option<String>, body: Option<&str>) -> Option<Self> {
        let object = || json::read_object(body?);
        Some(match kind {
            "identify" => Self::Identify(name?, object().unwrap_or_default()),
            "alias" => Self::Alias(name?),
            "group" => Self::Group(name?, object().unwrap_or_default()),
            "reset" => Self::Reset,
            "track" => Self::Track(name?, object()),
            "page" => Self::Page(name, object().unwrap_or_default()),
            "moved" => Self::Moved(object()?),
            "elements" => Self::Elements(texts(&json::read(body?)?)),
            "start" => Self::Start(name?),
            "stop" => Self::Stop,
            "tick" => Self::Tick,
            _ => return None,
        })
    }
}

fn texts(list: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for text in list.as_array().into_iter().flatten() {
        texts.extend(text.as_str().map(str::to_owned));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_queue_holds() {
        let read = |kind, name: Option<&str>, body| Call::read(kind, name.map(str::to_owned), body);
        let rows = Object::from_iter([("rows".to_owned(), 12.into())]);
        assert_eq!(
            read("track", Some("report.created"), Some(r#"{"rows":12}"#)),
            Some(Call::Track("report.created".to_owned(), Some(rows)))
        );
        assert_eq!(
            read("page", None, None),
            Some(Call::Page(None, Object::new()))
        );
        assert_eq!(read("reset", None, None), Some(Call::Reset));
    }

    #[test]
    fn what_is_not_a_call_is_none() {
        assert_eq!(Call::read("track", None, None), None);
        assert_eq!(Call::read("paint", Some("red".to_owned()), None), None);
    }

    #[test]
    fn properties_that_are_no_object_are_left_out() {
        let call = Call::read("track", Some("a.b".to_owned()), Some("[1]"));
        assert_eq!(call, Some(Call::Track("a.b".to_owned(), None)));
    }
}
