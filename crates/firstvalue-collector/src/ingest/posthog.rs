//! What clients of PostHog send (`/batch/`, `/i/v0/e/`, `/e/`), as Segment's calls.
//!
//! `$identify` and `$set` are `identify`, `$groupidentify` is `group`, `$create_alias` is `alias`,
//! `$pageview` is `page`; everything else is `track`, with its properties as they are.

pub(crate) mod beacon;

use firstvalue_model::message::Object;
use serde_json::{Value, json};

/// Takes the write key out of an event, in which browsers put it. Returns whether it was there.
pub(crate) fn remove_key(event: &mut Object) -> bool {
    let mut properties = event.get_mut("properties").and_then(Value::as_object_mut);
    let within = properties
        .as_mut()
        .and_then(|properties| properties.remove("token"));
    let beside = ["api_key", "token"].map(|field| event.remove(field));
    beside.into_iter().chain([within]).any(|key| key.is_some())
}

/// An event of PostHog in Segment's form.
pub(crate) fn translate(mut event: Object) -> Object {
    // It lets whoever reads the events add to them.
    remove_key(&mut event);
    let mut properties = match event.remove("properties") {
        Some(Value::Object(properties)) => properties,
        _ => Object::new(),
    };
    let mut call = Object::new();
    let given = [
        ("messageId", event.remove("uuid")),
        ("timestamp", event.remove("timestamp")),
        ("sentAt", event.remove("sent_at")),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            call.insert(key.into(), value);
        }
    }
    // Only what was called in a browser says so.
    if let Some(behind) = properties.get("$timezone_offset").and_then(Value::as_f64) {
        call.insert("context".into(), json!({ "utcOffset": -behind }));
    }
    let who = event
        .remove("distinct_id")
        .or_else(|| properties.remove("distinct_id"));
    if let Some(who) = who {
        // The id of the device stands for somebody who has not signed in.
        let anonymous = properties.get("$device_id") == Some(&who);
        let key = if anonymous { "anonymousId" } else { "userId" };
        call.insert(key.into(), who);
    }

    let name = event.remove("event").unwrap_or_default();
    let kind = match name.as_str() {
        Some("$identify" | "$set") => {
            let mut traits = Object::new();
            for key in ["$set_once", "$set"] {
                for from in [event.remove(key), properties.remove(key)] {
                    if let Some(Value::Object(set)) = from {
                        traits.extend(set);
                    }
                }
            }
            if let Some(before) = properties.remove("$anon_distinct_id") {
                call.insert("anonymousId".into(), before);
            }
            call.insert("traits".into(), traits.into());
            "identify"
        }
        Some("$groupidentify") => {
            let traits = properties.remove("$group_set");
            call.insert("traits".into(), traits.unwrap_or_else(|| json!({})));
            if let Some(account) = properties.remove("$group_key") {
                call.insert("groupId".into(), account);
            }
            "group"
        }
        Some("$create_alias") => {
            if let Some(before) = properties.remove("alias") {
                call.insert("previousId".into(), before);
            }
            "alias"
        }
        Some("$pageview") => {
            for (key, theirs) in [("path", "$pathname"), ("url", "$current_url")] {
                if let Some(value) = properties.get(theirs).cloned() {
                    properties.entry(key).or_insert(value);
                }
            }
            "page"
        }
        _ => {
            call.insert("event".into(), name);
            "track"
        }
    };
    call.insert("type".into(), kind.into());
    call.insert("properties".into(), properties.into());
    call
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(event: Value) -> Value {
        match event {
            Value::Object(event) => Value::Object(translate(event)),
            other => other,
        }
    }

    #[test]
    fn every_kind_of_event_becomes_a_call() {
        for (event, expected) in [
            (
                json!({ "uuid": "1", "event": "report.created", "distinct_id": "u1",
                        "timestamp": "2026-01-05T09:00:00Z",
                        "properties": { "rows": 3, "$timezone_offset": -60 } }),
                json!({ "messageId": "1", "type": "track", "event": "report.created",
                        "userId": "u1", "timestamp": "2026-01-05T09:00:00Z",
                        "context": { "utcOffset": 60.0 },
                        "properties": { "rows": 3, "$timezone_offset": -60 } }),
            ),
            (
                json!({ "event": "x", "api_key": "wk",
                        "properties": { "distinct_id": "d1", "$device_id": "d1", "token": "wk" } }),
                json!({ "type": "track", "event": "x", "anonymousId": "d1",
                        "properties": { "$device_id": "d1" } }),
            ),
            (
                json!({ "event": "$identify", "distinct_id": "u1", "$set": { "plan": "pro" },
                        "properties": { "$set_once": { "plan": "free", "first": 1 },
                                        "$anon_distinct_id": "d1" } }),
                json!({ "type": "identify", "userId": "u1", "anonymousId": "d1",
                        "traits": { "plan": "pro", "first": 1 }, "properties": {} }),
            ),
            (
                json!({ "event": "$groupidentify", "distinct_id": "u1",
                        "properties": { "$group_key": "acme", "$group_set": { "plan": "pro" } } }),
                json!({ "type": "group", "userId": "u1", "groupId": "acme",
                        "traits": { "plan": "pro" }, "properties": {} }),
            ),
            (
                json!({ "event": "$create_alias", "distinct_id": "u1",
                        "properties": { "alias": "d1" } }),
                json!({ "type": "alias", "userId": "u1", "previousId": "d1", "properties": {} }),
            ),
            (
                json!({ "event": "$pageview", "distinct_id": "u1",
                        "properties": { "$pathname": "/a" } }),
                json!({ "type": "page", "userId": "u1",
                        "properties": { "$pathname": "/a", "path": "/a" } }),
            ),
        ] {
            assert_eq!(translated(event), expected);
        }
    }
}
