//! Logs in whatever form they come.

use std::io::Write;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::command::{Ran, replay, with_input};

const LOG: &[u8] = include_bytes!("data/log.jsonl");

fn json(events: &str, input: &[u8]) -> Ran {
    let arguments = [
        "--playbook",
        "playbook.yaml",
        "--format",
        "json",
        "--events",
        events,
    ];
    with_input(&arguments, input)
}

fn expected() -> String {
    json("log.jsonl", b"").output()
}

fn gzip(parts: &[&[u8]]) -> Vec<u8> {
    let packed = parts.iter().map(|part| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    });
    packed.collect::<Vec<_>>().concat()
}

#[test]
fn standard_input() {
    assert_eq!(json("-", LOG).output(), expected());
}

/// A pipe gives what it holds once, also when the log has to be read again: here it is not by time, and
/// an explanation goes through it several times.
#[cfg(unix)]
#[test]
fn a_pipe_with_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("log");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let mut lines: Vec<&[u8]> = LOG.split_inclusive(|byte| *byte == b'\n').collect();
    lines.rotate_left(5);
    for log in [lines.concat(), gzip(&[&lines.concat()])] {
        let from_pipe = |arguments: &[&str]| {
            let (pipe, log) = (pipe.clone(), log.clone());
            let writes = std::thread::spawn(move || std::fs::write(pipe, log));
            let ran = replay(arguments);
            writes.join().unwrap().unwrap();
            ran.output()
        };
        let path = pipe.to_str().unwrap();
        let of = |events| ["--playbook", "playbook.yaml", "--events", events];
        let json = [&of(path)[..], &["--format", "json"]].concat();
        assert_eq!(from_pipe(&json), expected());
        let why = ["--explain", "bob:team-active"];
        assert_eq!(
            from_pipe(&[&of(path)[..], &why].concat()),
            replay(&[&of("log.jsonl")[..], &why].concat()).output()
        );
    }
}

#[test]
fn gzip_even_of_several_members() {
    let (first, second) = LOG.split_at(500);
    assert_eq!(json("-", &gzip(&[first, second])).output(), expected());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), gzip(&[LOG])).unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(json(path, b"").output(), expected());
}

#[test]
fn windows_line_ends_a_mark_empty_lines_and_no_end() {
    let text = String::from_utf8(LOG.to_vec()).unwrap();
    let text = format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n\r\n"));
    assert_eq!(json("-", text.as_bytes()).output(), expected());
}

#[test]
fn a_log_that_is_not_by_time_is_sorted_wherever_it_comes_from() {
    let mut lines: Vec<&[u8]> = LOG.split_inclusive(|byte| *byte == b'\n').collect();
    lines.rotate_left(5);
    let log = lines.concat();
    assert_eq!(json("-", &log).output(), expected());
    assert_eq!(json("-", &gzip(&[&log])).output(), expected());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &log).unwrap();
    assert_eq!(
        json(file.path().to_str().unwrap(), b"").output(),
        expected()
    );
}

