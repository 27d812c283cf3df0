use serde_json::json;

use super::*;

const NOW: Millis = 1_767_603_600_000; // 2026-01-05T09:00:00Z

fn reason(event: Value) -> String {
    check(event, None, NOW).unwrap_err().reason
}

#[test]
fn an_event_is_stored_with_everything_it_says() {
    let event = json!({
        "type": "track", "messageId": "m1", "userId": "u1", "event": "report.created",
        "timestamp": "2026-01-05T10:00:00.250+02:00", "properties": { "rows": 3 },
        "anonymousId": null, "writeKey": "secret", "integrations": { "All": true },
    });
    let stored = check(event, None, NOW).unwrap();
    assert_eq!(stored.message_id, "m1");
    assert_eq!(stored.user, "u1");
    assert_eq!(stored.kind, MessageKind::Track);
    assert_eq!(stored.name.as_deref(), Some("report.created"));
    assert_eq!(stored.at, NOW - 3_600_000 + 250);
    assert_eq!((stored.received_at, stored.utc_offset), (NOW, 120));
    let body: Value = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(
        body,
        json!({
            "type": "track", "messageId": "m1", "userId": "u1", "event": "report.created",
            "timestamp": "2026-01-05T10:00:00.250+02:00", "properties": { "rows": 3 },
            "integrations": { "All": true },
        })
    );
}

#[test]
fn what_is_missing_is_filled_in() {
    let event = json!({ "anonymousId": 42, "event": "report.created" });
    let stored = check(event, None, NOW).unwrap();
    assert_eq!((stored.user.as_str(), stored.at), ("42", NOW));
    assert_eq!(stored.message_id.len(), 36);
    let body: Message = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body.message_id, Some(stored.message_id));
    assert_eq!(body.at(), Some(NOW));
}

#[test]
fn the_route_says_which_call_it_is() {
    let stored = check(json!({ "userId": "u1" }), Some(MessageKind::Page), NOW).unwrap();
    assert_eq!(
        (stored.kind, stored.name.as_deref()),
        (MessageKind::Page, Some("page.viewed"))
    );
    let body: Message = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body.kind, MessageKind::Page);
}

#[test]
fn time_is_read_in_every_form_that_clients_send() {
    let at = |fields: Value| {
        let mut event = json!({ "userId": "u1", "type": "page" });
        event
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        check(event, None, NOW).unwrap().at
    };
    assert_eq!(
        at(json!({ "timestamp": "2026-01-05T09:00:00.894626+00:00" })),
        NOW + 894
    );
    assert_eq!(at(json!({ "timestamp": NOW - 5 })), NOW - 5);
    assert_eq!(
        at(json!({ "originalTimestamp": "2026-01-05T08:59:59Z" })),
        NOW - 1_000
    );
    assert_eq!(
        at(json!({ "originalTimestamp": "2026-01-05T08:59:59Z", "timestamp": "2026-01-05" })),
        NOW - 9 * 3_600_000
    );
    assert_eq!(at(json!({ "timestamp": null })), NOW);
}

#[test]
fn what_cannot_be_stored_is_refused_with_a_reason() {
    let long = "x".repeat(256);
    for (event, expected) in [
        (json!("event"), "an event must be a JSON object"),
        (
            json!({ "event": "a" }),
            "an event needs `userId` or `anonymousId`",
        ),
        (
            json!({ "event": "a", "userId": "" }),
            "an event needs `userId` or `anonymousId`",
        ),
        (
            json!({ "event": "a", "userId": ["u1"] }),
            "`userId` must be text",
        ),
        (
            json!({ "type": "track", "userId": "u1" }),
            "a track call needs `event`",
        ),
        (
            json!({ "type": "trakc", "userId": "u1" }),
            "the type `trakc` is not one of track, identify, group, page, screen and alias",
        ),
        (
            json!({ "type": "page", "userId": long }),
            "`userId` is longer than 255 bytes",
        ),
        (
            json!({ "type": "page", "userId": "u1", "timestamp": "yesterday" }),
            "the timestamp `yesterday` is not ISO 8601 nor milliseconds since 1970",
        ),
        (
            json!({ "type": "page", "userId": "u1", "timestamp": -1 }),
            "the timestamp `-1` is not ISO 8601 nor milliseconds since 1970",
        ),
        (
            json!({ "type": "page", "userId": "u1", "properties": [1] }),
            "`properties` must be a JSON object",
        ),
        (
            json!({ "type": "page", "userId": "u1", "name": 1 }),
            "`name` must be text",
        ),
        (
            json!({ "type": "page", "userId": "u1", "properties": { "x": "x".repeat(40_000) } }),
            "an event has at most 32 KB",
        ),
    ] {
        assert_eq!(reason(event), expected);
    }
}

#[test]
fn a_refused_event_is_named_if_it_has_a_name() {
    let rejected = check(json!({ "messageId": "m1" }), None, NOW).unwrap_err();
    assert_eq!(rejected.message_id.as_deref(), Some("m1"));
}
