//! What can happen to a store.

use firstvalue_model::message::{MessageKind, PAGE_VIEWED};
use firstvalue_store::{Deed, Erased, Erasure, Key, NewEvent, NewPlaybook, NewRefusal};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::answers::Asking;

pub const IDS: [&str; 5] = ["u1", "u2", "u3", "d1", "d2"];
pub const ACCOUNTS: [&str; 2] = ["acme", "other"];
pub const ACTORS: [&str; 2] = ["ann", "file"];
pub const WORKED_OUT_BY: [[u8; 32]; 2] = [[1; 32], [2; 32]];

#[derive(Debug, Clone)]
pub enum Happens {
    /// A block came in, as often as that; it may hold what was in others, or the same twice.
    Appended(Vec<NewEvent>, Vec<NewRefusal>, usize),
    Erased(Erasure),
    Forgotten(i64, u32),
    Published(NewPlaybook),
    Noted(Deed),
    /// A snapshot was kept, of what there is, or was made before so many events were taken out.
    Kept([u8; 32], i64),
    SnapshotRemoved,
    /// The store was closed and opened again.
    Opened,
}

impl Happens {
    /// Has it happen to a store, and says what that told.
    pub async fn to(&self, asking: &Asking) -> String {
        let store = &asking.store;
        match self.clone() {
            Self::Appended(events, refused, times) => {
                let mut told = Vec::new();
                for _ in 0..times {
                    let fates = store.append(events.clone(), refused.clone()).await;
                    told.push(fates.unwrap());
                }
                format!("{told:?}")
            }
            Self::Erased(whom) => {
                let deed = |erased: &Erased| deed(&format!("{} events", erased.events));
                let mut erased = store.erase(whom, Box::new(deed)).await.unwrap();
                erased.touched.users.sort();
                erased.touched.accounts.sort();
                format!("{erased:?}")
            }
            Self::Forgotten(moment, limit) => {
                format!("{:?}", store.forget_before(moment, limit).await.unwrap())
            }
            Self::Published(playbook) => format!("{:?}", store.publish(playbook).unwrap()),
            Self::Noted(deed) => format!("{:?}", store.note(deed).await.unwrap()),
            Self::Kept(by, before) => {
                let last = asking.reader.last().unwrap();
                let removals = asking.reader.removals().unwrap() - before;
                let key = Key {
                    by,
                    taken: last,
                    removals,
                };
                format!("{:?}", store.keep_snapshot(&key, b"body").unwrap())
            }
            Self::SnapshotRemoved => format!("{:?}", store.remove_snapshot().unwrap()),
            Self::Opened => {
                store.probe().await.unwrap();
                assert!(store.is_open());
                format!("{:?}", store.status().failing)
            }
        }
    }
}

pub fn happenings() -> impl Strategy<Value = Vec<Happens>> {
    let blocks = (
        prop::collection::vec(events(), 0..6),
        prop::collection::vec(refusals(), 0..3),
        1..3_usize,
    );
    let happens = prop_oneof![
        8 => blocks.prop_map(|(events, refused, times)| Happens::Appended(events, refused, times)),
        3 => (select(&IDS), any::<bool>()).prop_map(|(user, joined)| {
            Happens::Erased(Erasure { user: user.to_owned(), joined })
        }),
        1 => (0..12_i64, 0..4_u32).prop_map(|(at, limit)| Happens::Forgotten(at, limit)),
        1 => select(&ACTORS).prop_map(|actor| Happens::Published(playbook(actor))),
        1 => Just(Happens::Noted(deed("noted"))),
        2 => (select(&WORKED_OUT_BY), 0..2_i64).prop_map(|(by, before)| Happens::Kept(by, before)),
        1 => Just(Happens::SnapshotRemoved),
        1 => Just(Happens::Opened),
    ];
    prop::collection::vec(happens, 1..12)
}

fn events() -> impl Strategy<Value = NewEvent> {
    let other = || option::weighted(0.5, select(&IDS));
    let account = select(&ACCOUNTS);
    let value = select(vec![
        json!(1),
        json!(2.5),
        json!("3"),
        json!(true),
        json!(null),
    ]);
    (
        0..40_u32,
        0..6_u8,
        select(&IDS),
        other(),
        account,
        value,
        0..12_i64,
    )
        .prop_map(|(message, kind, user, other, account, value, at)| {
            use MessageKind::{Alias, Group, Identify, Page, Track};
            let mut body = json!({ "messageId": message, "anonymousId": other });
            // Ids of devices are no ids of users.
            if user.starts_with('u') {
                body["userId"] = user.into();
            }
            let (kind, name) = match kind {
                0 => (Identify, None),
                1 => (Group, None),
                2 => (Alias, None),
                3 => (Page, Some(PAGE_VIEWED)),
                4 => (Track, Some("outcome.recorded")),
                _ => (Track, Some("a")),
            };
            match kind {
                Group => body["groupId"] = account.into(),
                Alias => body["previousId"] = other.into(),
                Track => body["properties"] = json!({ "outcome": "hours", "value": value }),
                _ => {}
            }
            NewEvent {
                message_id: format!("m{message}"),
                user: user.to_owned(),
                kind,
                name: name.map(str::to_owned),
                at,
                received_at: at + 5,
                skew: at % 3,
                utc_offset: 60,
                body: body.to_string(),
            }
        })
}

fn refusals() -> impl Strategy<Value = NewRefusal> {
    (0..12_i64, option::of(select(&IDS))).prop_map(|(received_at, user)| NewRefusal {
        received_at,
        message_id: Some(format!("r{received_at}")),
        user: user.map(str::to_owned),
        reason: "odd".to_owned(),
        body: "{".to_owned(),
    })
}

/// Somebody did something.
pub fn event(message: u32, at: i64) -> NewEvent {
    NewEvent {
        message_id: format!("m{message}"),
        user: "u1".to_owned(),
        kind: MessageKind::Track,
        name: None,
        at,
        received_at: at,
        skew: 0,
        utc_offset: 0,
        body: json!({ "messageId": message, "userId": "u1" }).to_string(),
    }
}

fn playbook(actor: &str) -> NewPlaybook {
    NewPlaybook {
        at: 7,
        actor: actor.to_owned(),
        note: "new".to_owned(),
        text: format!("of {actor}"),
    }
}

fn deed(detail: &str) -> Deed {
    Deed {
        at: 9,
        actor: "ann".to_owned(),
        action: "noted",
        subject: "something".to_owned(),
        detail: detail.to_owned(),
    }
}
