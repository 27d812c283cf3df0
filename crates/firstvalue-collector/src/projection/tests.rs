use std::collections::BTreeMap;
use std::sync::LazyLock;

use firstvalue_engine::{Change, Decision, State, Subject};
use firstvalue_model::message::{MessageKind, PAGE_VIEWED};
use firstvalue_model::{source, time};
use firstvalue_store::sqlite::SqliteStore;
use firstvalue_store::{NewEvent, Store};
use proptest::prelude::*;

use super::known_user::Reached;
use super::*;

const PLAYBOOK: &str = "
version: 1
product: Ledgerly
milestones:
  activated: { title: Shared, when: { sequence: [a, b], within: 10s } }
  team-plan: { title: Team, when: { all: [ { account: { plan: team } }, { did: a } ] } }
  twice: { title: Twice, when: { did: a, times: { gte: 2 }, within: 5s } }
  together:
    per: account
    title: Two of them
    when: { users: { did: a }, count: { gte: 2 } }
  in-company: { title: In company, when: { milestone: together } }
";

fn playbook() -> CompiledPlaybook {
    static COMPILED: LazyLock<CompiledPlaybook> =
        LazyLock::new(|| firstvalue_engine::compile(&source::read(PLAYBOOK).playbook.unwrap()));
    COMPILED.clone()
}

/// Two users of one account, whose plan changes.
fn changing() -> Vec<Message> {
    read(
        r#"
        {"type":"group","userId":"u1","groupId":"g","timestamp":1,"traits":{"plan":"free"}}
        {"userId":"u1","event":"a","timestamp":2}
        {"userId":"u2","event":"a","timestamp":3}
        {"type":"group","userId":"u2","groupId":"g","timestamp":4,"traits":{"plan":"team"}}
        {"userId":"u1","event":"b","timestamp":5}
        {"userId":"u2","event":"a","timestamp":8}"#,
    )
}

/// One user, `u2`, is in an account before the other passes through it.
fn passing() -> Vec<Message> {
    read(
        r#"
        {"type":"group","userId":"u2","groupId":"g","timestamp":1}
        {"userId":"u2","event":"a","timestamp":2}
        {"type":"group","userId":"u1","groupId":"g","timestamp":3,"traits":{"plan":"team"}}
        {"type":"group","userId":"u1","groupId":"h","timestamp":4}
        {"userId":"u1","event":"a","timestamp":5}"#,
    )
}

/// Messages from lines whose times are in seconds.
fn read(lines: &str) -> Vec<Message> {
    let message = |line: &str| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = line["timestamp"].as_i64().unwrap() * 1_000;
        line["timestamp"] = time::to_iso(at).into();
        serde_json::from_value(line).unwrap()
    };
    lines.trim().lines().map(message).collect()
}

fn new(message: &Message, id: usize) -> NewEvent {
    NewEvent {
        message_id: id.to_string(),
        user: message.user().unwrap().to_owned(),
        kind: message.kind,
        name: None,
        at: message.at().unwrap(),
        received_at: 0,
        skew: 0,
        utc_offset: 0,
        body: serde_json::to_string(message).unwrap(),
    }
}

fn in_store(message: &Message, line: usize) -> StoredEvent {
    let new = new(message, 0);
    StoredEvent {
        position: position(line),
        at: new.at,
        received_at: 0,
        body: new.body,
    }
}

fn position(line: usize) -> Position {
    i64::try_from(line).unwrap().into()
}

/// Who has reached what, by milestone.
fn reached(projection: &Projection) -> Vec<BTreeMap<String, Reached>> {
    let milestones = 0..projection.rules.milestones.len();
    let of_milestone = |milestone| {
        let users = projection.population.users();
        let known = users.map(|(id, state)| KnownUser {
            id,
            state: Cow::Borrowed(state),
        });
        known
            .filter_map(|user| Some((user.id.to_owned(), user.reached(milestone)?)))
            .collect()
    };
    milestones.map(of_milestone).collect()
}

