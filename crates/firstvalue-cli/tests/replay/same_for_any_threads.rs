//! The answers are the same for any number of threads and any size of blocks.

use std::path::Path;

use proptest::prelude::*;

use crate::command::replay;

fn json(playbook: &str, events: &str, threads: &str, block: &str, format: &str) -> String {
    let arguments = [
        "--playbook",
        playbook,
        "--events",
        events,
        "--format",
        format,
    ];
    let with = ["--threads", threads, "--block", block];
    let ran = replay(&[&arguments[..], &with].concat());
    // There may be warnings about the playbook.
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn on_the_history_of_a_project() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/git-history");
    let (playbook, log) = (folder.join("playbook.yaml"), folder.join("excerpt.jsonl"));
    let (playbook, log) = (playbook.to_str().unwrap(), log.to_str().unwrap());
    for format in ["json", "users", "human"] {
        let expected = json(playbook, log, "1", "0", format);
        assert!(!expected.is_empty());
        for (threads, block) in [("2", "0"), ("3", "4096"), ("7", "700")] {
            assert_eq!(json(playbook, log, threads, block, format), expected);
        }
    }
}

/// A line of a log: who, what, and how long after the one before.
fn line() -> impl Strategy<Value = (u8, u8, u8)> {
    (0..6_u8, 0..12_u8, prop_oneof![Just(0), 1..3_u8, Just(60)])
}

fn text(lines: &[(u8, u8, u8)]) -> String {
    let mut at = 1_767_600_000_000_i64;
    let mut text = String::new();
    for (user, what, wait) in lines {
        at += i64::from(*wait) * 3_600_000;
        let what = match what {
            0..3 => format!(r#""type":"group","groupId":"account-{what}""#),
            3 => r#""type":"group","groupId":"account-0","traits":{"plan":"trial"}"#.to_owned(),
            4 => r#""type":"group","groupId":"account-1","traits":{"plan":"pro"}"#.to_owned(),
            5..9 => r#""event":"report.created""#.to_owned(),
            9 => r#""event":"report.shared""#.to_owned(),
            10 => r#""event":"report.viewed""#.to_owned(),
            _ => r#""type":"identify","traits":{"role":"admin"}"#.to_owned(),
        };
        let at = firstvalue_model::time::to_iso(at);
        text += &format!("{{\"userId\":\"user-{user}\",{what},\"timestamp\":\"{at}\"}}\n");
    }
    text
}

proptest! {
    // Each case starts the command several times.
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn on_users_who_move_between_accounts(
        lines in prop::collection::vec(line(), 1..80), block in 1..3_000_u32,
    ) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text(&lines)).unwrap();
        let log = file.path().to_str().unwrap();
        for format in ["json", "users", "human"] {
            let expected = json("playbook.yaml", log, "1", "0", format);
            for threads in ["2", "5"] {
                let block = block.to_string();
                prop_assert_eq!(&json("playbook.yaml", log, threads, &block, format), &expected);
            }
        }
    }
}
