use std::sync::LazyLock;

use firstvalue_model::message::Message;
use serde_json::json;

use super::*;

const NOW: Millis = 1_767_603_600_000; // 2026-01-05T09:00:00Z

static CLIENT: LazyLock<Client> = LazyLock::new(Client::default);

fn arrived() -> Arrived<'static> {
    Arrived {
        at: NOW,
        client: &CLIENT,
        sent_at: None,
        live: true,
    }
}

fn new_id() -> String {
    "made".to_owned()
}

fn checked(event: &Value, form: Form) -> Result<NewEvent, NewRefusal> {
    let event = serde_json::value::to_raw_value(event).unwrap();
    check(&event, form, arrived(), &Limits::default(), new_id)
}

fn stored(event: Value) -> NewEvent {
    checked(&event, Form::Batch).unwrap()
}

fn refused(event: Value) -> NewRefusal {
    checked(&event, Form::Batch).unwrap_err()
}

fn reason(event: Value) -> String {
    refused(event).reason
}

#[test]
fn an_event_is_stored_with_everything_it_says() {
    let event = json!({
        "type": "track", "messageId": "m1", "userId": "u1", "event": "report.created",
        "timestamp": "2026-01-05T10:00:00.250+02:00", "properties": { "rows": 3 },
        "anonymousId": null, "writeKey": "secret", "integrations": { "All": true },
    });
    let stored = stored(event);
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
    let stored = stored(event);
    assert_eq!((stored.user.as_str(), stored.at), ("42", NOW));
    assert_eq!(stored.message_id, "made");
    let body: Message = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body.message_id, Some(stored.message_id));
    assert_eq!(body.at(), Some(NOW));
}

