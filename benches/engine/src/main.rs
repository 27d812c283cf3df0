//! Times the engine natively; `run.mjs` calls it and reads the one JSON object that it prints.
//!
//! ```text
//! firstvalue-bench-engine check RULES NAMES EVENTS
//! firstvalue-bench-engine time RULES NAMES HISTORY EVENTS USERS ROUNDS
//! ```

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use firstvalue_bench_engine::Contestant;
use firstvalue_bench_engine::workload::{Workload, hash};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = match words.split_first() {
        Some((task, numbers)) => {
            let numbers: Result<Vec<u32>, _> = numbers.iter().map(|word| word.parse()).collect();
            match (*task, numbers.as_deref()) {
                ("check", Ok(&[rules, names, events])) => check(Workload { rules, names }, events),
                ("time", Ok(&[rules, names, history, events, users, rounds])) => time(
                    Workload { rules, names },
                    [history, events, users, rounds].map(|number| number as usize),
                ),
                _ => Value::Null,
            }
        }
        None => Value::Null,
    };
    println!("{said}");
    match said {
        Value::Null => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// What holds after each event, in one number; and how often that changed.
fn check(workload: Workload, events: u32) -> Value {
    let mut contestant = Contestant::new(workload.rules, workload.names);
    let (mut holding, mut digest, mut changes) = (0_u32, 0_u32, 0_usize);
    for (name, at) in workload.log().take(events as usize) {
        let changed = contestant.apply_numbered(name, at as f64);
        for place in 0..changed {
            holding ^= hash(contestant.change(place) >> 1);
        }
        changes += changed;
        digest = hash(digest ^ holding);
    }
    json!({ "digest": digest, "changes": changes })
}

/// Nanoseconds per event once there is so much history, for each round. In a round each of
/// several users brings events one after the other; the history before them is not timed.
fn time(workload: Workload, [history, events, users, rounds]: [usize; 4]) -> Value {
    let log: Vec<(u32, f64)> = workload
        .log()
        .take(history + events)
        .map(|(name, at)| (name, at as f64))
        .collect();
    let (before, timed) = log.split_at(history);
    let mut contestant = Contestant::new(workload.rules, workload.names);
    let bring = |contestant: &mut Contestant, log: &[(u32, f64)]| {
        for &(name, at) in log {
            black_box(contestant.apply_numbered(name, at));
        }
    };
    let ns = (0..rounds).map(|_| {
        let mut spent = Duration::ZERO;
        for _ in 0..users {
            bring(&mut contestant, before);
            let started = Instant::now();
            bring(&mut contestant, timed);
            spent += started.elapsed();
            contestant.reset();
        }
        spent.as_nanos() as f64 / (events * users) as f64
    });
    json!({ "ns": ns.collect::<Vec<f64>>() })
}