#[test]
fn an_empty_log() {
    assert_eq!(json("-", b"").output(), "");
    let human = ["--playbook", "playbook.yaml", "--events", "-"];
    let with = |more: &[&str]| with_input(&[&human, more].concat(), b"\n");
    let begins = |more: &[&str], lines: &str| {
        let output = with(more).output();
        assert!(output.starts_with(lines), "{output}");
        assert!(!output.contains("1970"), "{output}");
    };
    // As of no moment, unless one is asked for.
    begins(&[], "0 events of 0 users in 0 accounts\n\n");
    let until = ["--until", "2026-02-01"];
    begins(
        &until,
        "0 events of 0 users in 0 accounts\nas of 2026-02-01T00:00:00.000Z\n\n",
    );
    assert_eq!(
        with(&["--explain", "bob"]).stderr,
        "error: the log holds no events\n"
    );
    let compare = [
        "--compare",
        "playbook.yaml",
        "changed.yaml",
        "--events",
        "-",
    ];
    let output = with_input(&compare, b"").output();
    assert!(output.starts_with("0 events of 0 users\n\n"), "{output}");
    let json = [&compare[..], &["--format", "json"]].concat();
    let output = with_input(&json, b"").output();
    assert!(output.contains(r#""until": null"#), "{output}");
}

#[test]
fn bad_lines_are_named_once_and_the_others_count() {
    let mut log = LOG.to_vec();
    log.extend_from_slice(b"{}\nnot json\n");
    // Out of order, so that it is read twice.
    log.extend_from_slice(br#"{"userId":"x","event":"y","timestamp":"2020-01-01"}"#);
    for _ in 0..20 {
        log.extend_from_slice(b"\n{}");
    }
    let ran = json("-", &log);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.stdout
            .lines()
            .filter(|line| !line.contains(r#""user":"x""#))
            .count(),
        expected().lines().count()
    );
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(
        lines[0],
        "-:14: left out: `timestamp` is missing, and a log must say when"
    );
    assert_eq!(
        lines[1],
        "-:15: left out: the line is not readable as JSON from column 2 on"
    );
    assert_eq!(
        lines[2],
        "-:17: left out: `timestamp` is missing, and a log must say when"
    );
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[10], "-: 12 more lines left out, 22 in all");
}

#[test]
fn a_file_that_is_no_log_is_an_error() {
    let human = ["--playbook", "playbook.yaml", "--events", "-"];
    let Ran {
        code,
        stdout,
        stderr,
    } = with_input(&human, b"user,event\nann,report.created\n");
    assert_eq!((code, stdout.as_str()), (2, ""));
    let last = stderr.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("error: `-` holds no event; expected one JSON object a line, such as `{"),
        "{last}"
    );
}

#[test]
fn what_the_collector_takes_counts_and_what_it_refuses_does_not() {
    let log = br#"{"userId":17,"event":"report.created","timestamp":"2026-03-01T10:00:00Z"}
{"userId":"ann","event":"report.created","timestamp":1772359200000}
{"userId":"ben","timestamp":"2026-03-01T10:00:00Z"}
{"userId":"eve","event":"","timestamp":"2026-03-01T10:00:00Z"}
"#;
    let users = [
        "--playbook",
        "playbook.yaml",
        "--format",
        "users",
        "--events",
        "-",
    ];
    let Ran {
        code,
        stdout,
        stderr,
    } = with_input(&users, log);
    assert_eq!(code, 0, "{stderr}");
    let has = |user: &str| stdout.contains(&format!("\"{user}\""));
    assert_eq!(
        ["17", "ann", "ben", "eve"].map(has),
        [true, true, false, false]
    );
    assert_eq!(
        stderr
            .matches("left out: a track call needs `event`")
            .count(),
        2
    );
}

#[test]
fn damaged_gzip_is_an_error() {
    let mut packed = gzip(&[LOG]);
    packed.truncate(packed.len() / 2);
    let ran = json("-", &packed);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr
            .starts_with("error: cannot read events from `-`: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_follows_gzip_is_padding_or_named() {
    let packed = gzip(&[LOG]);
    let padded = [&packed[..], &[0; 512]].concat();
    assert_eq!(json("-", &padded).output(), expected());
    let ran = json("-", &[&packed[..], b"more"].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "error: cannot read events from `-`: something other than gzip follows the gzip that it begins with\n"
    );
}

/// A playbook whose guide asks for a page, and what it says of a log.
fn with_pages(log: &str) -> String {
    let playbook = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    std::fs::write(
        playbook.path(),
        "version: 1\nproduct: X\nmilestones:\n  \
         seen: { title: Seen, when: { all: [ { page: /reports/* }, { did: report.created } ] } }\n",
    )
    .unwrap();
    let playbook = playbook.path().to_str().unwrap();
    let arguments = ["--playbook", playbook, "--format", "json", "--events", "-"];
    with_input(&arguments, log.as_bytes()).output()
}

#[test]
fn pages_count_as_shown_unless_the_log_says_which_were() {
    let event = r#"{"userId":"u","event":"report.created","timestamp":"2026-01-01"}"#;
    let page = |path: &str, day: u32| {
        format!(
            r#"{{"userId":"u","type":"page","properties":{{"path":"{path}"}},"timestamp":"2026-01-0{day}"}}"#
        )
    };
    let reached = |log: &str| with_pages(log).lines().count();
    assert_eq!(reached(event), 1);
    assert_eq!(reached(&format!("{event}\n{}", page("/home", 2))), 0);
    let output = with_pages(&format!("{event}\n{}", page("/reports/7", 3)));
    assert!(output.starts_with(r#"{"at":"2026-01-03T"#), "{output}");
}

#[test]
fn who_reads_may_stop_early() {
    use std::process::Stdio;
    let mut process = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
        .args([
            "replay",
            "--playbook",
            "playbook.yaml",
            "--events",
            "log.jsonl",
        ])
        .args(["--format", "json"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replay/data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let ran = process.wait_with_output().unwrap();
    assert_eq!((ran.status.code(), ran.stderr.len()), (Some(0), 0));
}

#[test]
fn what_does_not_go_together_is_refused() {
    let log = ["--playbook", "playbook.yaml", "--events", "log.jsonl"];
    let ran = replay(&[&log[..], &["--format", "users", "--explain", "bob"]].concat());
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("`--format users` goes with neither"),
        "{}",
        ran.stderr
    );
    let ran = replay(&["--events", "log.jsonl"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--playbook <FILE>"), "{}", ran.stderr);
}
