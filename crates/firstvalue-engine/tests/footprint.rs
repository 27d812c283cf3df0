//! How little the engine takes: allocations for what the playbook does not ask about, and bytes for
//! a year of a user's life.
#![allow(
    unsafe_code,
    clippy::expect_used,
    reason = "a test may fail; an allocator cannot be had without"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use firstvalue_engine::{Call, Population, Rules, State, compile};
use firstvalue_model::message::{Message, MessageKind};
use firstvalue_model::source;
use firstvalue_model::time::{DAY, Millis};
use serde_json::{Value, json};

/// The system's allocator, which counts.
struct Counting;

thread_local! {
    /// Tests run on threads of their own.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    /// The bytes that are held.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

fn count(more: usize, fewer: usize) {
    ALLOCATIONS.with(|count| count.set(count.get() + 1));
    HELD.with(|held| held.set(held.get().wrapping_add(more).wrapping_sub(fewer)));
}

// SAFETY: it is the system's, and counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: what holds for our caller holds for us.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.with(|held| held.set(held.get().wrapping_sub(layout.size())));
        // SAFETY: likewise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: likewise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(act: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    act();
    ALLOCATIONS.with(Cell::get) - before
}

fn rules(text: &str) -> Rules {
    let playbook = source::read(text).playbook;
    compile(&playbook.expect("a playbook without mistakes")).rules
}

fn ledgerly() -> Rules {
    rules(include_str!("../../../www/demo/playbook.yaml"))
}

fn message(json: Value) -> Message {
    serde_json::from_value(json).expect("a message")
}

fn track(event: &str, properties: Value) -> Message {
    message(json!({ "userId": "ann", "event": event, "properties": properties }))
}

struct Replay {
    rules: Rules,
    population: Population,
}

impl Replay {
    fn of(rules: Rules) -> Self {
        let population = Population::new();
        Self { rules, population }
    }

    fn apply(&mut self, at: Millis, message: &Message) {
        let call = Call::of(message, at).expect("somebody");
        self.population.apply(&self.rules, &call, &mut Vec::new());
    }
}

#[test]
fn an_event_that_no_atom_names_allocates_nothing() {
    let of_accounts = "version: 1\nproduct: Test\nmilestones: { busy: { per: account, when: \
        { users: { did: report.created, within: 14d }, count: { gte: 3 } } } }";
    for rules in [ledgerly(), rules(of_accounts)] {
        let mut replay = Replay::of(rules);
        let group = json!({ "type": "group", "userId": "ann", "groupId": "acme" });
        let group = message(group);
        assert!(allocations(|| replay.apply(0, &group)) > 0, "it counts");
        replay.apply(1, &track("report.created", json!({ "rows": 3 })));
        let nobody_asks = track(
            "row.selected",
            json!({ "row": 7, "of": { "many": [1, 2] } }),
        );
        assert_eq!(allocations(|| replay.apply(2, &nobody_asks)), 0);
        // Time passes with it as with any other.
        assert_eq!(allocations(|| replay.apply(100, &nobody_asks)), 0);
    }
}

/// What somebody does in a year of daily use.
fn year() -> Vec<(Millis, Message)> {
    days(365)
}

/// What somebody does in days of daily use, by the minute: a session a day with pages, reports, and
/// now and then a guide.
fn days(days: i64) -> Vec<(Millis, Message)> {
    let mut log = vec![(
        0,
        message(json!({ "type": "identify", "userId": "ann", "traits": {
        "name": "Ann Example", "email": "ann@example.com", "role": "admin", "plan": "pro",
        "createdAt": "1970-01-01T00:00:00Z", "locale": "en-GB",
    } })),
    )];
    let group = json!({ "type": "group", "userId": "ann", "groupId": "acme", "traits": {
        "name": "Acme Inc.", "plan": "pro", "seats": 25, "industry": "steel",
    } });
    log.push((1, message(group)));
    for day in 0..days {
        let mut at = day * DAY + 8 * 3_600_000;
        let mut say = |message| {
            at += 60_000;
            log.push((at, message));
        };
        say(track("session.started", json!({})));
        for page in 0..20 {
            let path = format!("/demo/reports/r-{}", (day * 7 + page) % 50);
            say(message(
                json!({ "type": "page", "userId": "ann", "properties": { "path": path } }),
            ));
            say(track("row.selected", json!({ "row": page })));
        }
        say(track(
            "report.created",
            json!({ "rows": day, "template": "cash-flow" }),
        ));
        say(track("report.exported", json!({ "format": "pdf" })));
        say(track("report.shared", json!({ "with": day % 5 })));
        if day % 30 == 0 {
            for guide in [
                "welcome",
                "first-report-tour",
                "schedule-hint",
                "invite-banner",
            ] {
                for event in ["guide.shown", "guide.step_shown", "guide.dismissed"] {
                    say(track(event, json!({ "guide": guide, "step": 0 })));
                }
            }
        }
    }
    log
}

#[test]
fn a_year_of_daily_use_is_remembered_in_two_kilobytes() {
    let mut replay = Replay::of(ledgerly());
    for (at, message) in year() {
        replay.apply(at, &message);
    }
    let state = replay.population.user("ann").expect("she is known");
    let saved = state.save(&replay.rules);
    assert!(saved.len() < 2_048, "{} bytes", saved.len());
    let again = State::load(&replay.rules, &saved).expect("what was saved can be loaded");
    let reached = |state: &State| {
        let places = 0..replay.rules.milestones.len();
        places
            .map(|place| state.milestone(place))
            .collect::<Vec<_>>()
    };
    assert_eq!(reached(&again), reached(state));
    assert!(
        reached(state).iter().all(Option::is_some),
        "she got everywhere"
    );
}

/// The bytes that are held for each of many users, in accounts of ten, after so many days of daily
/// use.
fn held_after(of_days: i64) -> usize {
    const USERS: i64 = 100;
    let log = days(of_days);
    let before = HELD.with(Cell::get);
    let mut replay = Replay::of(ledgerly());
    let rules = HELD.with(Cell::get);
    for user in 0..USERS {
        for (at, message) in &log {
            let mut message = message.clone();
            message.user_id = Some(format!("user-{user:04}"));
            message.group_id = message.group_id.map(|id| format!("{id}-{}", user / 10));
            // As the demo product's own history has it.
            if message.kind == MessageKind::Identify {
                let email = format!("user-{user:04}@customer.example");
                let created = "1970-01-01T00:00:00.000Z";
                let traits = json!({ "createdAt": created, "role": "analyst", "email": email });
                message.traits = traits.as_object().cloned();
            }
            replay.apply(*at, &message);
        }
    }
    assert!(rules > before, "it counts");
    (HELD.with(Cell::get) - rules) / USERS as usize
}

#[test]
fn a_user_takes_a_kilobyte_however_long_the_log() {
    let held = held_after(40);
    assert_eq!(held_after(80), held);
    assert!((512..1_024).contains(&held), "{held} bytes");
}
