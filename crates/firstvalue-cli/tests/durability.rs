//! What was answered 200 is on disk, once, whenever the process is killed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod serving;

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use ureq::Agent;

use serving::{Server, agent};

/// How often the process is killed, unless `FIRSTVALUE_KILLS` says so.
const KILLS: u32 = 15;
const SENDERS: u32 = 4;

/// However slow the machine: no further round begins after this, if nobody has said how many.
const LONGEST: Duration = Duration::from_secs(25);

/// How many rounds, and how long they may take.
fn rounds() -> (u32, Duration) {
    match std::env::var("FIRSTVALUE_KILLS") {
        Ok(kills) => (kills.parse().expect("a number of kills"), Duration::MAX),
        Err(_) => (KILLS, LONGEST),
    }
}

/// Ten events: nine of its own, and one that all senders of the round send.
fn batch(round: u32, sender: u32, number: u32) -> Vec<String> {
    let own = (0..9).map(|n| format!("{round}-{sender}-{number}-{n}"));
    own.chain([format!("{round}-shared-{number}")]).collect()
}

/// Sends a batch of events, each with a text of so many bytes; the fate of each event if the answer was 200.
fn send(agent: &Agent, origin: &str, ids: &[String], bytes: usize) -> Option<Vec<String>> {
    let text = "x".repeat(bytes);
    let events: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({ "type": "track", "messageId": id, "userId": "u1", "event": "report.created",
                          "properties": { "text": text } })
        })
        .collect();
    let body = json!({ "writeKey": "wk", "batch": events });
    let mut answer = agent
        .post(format!("{origin}/v1/batch"))
        .send_json(body)
        .ok()?;
    if answer.status() != 200 {
        return None;
    }
    let answer: Value = answer.body_mut().read_json().ok()?;
    let events = answer["events"].as_array().expect("fates");
    let fate = |event: &Value| event["status"].as_str().expect("a status").to_owned();
    Some(events.iter().map(fate).collect())
}

/// What one sender knows.
#[derive(Default)]
struct Sent {
    answered: Vec<(String, String)>,
    unanswered: Vec<Vec<String>>,
}

/// Sends batches one after the other until one is not answered.
fn stream(origin: &str, round: u32, sender: u32, bytes: usize) -> Sent {
    let (agent, mut sent) = (agent(), Sent::default());
    for number in 0.. {
        let ids = batch(round, sender, number);
        match send(&agent, origin, &ids, bytes) {
            Some(fates) => sent.answered.extend(ids.into_iter().zip(fates)),
            None => {
                sent.unanswered.push(ids);
                break;
            }
        }
    }
    sent
}

/// How often each message is in the database.
fn stored(data: &Path) -> HashMap<String, u32> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(data.join("firstvalue.db"), flags).expect("opens");
    let mut statement = database
        .prepare("SELECT message_id FROM events")
        .expect("its table");
    let mut counts = HashMap::new();
    for id in statement
        .query_map([], |row| row.get::<_, String>(0))
        .expect("its rows")
    {
        *counts.entry(id.expect("an id")).or_default() += 1;
    }
    counts
}

/// Each of these must be there.
fn check(data: &Path, answered: &[(String, String)]) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(data.join("firstvalue.db"), flags).expect("opens");
    let mut statement = database
        .prepare("SELECT count(*) FROM events WHERE message_id = ?1")
        .expect("its table");
    for (id, fate) in answered {
        let count: u32 = statement
            .query_one([id], |row| row.get(0))
            .expect("a count");
        assert_eq!(count, 1, "{id} was answered with {fate}");
    }
}

