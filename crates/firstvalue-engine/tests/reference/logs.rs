//! Random logs: a few messages of a few users and accounts within a few milliseconds, just before
//! and after the midnight at which a Monday begins.

use firstvalue_model::message::{Message, MessageKind, guide_event};
use firstvalue_model::time::{self, DAY, Millis};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::conditions::{object, select};
use crate::shown::Shown;

/// 1970-01-05, a Monday.
pub const MONDAY: Millis = 4 * DAY;

/// Until when is looked: beyond everything that a log and a playbook can bring about.
pub const UNTIL: Millis = MONDAY + 60;

/// Who may be in a log.
pub const ONE: &[&str] = &["u0"];
pub const THREE: &[&str] = &["u0", "u0", "u1", "u2"];

/// A log in the order in which it arrives: mostly by time, with a few late ones if `late`.
pub fn logs(
    users: &'static [&'static str],
    late: bool,
) -> impl Strategy<Value = Shown<Vec<(Message, Millis)>>> {
    prop::collection::vec((messages(users), -6..24_i64, 0..6_u8), 1..10).prop_map(move |lines| {
        let mut lines: Vec<_> = lines
            .into_iter()
            .map(|(message, at, delay)| {
                let delay = if late && delay == 0 { 8 } else { 0 };
                (at + delay, message, MONDAY + at)
            })
            .collect();
        lines.sort_by_key(|(arrives, ..)| *arrives);
        let lines = lines.into_iter().map(|(_, message, at)| (message, at));
        Shown(lines.collect())
    })
}

fn messages(users: &'static [&'static str]) -> impl Strategy<Value = Message> {
    let before = option::weighted(0.3, select(users));
    (select(users), before, offsets(), said()).prop_map(|(user, before, offset, message)| Message {
        user_id: Some(user.to_owned()),
        // Only `identify` and `alias` calls join the two.
        anonymous_id: before.map(str::to_owned),
        previous_id: before.map(str::to_owned),
        context: offset.map(|offset| object(json!({ "utcOffset": offset }))),
        ..message
    })
}

/// Minutes from UTC, at which midnight or the week's end are where nobody looks for them.
fn offsets() -> impl Strategy<Value = Option<i32>> {
    option::weighted(0.4, select(&[-1_440, -1, 1, 1_440]))
}

fn said() -> impl Strategy<Value = Message> {
    prop_oneof![
        8 => (select(&["a", "a", "b", "c"]), properties()).prop_map(|(name, properties)| Message {
            event: Some(name.to_owned()),
            properties: Some(object(properties)),
            ..Message::default()
        }),
        4 => guide_reports(),
        2 => select(&["/a", "/a/b", "/"]).prop_map(|path| Message {
            kind: MessageKind::Page,
            properties: Some(object(json!({ "path": path, "n": 0 }))),
            ..Message::default()
        }),
        1 => Just(Message { kind: MessageKind::Page, ..Message::default() }),
        2 => user_traits().prop_map(|traits| Message {
            kind: MessageKind::Identify,
            traits: Some(object(traits)),
            ..Message::default()
        }),
        5 => (select(&["x", "x", "y"]), option::of(account_traits())).prop_map(|(id, traits)| Message {
            kind: MessageKind::Group,
            group_id: Some(id.to_owned()),
            traits: traits.map(object),
            ..Message::default()
        }),
        1 => select(&[MessageKind::Screen, MessageKind::Alias, MessageKind::Group])
            .prop_map(|kind| Message { kind, ..Message::default() }),
    ]
}

fn properties() -> impl Strategy<Value = Value> {
    let values = prop_oneof![
        4 => (-1..4_i64).prop_map(|v| json!(v)),
        1 => Just(json!(1.0)),
        1 => Just(json!(0.1)),
        1 => Just(json!("1")),
        1 => Just(json!(null)),
        1 => Just(json!([1])),
        1 => Just(json!([1.0])),
    ];
    (0..2_i64, option::weighted(0.8, values)).prop_map(|(n, v)| match v {
        Some(v) => json!({ "n": n, "v": v }),
        None => json!({ "n": n }),
    })
}

fn guide_reports() -> impl Strategy<Value = Message> {
    let names = select(&[
        guide_event::SHOWN,
        guide_event::COMPLETED,
        guide_event::DISMISSED,
        guide_event::SNOOZED,
    ]);
    (names, select(&["g0", "g0", "g1"])).prop_map(|(name, guide)| Message {
        event: Some(name.to_owned()),
        properties: Some(object(json!({ "guide": guide }))),
        ..Message::default()
    })
}

fn user_traits() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => select(&["admin", "member"]).prop_map(|role| json!({ "role": role })),
        2 => sign_ups(),
        1 => (0..9_i64).prop_map(|nps| json!({ "nps": nps, "of": { "x": nps } })),
    ]
}

fn account_traits() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(json!({})),
        3 => select(&["pro", "trial"]).prop_map(|plan| json!({ "plan": plan })),
        2 => sign_ups(),
        1 => (0..9_i64).prop_map(|seats| json!({ "seats": seats, "of": { "x": "many" } })),
    ]
}

fn sign_ups() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => (-20..20_i64).prop_map(|at| json!({ "createdAt": MONDAY + at })),
        2 => (-20..20_i64).prop_map(|at| json!({ "createdAt": time::to_iso(MONDAY + at) })),
        1 => select(&["yesterday", ""]).prop_map(|text| json!({ "createdAt": text })),
        1 => Just(json!({ "createdAt": null })),
    ]
}
