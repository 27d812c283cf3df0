//! Writes a log of any length to standard output: people of Ledgerly, the demo product, at work.
//!
//! ```sh
//! cargo run --release -p firstvalue-cli --example generate_log -- 10000000 100000 > /tmp/log.jsonl
//! firstvalue replay --playbook www/demo/playbook.yaml --events /tmp/log.jsonl
//! ```
//!
//! The arguments are the number of events and of users. Everybody is there from somewhere in the
//! first half of 90 days on, and eight of them share an account. The same
//! arguments give the same log.

#![allow(
    clippy::indexing_slicing,
    reason = "places are drawn from within bounds"
)]

use std::io::{self, BufWriter, Write};

use firstvalue_model::time::{DAY, to_iso};

/// 2026-01-01.
const START: i64 = 1_767_225_600_000;

/// How long the log goes on.
const LENGTH: i64 = 90 * DAY;

/// What people do, the frequent things more than once.
const EVENTS: [(&str, &str); 12] = [
    ("session.started", "{}"),
    ("session.started", "{}"),
    ("report.viewed", r#"{"report":"r-17","rows":120}"#),
    ("report.viewed", r#"{"report":"r-4","rows":80}"#),
    ("report.viewed", r#"{"report":"r-9","rows":12}"#),
    ("report.edited", r#"{"report":"r-17","columns":7}"#),
    ("report.edited", r#"{"report":"r-3","columns":5}"#),
    ("report.created", r#"{"rows":120,"template":"profit"}"#),
    ("report.shared", r#"{"with":"colleague"}"#),
    ("report.exported", r#"{"format":"pdf"}"#),
    ("search.run", r#"{"words":2,"results":14}"#),
    ("person.invited", r#"{"role":"analyst"}"#),
];

/// Chance with a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|it| it.parse::<u64>().ok());
    let (Some(Some(events)), Some(Some(users))) = (arguments.next(), arguments.next()) else {
        eprintln!("expected the number of events and the number of users");
        std::process::exit(2);
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut chance = Chance(7);
    let mut known = 0;
    for number in 0..events {
        let at = START + (u128::from(number) * LENGTH as u128 / u128::from(events)) as i64;
        let at = to_iso(at);
        // In the first half of the time users come one after the other.
        let here = (u128::from(number) * 2 * u128::from(users) / u128::from(events)) as u64 + 1;
        let here = here.min(users);
        let (user, what) = if known < here {
            known += 1;
            let account = (known - 1) / 8;
            let group = format!(
                r#""type":"group","groupId":"account-{account}","traits":{{"plan":"trial"}}"#
            );
            (known - 1, group)
        } else {
            let user = chance.below(here);
            match chance.below(50) {
                0 => {
                    let role = ["admin", "analyst", "viewer"][chance.below(3) as usize];
                    (
                        user,
                        format!(r#""type":"identify","traits":{{"role":"{role}"}}"#),
                    )
                }
                _ => {
                    let (event, properties) = EVENTS[chance.below(12) as usize];
                    let what =
                        format!(r#""type":"track","event":"{event}","properties":{properties}"#);
                    (user, what)
                }
            }
        };
        writeln!(
            out,
            r#"{{"messageId":"{:016x}",{what},"userId":"user-{user}","timestamp":"{at}","context":{{"utcOffset":60,"library":{{"name":"firstvalue"}}}}}}"#,
            chance.below(u64::MAX),
        )?;
    }
    out.flush()
}
