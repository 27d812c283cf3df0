//! Real activity of public projects through `firstvalue replay` and through the collector: both
//! must come to the same milestones, to the millisecond.
//!
//! A small excerpt lies in `tests/git-history`. The whole histories are looked for in the folder
//! that `FIRSTVALUE_SUITES` names, under `datasets/git-*.jsonl.gz`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};

/// Moment and time to value of a milestone, by milestone and user.
type Reached = BTreeMap<(String, String), (i64, i64)>;

const KEY: &str = "write-key";
const TOKEN: &str = "admin-token";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn playbook() -> PathBuf {
    repository().join("tests/git-history/playbook.yaml")
}

fn by_replay(log: &Path) -> Reached {
    let output = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
        .args(["replay", "--format", "json", "--playbook"])
        .arg(playbook())
        .arg("--events")
        .arg(log)
        .output()
        .expect("replay runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = |line: &Value, key: &str| line[key].as_str().expect("text").to_owned();
    String::from_utf8(output.stdout)
        .expect("JSON is UTF-8")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a JSON line"))
        .filter(|line| line.get("milestone").is_some())
        .map(|line| {
            let at = firstvalue_model::time::timestamp(&text(&line, "at"))
                .expect("a moment")
                .at;
            let time_to_value = line["ttv_ms"].as_i64().expect("milliseconds");
            (
                (text(&line, "milestone"), text(&line, "user")),
                (at, time_to_value),
            )
        })
        .collect()
}

/// A collector that ends with the test.
struct Collector {
    process: Child,
    origin: String,
    _data: tempfile::TempDir,
}

impl Collector {
    fn start() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--write-key",
                KEY,
                "--admin-token",
                TOKEN,
            ])
            .arg("--playbook")
            .arg(playbook())
            .arg("--data")
            .arg(data.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("serve starts");
        let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let origin = lines
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("listening on ")?.1.trim().to_owned()))
            .expect("it says where it listens");
        Self {
            process,
            origin,
            _data: data,
        }
    }

    fn send(&self, batch: &[Value]) {
        let body = json!({ "writeKey": KEY, "batch": batch });
        let mut reply = ureq::post(format!("{}/v1/batch", self.origin))
            .send_json(body)
            .expect("the batch is taken");
        let reply: Value = reply.body_mut().read_json().expect("a JSON reply");
        for event in reply["events"].as_array().expect("each event's fate") {
            assert_eq!(event["status"], "ok", "{event}");
        }
    }

    fn reached(&self, milestone: &str) -> Vec<Value> {
        let path = format!("{}/api/milestones/{milestone}/users", self.origin);
        let (mut reached, mut after) = (Vec::new(), String::new());
        loop {
            let reply: Value = ureq::get(&path)
                .query("limit", "100")
                .query("after", &after)
                .header("authorization", format!("Bearer {TOKEN}"))
                .call()
                .expect("the milestone is known")
                .body_mut()
                .read_json()
                .expect("a JSON reply");
            reached.extend(reply["users"].as_array().expect("a list").iter().cloned());
            match reply["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => return reached,
            }
        }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn by_collector(log: &Path, until: i64) -> Reached {
    let collector = Collector::start();
    let mut bytes = Vec::new();
    std::fs::File::open(log)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .expect("the log");
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .expect("gzip");
    } else {
        text = String::from_utf8(bytes).expect("UTF-8");
    }
    let events: Vec<Value> = text
        .lines()
        .map(|line| {
            let mut event: Value = serde_json::from_str(line).expect("a JSON line");
            event["type"] = json!("track");
            event
        })
        .collect();
    for batch in events.chunks(500) {
        collector.send(batch);
    }
    let mut reached = Reached::new();
    for milestone in [
        "first-change",
        "three-active-weeks",
        "quiet-month",
        "came-back",
    ] {
        for user in collector.reached(milestone) {
            let at = user["reached_at"].as_i64().expect("a moment");
            let time_to_value = user["ttv_ms"].as_i64().expect("milliseconds");
            let name = user["user"].as_str().expect("a user").to_owned();
            // For the collector time goes on after the log has ended.
            if at <= until {
                reached.insert((milestone.to_owned(), name), (at, time_to_value));
            }
        }
    }
    reached
}

fn compare(log: &Path) -> usize {
    let replayed = by_replay(log);
    let until = replayed
        .values()
        .map(|(at, _)| *at)
        .max()
        .expect("something is reached");
    assert_eq!(by_collector(log, until), replayed, "{}", log.display());
    replayed.len()
}

#[test]
fn replay_and_collector_agree_on_the_excerpt() {
    // Counted by a script of twenty lines that looks at each person's whole history.
    assert_eq!(
        compare(&repository().join("tests/git-history/excerpt.jsonl")),
        88
    );
}

#[test]
fn replay_and_collector_agree_on_whole_histories() {
    let Some(suites) = std::env::var_os("FIRSTVALUE_SUITES") else {
        println!("skipped: FIRSTVALUE_SUITES does not name the folder with the histories");
        return;
    };
    for (project, reached) in [("shepherd", 280), ("posthog-js", 623), ("vector", 1637)] {
        let log = Path::new(&suites).join(format!("datasets/git-{project}.jsonl.gz"));
        assert_eq!(compare(&log), reached, "{project}");
    }
}
