//! An event as a line of the live list.

use super::answer::user_address;
use crate::api::Event;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// So many properties are shown; the rest is for a closer look elsewhere.
const PROPERTIES: usize = 4;

#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Stays with an event while newer ones come in above it.
    pub key: String,
    pub name: String,
    pub user: String,
    /// Where the page about the user is; nothing if nobody is known.
    pub address: Option<String>,
    pub details: Vec<(String, String)>,
    pub at: i64,
    pub sort: Sort,
    /// Came in since the page was opened.
    pub fresh: bool,
}

/// What stands behind an event, as far as the eye should tell it apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sort {
    Did,
    Guide,
    /// `identify` and `group`: who somebody is.
    Trait,
}

/// Rows in the order given, newest first.
pub fn event_rows(events: &[Event], opened_at: i64) -> Vec<EventRow> {
    // Two events can be alike in everything; they are numbered from the oldest, so that
    // a new one does not change the keys of those below it.
    let mut alike: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows: Vec<EventRow> = events
        .iter()
        .rev()
        .map(|event| {
            let mut row = row(event, opened_at);
            let number = alike
                .entry(row.key.clone())
                .and_modify(|n| *n += 1)
                .or_insert(0);
            row.key = format!("{} {number}", row.key);
            row
        })
        .collect();
    rows.reverse();
    rows
}

fn row(event: &Event, opened_at: i64) -> EventRow {
    let name = event.event.clone().unwrap_or_else(|| event.kind.clone());
    let user = event
        .user
        .clone()
        .unwrap_or_else(|| String::from("unknown user"));
    EventRow {
        key: format!("{} {} {user} {name}", event.received_at, event.at),
        sort: sort(&event.kind, &name),
        name,
        address: event.user.as_deref().map(user_address),
        user,
        details: event.properties.as_ref().map(details).unwrap_or_default(),
        at: event.at,
        fresh: event.received_at > opened_at,
    }
}

fn sort(kind: &str, name: &str) -> Sort {
    match kind {
        "identify" | "group" | "alias" => Sort::Trait,
        _ if name.starts_with("guide.") => Sort::Guide,
        _ => Sort::Did,
    }
}

/// The first few properties.
pub fn details(properties: &Map<String, Value>) -> Vec<(String, String)> {
    let shown = properties
        .iter()
        .filter(|(_, value)| !value.is_null())
        .take(PROPERTIES);
    shown
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

/// A value as it is read.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, kind: &str, name: Option<&str>) -> Event {
        Event {
            at,
            received_at: at,
            user: Some(String::from("u1")),
            kind: String::from(kind),
            event: name.map(String::from),
            properties: None,
        }
    }

    #[test]
    fn keys_stay_when_a_newer_event_comes_in_above() {
        let old = [
            event(5, "track", Some("a.b")),
            event(5, "track", Some("a.b")),
        ];
        let new = [
            event(6, "track", Some("a.b")),
            old[0].clone(),
            old[1].clone(),
        ];
        let keys = |events: &[Event]| -> Vec<String> {
            event_rows(events, 0)
                .into_iter()
                .map(|row| row.key)
                .collect()
        };
        assert_eq!(keys(&new)[1..], keys(&old)[..]);
        assert_ne!(keys(&old)[0], keys(&old)[1]);
    }

    #[test]
    fn a_call_without_an_event_goes_by_its_kind() {
        let rows = event_rows(&[event(5, "identify", None)], 5);
        assert_eq!(rows[0].name, "identify");
        assert_eq!(rows[0].sort, Sort::Trait);
        assert!(!rows[0].fresh);
    }

    #[test]
    fn guide_events_are_told_apart() {
        let rows = event_rows(&[event(5, "track", Some("guide.shown"))], 4);
        assert_eq!(rows[0].sort, Sort::Guide);
        assert!(rows[0].fresh);
    }

    #[test]
    fn a_few_properties_are_shown_as_plain_text() {
        let properties = serde_json::json!({
            "a": "text", "b": null, "c": 2, "d": [1, 2], "e": true, "f": 1
        });
        let shown = details(properties.as_object().unwrap());
        let text: Vec<&str> = shown.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(text, ["text", "2", "[1,2]", "true"]);
    }
}