/// What `firstvalue replay` finds: the engine over the log by time, with all ids known beforehand.
fn replayed(log: &[Message]) -> Vec<BTreeMap<String, Reached>> {
    let mut log: Vec<&Message> = log.iter().collect();
    log.sort_by_key(|message| message.at());
    let mut joins = Joins::new();
    for message in &log {
        let call = Call::of(message, message.at().unwrap()).unwrap();
        call.joins.map(|id| joins.join(id, call.user));
    }
    let rules = playbook().rules;
    let (mut population, mut changes) = (Population::new(), Vec::new());
    for message in log {
        let call = Call::of(message, message.at().unwrap()).unwrap();
        let user = joins.of(call.user);
        population.apply(&rules, &Call { user, ..call }, &mut changes);
    }
    let mut reached = vec![BTreeMap::new(); rules.milestones.len()];
    for Decision { subject, change } in changes {
        if let (Subject::User(_), Change::Milestone { milestone, at, .. }) = (subject, change) {
            let user = population.name(subject).to_owned();
            let signup = population.user(&user).and_then(State::signup).unwrap();
            let time_to_value = at - signup;
            reached[milestone].insert(user, Reached { at, time_to_value });
        }
    }
    reached
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    of.iter()
        .flat_map(|&first| {
            let rest: Vec<_> = of.iter().copied().filter(|&n| n != first).collect();
            permutations(&rest)
                .into_iter()
                .map(move |rest| [&[first], &rest[..]].concat())
        })
        .collect()
}

/// A store with a log in the order of its lines.
async fn stored(log: &[Message]) -> (tempfile::TempDir, SqliteStore) {
    // Many are made, and nothing of them must last: in memory, where the system offers that.
    let memory = std::path::Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    };
    let store = SqliteStore::open(folder.path()).unwrap();
    let events = log.iter().enumerate();
    let events = events.map(|(line, message)| new(message, line)).collect();
    store.append(events, vec![]).await.unwrap();
    (folder, store)
}

/// Every order of a log, taken in chunks of the given lengths.
async fn check(log: &[Message], lengths: &[usize]) {
    let expected = replayed(log);
    let (_folder, store) = stored(log).await;
    let reader = store.reader().unwrap();
    let (mut runs, mut never_late) = (0, 0);
    for order in permutations(&(0..log.len()).collect::<Vec<_>>()) {
        let mut projection = Projection::new(playbook());
        let mut rest = order.iter();
        for &length in lengths {
            let lines = rest.by_ref().take(length);
            let chunk = lines.map(|&line| in_store(&log[line], line));
            projection.take_chunk(chunk.collect());
        }
        runs += 1;
        never_late += u32::from(projection.outdated.is_empty());
        projection.taken = position(log.len());
        projection.complete(&*reader).unwrap();
        assert_eq!(reached(&projection), expected, "{order:?}");
        assert_eq!(projection.events().0, log.len() as u64);
    }
    assert!(
        (1..runs).contains(&never_late),
        "both ways must be gone: {never_late} of {runs}"
    );
}

#[tokio::test]
async fn in_whatever_order_events_come_the_result_is_that_of_a_replay() {
    let count =
        |log: &[Message]| -> Vec<usize> { replayed(log).iter().map(BTreeMap::len).collect() };
    // By place, which is by id.
    assert_eq!(count(&changing()), [1, 2, 2, 0, 1]);
    check(&changing(), &[1, 2, 3]).await;
    assert_eq!(count(&passing()), [0, 0, 1, 0, 0]);
    check(&passing(), &[1, 1, 1, 1, 1]).await;
}