/// Moments that differ from run to run.
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970");
        println!("seed {}", now.as_nanos());
        Self(now.as_nanos() as u64 | 1)
    }

    /// A time below `longest` (xorshift).
    fn next(&mut self, longest: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        longest.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

#[test]
fn what_was_answered_survives_a_kill_at_any_moment_and_is_there_once() {
    let mut moments = Moments::new();
    kill_again_and_again(rounds(), 0, |_| {
        thread::sleep(moments.next(Duration::from_millis(500)));
    });
}

/// While the log, which has become long, is copied into the database.
#[test]
fn what_was_answered_survives_a_kill_in_the_middle_of_copying() {
    let mut moments = Moments::new();
    let large = 30_000;
    kill_again_and_again((4, LONGEST), large, |data| {
        let size = || {
            data.join("firstvalue.db")
                .metadata()
                .map_or(0, |file| file.len())
        };
        let (before, begun) = (size(), Instant::now());
        while size() == before && begun.elapsed() < LONGEST {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(moments.next(Duration::from_millis(30)));
    });
}

/// Kills the process so often, each time when `wait` returns, while batches come in whose events have a text of
/// so many bytes; whatever it answered must be there.
fn kill_again_and_again(
    (kills, longest): (u32, Duration),
    bytes: usize,
    mut wait: impl FnMut(&Path),
) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let begun = Instant::now();
    let mut sent_ids = HashSet::new();
    let mut answered: Vec<(String, String)> = Vec::new();
    let mut unanswered: Vec<Vec<String>> = Vec::new();
    let (mut rounds, mut cut_off, mut checked) = (0, 0, 0);
    while rounds < kills && begun.elapsed() < longest {
        let server = Server::start(&data);
        // Before anything is sent again, which could hide a loss. What was there once cannot be lost
        // without a trace at the end, where everything is looked at.
        check(&data, &answered[checked..]);
        checked = answered.len();
        for ids in unanswered.drain(..) {
            let fates = send(&agent(), &server.origin, &ids, bytes).expect("an answer");
            answered.extend(ids.into_iter().zip(fates));
        }
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let origin = server.origin.clone();
                thread::spawn(move || stream(&origin, rounds, sender, bytes))
            })
            .collect();
        wait(&data);
        server.kill();
        for sender in senders {
            let sent = sender.join().expect("a sender");
            answered.extend(sent.answered);
            cut_off += sent.unanswered.len();
            unanswered.extend(sent.unanswered);
        }
        sent_ids.extend(answered.iter().map(|(id, _)| id.clone()));
        rounds += 1;
    }

    let server = Server::start(&data);
    for ids in unanswered {
        let fates = send(&agent(), &server.origin, &ids, bytes).expect("an answer");
        sent_ids.extend(ids.iter().cloned());
        answered.extend(ids.into_iter().zip(fates));
    }
    let found = stored(&data);
    assert_eq!(found.keys().cloned().collect::<HashSet<_>>(), sent_ids);
    assert!(found.values().all(|&count| count == 1));
    // Only one of those who sent the same event was told that it is new.
    let mut new = HashSet::new();
    for (id, fate) in &answered {
        assert!(
            fate == "duplicate" || (fate == "ok" && new.insert(id)),
            "{id} {fate} twice"
        );
    }
    let mut overview = agent()
        .get(format!("{}/api/overview", server.origin))
        .header("authorization", "Bearer at")
        .call()
        .expect("an answer");
    let overview: Value = overview.body_mut().read_json().expect("JSON");
    assert_eq!(overview["events"]["total"], found.len());
    assert!(server.terminate().success());
    println!(
        "{rounds} rounds: {} answered events, {} stored, {cut_off} batches cut off",
        answered.len(),
        found.len()
    );
    assert!(
        rounds >= 3 && answered.len() > 100,
        "too slow to show anything"
    );
}

#[test]
fn asked_to_stop_it_answers_what_has_begun_and_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let origin = server.origin.clone();
            thread::spawn(move || stream(&origin, 0, sender, 0))
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    assert!(server.terminate().success());
    assert!(
        !data.join("firstvalue.db-wal").exists(),
        "the database was not closed"
    );
    let found = stored(&data);
    for sender in senders {
        for (id, _) in sender.join().expect("a sender").answered {
            assert_eq!(found.get(&id), Some(&1), "{id}");
        }
    }
}

#[test]
fn without_flags_it_makes_keys_and_shows_them_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || {
        let mut process = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its first line");
        let origin = line
            .trim()
            .strip_prefix("listening on ")
            .expect("an address")
            .to_owned();
        assert!(
            Server {
                process,
                origin: origin.clone()
            }
            .terminate()
            .success()
        );
        let shown: Vec<String> = output.lines().map(|line| line.expect("a line")).collect();
        (origin, shown)
    };
    let (origin, shown) = start();
    let kept = std::fs::read_to_string(folder.path().join("firstvalue-data/keys.json"));
    let kept: Value = serde_json::from_str(&kept.expect("kept keys")).expect("JSON");
    let value = |name: &str| {
        let line = shown.iter().find_map(|line| line.strip_prefix(name));
        line.expect("it is shown").to_owned()
    };
    for (name, key) in [("write key: ", "writeKey"), ("admin token: ", "adminToken")] {
        let hash = kept[key].as_str().expect("a hash");
        assert!(hash.starts_with("sha256:") && !hash.contains(&value(name)[3..]));
    }
    assert_eq!(kept["identitySecret"], value("identity secret: "));
    let token = value("admin token: ");
    assert!(shown.contains(&format!("dashboard: {origin}/#token={token}")));
    assert_eq!(start().1, Vec::<String>::new());
}