#[test]
fn the_route_says_which_call_it_is() {
    let stored = checked(&json!({ "userId": "u1" }), Form::Call(MessageKind::Page)).unwrap();
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
        stored(event).at
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
fn whoever_reads_the_stored_message_finds_what_stands_beside_it() {
    let both = json!({ "userId": "u1", "anonymousId": "d1" });
    let device = json!({ "anonymousId": "d1", "userId": null });
    for (who, fields) in [
        (&both, json!({ "event": "a" })),
        (&device, json!({ "event": 7, "timestamp": NOW - 5 })),
        (
            &both,
            json!({ "type": "page", "timestamp": "2026-01-05T10:00:00+02:00" }),
        ),
        (
            &both,
            json!({ "type": "alias", "previousId": "d2", "timestamp": "2026-01-05" }),
        ),
        (
            &device,
            json!({ "type": "screen", "timestamp": "2026-01-05T10:00:00+02:00",
                    "context": { "utcOffset": -90.5 } }),
        ),
        (
            &both,
            json!({ "type": "group", "groupId": 3, "originalTimestamp": "2026-01-05T10:00:00-01:00",
                    "context": { "utcOffset": 1e9 } }),
        ),
        (
            &both,
            json!({ "type": "identify", "timestamp": "2027-01-05T10:00:00+02:00",
                    "sentAt": "2027-01-05T10:00:01+02:00" }),
        ),
    ] {
        let mut event = fields;
        let who = who.as_object().unwrap().clone();
        event.as_object_mut().unwrap().extend(who);
        let stored = stored(event);
        let message: Message = serde_json::from_str(&stored.body).unwrap();
        assert_eq!(message.message_id.as_deref(), Some(&*stored.message_id));
        assert_eq!(message.user(), Some(&*stored.user));
        assert_eq!((message.kind, message.at()), (stored.kind, Some(stored.at)));
        assert_eq!(message.utc_offset(), stored.utc_offset, "{}", stored.body);
    }
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
            json!({ "type": "page", "userId": "u1\0" }),
            "`userId` holds a null character",
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
fn of_a_refused_event_is_kept_what_can_be_read() {
    let event = json!({ "messageId": "m1", "anonymousId": 7, "type": "trakc", "writeKey": "wk" });
    let refusal = refused(event);
    assert_eq!(refusal.message_id.as_deref(), Some("m1"));
    assert_eq!(refusal.user.as_deref(), Some("7"));
    assert_eq!(refusal.received_at, NOW);
    let body: Value = serde_json::from_str(&refusal.body).unwrap();
    assert_eq!(
        body,
        json!({ "messageId": "m1", "anonymousId": 7, "type": "trakc" })
    );

    // What is too large is cut, at the end of a character.
    let refusal = refused(json!({ "messageId": "m1", "x": "é".repeat(40_000) }));
    assert_eq!(refusal.message_id.as_deref(), Some("m1"));
    assert!(
        refusal.body.starts_with(r#"{"messageId":"m1""#),
        "{}",
        refusal.body
    );
    assert!((32_760..=32_768).contains(&refusal.body.len()));
}

#[test]
fn one_that_json_cannot_hold_is_refused_alone() {
    for (text, expected) in [
        (
            r#"{"userId":"u1","event":"\ud800"}"#,
            "the event is not readable as JSON: ",
        ),
        (
            r#"{"userId":"u1","event":"a","properties":{"n":1e999}}"#,
            "the event is not readable as JSON: ",
        ),
        (
            &format!("{}{}", "[".repeat(200), "]".repeat(200)),
            "the event is not readable as JSON: ",
        ),
    ] {
        let event: &RawValue = serde_json::from_str(text).unwrap();
        let refusal = check(event, Form::Batch, arrived(), &Limits::default(), new_id).unwrap_err();
        assert!(refusal.reason.starts_with(expected), "{}", refusal.reason);
        assert_eq!(refusal.body, text);
    }
}

#[test]
fn depth_and_number_of_keys_have_a_limit() {
    let nested = |depth: usize| {
        let inner = (2..depth).fold(json!({}), |inner, _| json!([inner]));
        json!({ "userId": "u1", "event": "a", "properties": { "x": inner } })
    };
    assert_eq!(stored(nested(31)).user, "u1");
    assert_eq!(
        reason(nested(32)),
        "an event has objects and arrays at most 32 deep"
    );
    let wide = |keys: usize| {
        let properties: Object = (0..keys).map(|n| (n.to_string(), json!(n))).collect();
        json!({ "userId": "u1", "event": "a", "properties": properties })
    };
    assert_eq!(stored(wide(997)).user, "u1");
    assert_eq!(reason(wide(998)), "an event has at most 1000 keys");
}

#[test]
fn a_wrong_clock_is_set_right_and_what_it_said_is_kept() {
    let event = |timestamp: &str, sent_at: &str| json!({ "type": "page", "userId": "u1", "timestamp": timestamp, "sentAt": sent_at });
    // Ten minutes ahead.
    let ahead = stored(event(
        "2026-01-05T10:08:00.000+01:00",
        "2026-01-05T09:10:00Z",
    ));
    assert_eq!(
        (ahead.at, ahead.skew, ahead.utc_offset),
        (NOW - 120_000, -600_000, 60)
    );
    let body: Value = serde_json::from_str(&ahead.body).unwrap();
    assert_eq!(body["timestamp"], "2026-01-05T09:58:00.000+01:00");
    assert_eq!(body["originalTimestamp"], "2026-01-05T10:08:00.000+01:00");
    let message: Message = serde_json::from_str(&ahead.body).unwrap();
    assert_eq!((message.at(), message.utc_offset()), (Some(ahead.at), 60));

    let right = stored(event("2026-01-05T08:58:00Z", "2026-01-05T09:01:00Z"));
    assert_eq!((right.at, right.skew), (NOW - 120_000, 0));
    let body: Value = serde_json::from_str(&right.body).unwrap();
    assert_eq!(body.get("originalTimestamp"), None);
}

#[test]
fn what_comes_from_a_log_is_believed_and_must_say_when() {
    let arrived = Arrived {
        live: false,
        ..arrived()
    };
    let check = |event: Value| {
        let event = serde_json::value::to_raw_value(&event).unwrap();
        check(&event, Form::Batch, arrived, &Limits::default(), new_id)
    };
    let event = json!({ "type": "page", "userId": "u1", "timestamp": "2020-01-01T00:00:00Z",
                        "sentAt": "2020-01-01T00:00:01Z" });
    let stored = check(event).unwrap();
    assert_eq!(
        (time::to_iso(stored.at), stored.skew),
        ("2020-01-01T00:00:00.000Z".into(), 0)
    );
    let refusal = check(json!({ "type": "page", "userId": "u1" })).unwrap_err();
    assert_eq!(
        refusal.reason,
        "`timestamp` is missing, and a log must say when"
    );
}