/// A message of somebody who may be known by another id.
fn message() -> impl Strategy<Value = Message> {
    let id = || prop::sample::select(vec!["u1", "u2", "u3", "d1", "d2"]);
    let kinds = prop::sample::select(vec!["a", "a", "b", "group", "group", "identify", "alias"]);
    let account = prop::sample::select(vec!["g", "h"]);
    (kinds, id(), id(), account, any::<bool>(), 1..12_i64).prop_map(
        |(kind, user, other, account, plan, at)| {
            let mut line =
                serde_json::json!({ "userId": user, "timestamp": time::to_iso(at * 1_000) });
            match kind {
                "group" => {
                    line["groupId"] = account.into();
                    line["traits"] =
                        serde_json::json!({ "plan": if plan { "team" } else { "free" } });
                }
                "identify" => {
                    line["anonymousId"] = other.into();
                    if plan {
                        line["traits"] = serde_json::json!({ "createdAt": 500 });
                    }
                }
                "alias" => line["previousId"] = other.into(),
                event => line["event"] = event.into(),
            }
            if line.get("event").is_none() {
                line["type"] = kind.into();
            }
            serde_json::from_value(line).unwrap()
        },
    )
}

#[tokio::test]
async fn what_comes_late_is_decided_anew_for_whom_it_concerns_when_somebody_asks() {
    let log = changing();
    let others = read(
        r#"
        {"type":"group","userId":"u7","groupId":"h","timestamp":20}
        {"userId":"u8","event":"a","timestamp":21}"#,
    );
    let everything = [&log[1..], &others].concat();
    let (_folder, store) = stored(&everything).await;
    let reader = store.reader().unwrap();
    let mut projection = Projection::new(playbook());
    projection.catch_up(&*reader).unwrap();
    assert!(projection.outdated.is_empty());
    assert_ne!(reached(&projection), replayed(&log));

    // Somebody else has written to the store: who is not concerned is not looked at again.
    let of_others = r#"UPDATE events SET body = '{}' WHERE user_id IN ('u7', 'u8')"#;
    rusqlite::Connection::open(_folder.path().join("firstvalue.db"))
        .unwrap()
        .execute_batch(of_others)
        .unwrap();
    store.append(vec![new(&log[0], 90)], vec![]).await.unwrap();
    projection.catch_up(&*reader).unwrap();
    assert_eq!(projection.outdated, HashSet::from(["u1".to_owned()]));
    projection.complete(&*reader).unwrap();
    assert_eq!(
        (
            projection.outdated.len(),
            projection.events().0,
            projection.taken
        ),
        (0, 8, position(8))
    );
    assert_eq!(reached(&projection), replayed(&[log, others].concat()));
    assert_eq!(projection.account_of("u7"), Some("h"));
}

#[test]
fn conditions_on_pages_hold_until_the_first_page_is_known_of() {
    const PAGES: &str = "
version: 1
product: Ledgerly
milestones:
  looked: { title: Looked, when: { all: [ { did: a }, { page: /reports/* } ] } }
";
    let playbook = firstvalue_engine::compile(&source::read(PAGES).playbook.unwrap());
    let log = read(
        r#"
        {"userId":"u1","event":"a","timestamp":1}
        {"userId":"u2","event":"a","timestamp":2}
        {"type":"page","userId":"u2","timestamp":3,"properties":{"path":"/reports/7"}}"#,
    );
    let stored: Vec<_> = (0..)
        .zip(&log)
        .map(|(line, message)| in_store(message, line))
        .collect();
    let who = |projection: &Projection| reached(projection)[0].keys().cloned().collect::<Vec<_>>();

    let mut projection = Projection::new(playbook);
    projection.take_chunk(stored[..2].to_vec());
    assert_eq!(who(&projection), ["u1", "u2"]);
    projection.take_chunk(stored[2..].to_vec());
    assert!(
        projection.stale,
        "what was decided without pages is to be decided anew"
    );

    let mut rebuilt = Projection::of(projection.playbook.clone(), projection.holds_pages);
    rebuilt.take_chunk(stored);
    assert_eq!(
        (rebuilt.stale, who(&rebuilt)),
        (false, vec!["u2".to_owned()])
    );
}

mod always_a_replay;
mod erasing;
mod while_idle;
