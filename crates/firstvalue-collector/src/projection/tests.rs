use std::collections::BTreeMap;
use std::sync::LazyLock;

use firstvalue_model::message::MessageKind;
use firstvalue_model::{source, time};
use firstvalue_store::{NewEvent, Store};

use super::*;

const PLAYBOOK: &str = "
version: 1
product: Ledgerly
milestones:
  activated: { title: Shared, when: { sequence: [a, b], within: 10s } }
  team-plan: { title: Team, when: { all: [ { account: { plan: team } }, { did: a } ] } }
  twice: { title: Twice, when: { did: a, times: { gte: 2 }, within: 5s } }
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
        kind: MessageKind::Track,
        name: None,
        at: message.at().unwrap(),
        received_at: 0,
        skew: 0,
        utc_offset: 0,
        body: serde_json::to_string(message).unwrap(),
    }
}

fn in_store(message: &Message, arrival: Arrival) -> StoredEvent {
    let new = new(message, 0);
    StoredEvent {
        arrival,
        at: new.at,
        received_at: 0,
        body: new.body,
    }
}

/// What `firstvalue replay` finds: the engine over the log by time.
fn replayed(log: &[Message]) -> Vec<BTreeMap<String, Reached>> {
    let rules = playbook().rules;
    let (mut population, mut changes) = (Population::new(), Vec::new());
    for message in log {
        let call = Call::of(message, message.at().unwrap()).unwrap();
        population.apply(&rules, &call, &mut changes);
    }
    let mut reached = vec![BTreeMap::new(); rules.milestones.len()];
    for Decision { subject, change } in changes {
        let user = population.name(subject).to_owned();
        if let Change::Milestone {
            milestone,
            at,
            time_to_value,
        } = change
        {
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

/// As the projection itself, from a log in memory.
fn rebuilt(arrived: &[StoredEvent]) -> Projection {
    let mut projection = Projection::new(playbook());
    projection.take_chunk(arrived.to_vec());
    assert!(!projection.stale);
    projection
}

/// Every order of a log, taken in chunks of the given lengths.
fn check(log: &[Message], lengths: &[usize]) {
    let expected = replayed(log);
    let (mut runs, mut never_late) = (0, 0);
    for order in permutations(&(0..log.len()).collect::<Vec<_>>()) {
        // Whoever asks on the way gets everything, which builds anew if need be.
        for asked in [false, true] {
            let mut projection = Projection::new(playbook());
            let (mut arrived, mut late) = (Vec::new(), false);
            for &length in lengths {
                let chunk: Vec<_> = order[arrived.len()..arrived.len() + length]
                    .iter()
                    .map(|&line| in_store(&log[line], line as Arrival))
                    .collect();
                arrived.extend(chunk.clone());
                projection.take_chunk(chunk);
                if projection.stale && (asked || arrived.len() == log.len()) {
                    projection = rebuilt(&arrived);
                    late = true;
                }
            }
            assert_eq!(projection.reached, expected, "{order:?}");
            assert_eq!(projection.events().0, log.len() as u64);
            runs += 1;
            never_late += u32::from(!late);
        }
    }
    assert!(
        (1..runs).contains(&never_late),
        "both ways must be gone: {never_late} of {runs}"
    );
}

#[test]
fn in_whatever_order_events_come_the_result_is_that_of_a_replay() {
    let reached =
        |log: &[Message]| -> Vec<usize> { replayed(log).iter().map(BTreeMap::len).collect() };
    assert_eq!(reached(&changing()), [1, 2, 1]);
    check(&changing(), &[1, 2, 3]);
    assert_eq!(reached(&passing()), [0, 1, 0]);
    check(&passing(), &[1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn what_comes_late_makes_everything_be_built_anew_when_somebody_asks() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let reader = store.reader().unwrap();
    let mut projection = Projection::new(playbook());
    let log = changing();
    for (line, message) in log.iter().enumerate().skip(1) {
        store
            .append(vec![new(message, line)], vec![])
            .await
            .unwrap();
        projection.catch_up(&reader).unwrap();
        assert!(!projection.stale);
    }
    assert_ne!(projection.reached, replayed(&log));

    store.append(vec![new(&log[0], 0)], vec![]).await.unwrap();
    projection.catch_up(&reader).unwrap();
    assert!(projection.stale);
    store.append(vec![new(&log[5], 99)], vec![]).await.unwrap();
    projection.catch_up(&reader).unwrap();
    assert_eq!(projection.events().0, 5);

    projection.complete(&reader).unwrap();
    assert_eq!(
        (projection.stale, projection.events().0, projection.taken),
        (false, 7, 7)
    );
    assert_eq!(projection.reached, replayed(&log));
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
    let reached =
        |projection: &Projection| projection.reached[0].keys().cloned().collect::<Vec<_>>();

    let mut projection = Projection::new(playbook);
    projection.take_chunk(stored[..2].to_vec());
    assert_eq!(reached(&projection), ["u1", "u2"]);
    projection.take_chunk(stored[2..].to_vec());
    assert!(
        projection.stale,
        "what was decided without pages is to be decided anew"
    );

    let mut rebuilt = Projection::of(projection.playbook.clone(), projection.holds_pages);
    rebuilt.take_chunk(stored);
    assert_eq!(
        (rebuilt.stale, reached(&rebuilt)),
        (false, vec!["u2".to_owned()])
    );
}
