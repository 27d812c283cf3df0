//! `firstvalue import`, `export` and `erase`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

fn firstvalue(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firstvalue"));
    command
        .args(arguments)
        .env_remove("FIRSTVALUE_DATA")
        .current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let output = firstvalue(folder, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

#[test]
fn a_file_that_is_not_there_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let ran = firstvalue(folder.path(), &["import", "nothing.ndjson"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(
        said(&ran),
        "error: cannot read `nothing.ndjson`: No such file or directory (os error 2)"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A log of some users; every third event has no id of its own, and two lines are the same.
fn log() -> String {
    let mut lines = Vec::new();
    for n in 0..12_000 {
        let mut event = json!({
            "type": "track", "userId": format!("u{}", n % 7), "event": "report.created",
            "timestamp": format!("2026-01-05T{:02}:{:02}:00Z", n / 60 % 24, n % 60),
            "sentAt": "2020-01-01T00:00:00Z", "properties": { "n": n },
        });
        if n % 3 != 0 {
            event["messageId"] = json!(format!("m{n}"));
        }
        lines.push(event.to_string());
    }
    lines.push(lines[0].clone());
    lines.join("\n")
}

#[test]
fn a_log_is_imported_once_and_comes_out_as_it_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(log().as_bytes()).unwrap();
    // Filled up with zeros, as blocks are.
    let packed = [packed.finish().unwrap(), vec![0; 512]].concat();
    std::fs::write(path.join("log.ndjson.gz"), packed).unwrap();
    // A part of it, as if a run had been cut off.
    let part: Vec<_> = log().lines().take(7_000).map(str::to_owned).collect();
    let part = part.join("\n") + "\n\nnot json\n{}\n";
    let part = [part.as_bytes(), b"{\"event\":\"\xff\"}"].concat();
    std::fs::write(path.join("part.ndjson"), part).unwrap();

    let first = run(path, &["import", "part.ndjson"]);
    assert_eq!(
        said(&first),
        "part.ndjson:7002: the line is not readable as JSON: expected ident at line 1 column 2\n\
         part.ndjson:7003: `timestamp` is missing, and a log must say when\n\
         part.ndjson:7004: the line is not readable as UTF-8\n\
         7000 events stored, 0 known already, 3 lines refused"
    );
    let rest = run(path, &["import", "log.ndjson.gz"]);
    assert_eq!(
        said(&rest),
        "5001 events stored, 7000 known already, 0 lines refused"
    );
    let again = run(path, &["import", "log.ndjson.gz"]);
    assert_eq!(
        said(&again),
        "0 events stored, 12001 known already, 0 lines refused"
    );

    let exported = run(path, &["export"]);
    assert_eq!(said(&exported), "12001 events");
    let lines: Vec<Value> = String::from_utf8(exported.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (line, original) in lines.iter().zip(log().lines()) {
        let mut line = line.clone();
        let original: Value = serde_json::from_str(original).unwrap();
        if original.get("messageId").is_none() {
            line.as_object_mut().unwrap().remove("messageId");
        }
        assert_eq!(line, original);
    }

    // What came out goes into another collector, and comes out the same.
    let mut import = firstvalue(path, &["import", "--data", "other", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    import
        .stdin
        .take()
        .unwrap()
        .write_all(&exported.stdout)
        .unwrap();
    assert!(import.wait().unwrap().success());
    assert_eq!(
        run(path, &["export", "--data", "other"]).stdout,
        exported.stdout
    );
}

/// A log as [`log`], with lines that only look as if they had an id, and some that are no events.
fn odd_log() -> String {
    let event = r#""userId":"u1","event":"a","timestamp":"2026-01-06T00:00:00Z""#;
    let named = format!(r#"{{"messageId":null,{event}}}"#);
    let within = format!(r#"{{{event},"properties":{{"messageId":"m"}}}}"#);
    let log = log();
    [
        "not json", "not json", &log, &named, &named, &within, &within,
    ]
    .join("\n")
}

/// The rows of a table.
fn count(path: &Path, table: &str) -> i64 {
    let database = path.join("firstvalue-data/firstvalue.db");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    // It may not have been made yet.
    Connection::open_with_flags(database, flags)
        .and_then(|database| {
            let query = format!("SELECT count(*) FROM {table}");
            database.query_row(&query, [], |row| row.get(0))
        })
        .unwrap_or(0)
}

#[test]
fn a_run_that_was_killed_is_completed_by_the_next() {
    let log = odd_log();
    for packed in [false, true] {
        let form = |lines: usize| {
            let lines: String = log
                .lines()
                .take(lines)
                .map(|line| format!("{line}\n"))
                .collect();
            if !packed {
                return lines.into_bytes();
            }
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(lines.as_bytes()).unwrap();
            // So that whoever reads it has all of it, though it does not end.
            encoder.flush().unwrap();
            encoder.get_ref().clone()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("log"), form(usize::MAX)).unwrap();
        let import = |file: &str| {
            let mut import = firstvalue(path, &["import", file]);
            import.stdin(Stdio::piped()).stderr(Stdio::null());
            import.spawn().unwrap()
        };
        let kill = |mut import: Child| {
            import.kill().unwrap();
            import.wait().unwrap();
        };
        // It has stored what it could of what it was given so far, and waits for more.
        for (lines, stored) in [(7_000, 4_998), (11_000, 10_000)] {
            let mut waiting = import("-");
            let input = waiting.stdin.as_mut().unwrap();
            input.write_all(&form(lines)).unwrap();
            let begun = Instant::now();
            while count(path, "events") < stored {
                assert!(
                    begun.elapsed() < Duration::from_secs(120),
                    "nothing is stored"
                );
                thread::sleep(Duration::from_millis(5));
            }
            kill(waiting);
            assert_eq!(count(path, "events"), stored);
        }
        // Anywhere, in the midst of a commit or before anything.
        for millis in if packed { &[][..] } else { &[20, 150] } {
            let running = import("log");
            thread::sleep(Duration::from_millis(*millis));
            kill(running);
        }

        let last = firstvalue(path, &["import", "log"]).output().unwrap();
        // What is packed was cut off, too, which is said once all before is stored.
        assert_eq!(last.status.success(), !packed, "{}", said(&last));
        let text = said(&last);
        let said = text.lines().find(|line| line.contains("stored")).unwrap();
        assert!(said.ends_with(" 2 lines refused"), "{said}");
        assert_eq!(count(path, "events"), 12_005);
        assert_eq!(count(path, "quarantine"), 2);
        let exported = run(path, &["export"]).stdout;
        let exported = String::from_utf8(exported).unwrap();
        let without_id = |line: &str| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            line.as_object_mut().unwrap().remove("messageId");
            line
        };
        let exported = exported.lines().map(without_id);
        assert!(exported.eq(log.lines().skip(2).map(without_id)));
    }
}

#[test]
fn a_line_of_two_files_is_one_event_however_they_are_imported() {
    let line = r#"{"userId":"u1","event":"a","timestamp":"2026-01-06T00:00:00Z"}"#;
    for runs in [&["a b", "b"][..], &["b", "a"], &["a", "b a"]] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("a"), format!("{line}\n{line}\n")).unwrap();
        std::fs::write(path.join("b"), format!("{line}\n")).unwrap();
        for files in runs {
            let files: Vec<_> = files.split(' ').collect();
            run(path, &[&["import"], &*files].concat());
        }
        assert_eq!(count(path, "events"), 2, "{runs:?}");
    }
}

#[test]
fn exports_are_chosen_by_time_user_and_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("log.ndjson"), log()).unwrap();
    run(path, &["import", "log.ndjson"]);
    let lines = |arguments: &[&str]| {
        let output = run(path, &[&["export"], arguments].concat());
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    let hour = [
        "--from",
        "2026-01-05T10:00:00Z",
        "--until",
        "2026-01-05T11:00:00Z",
    ];
    assert_eq!(lines(&hour), 8 * 60);
    assert_eq!(lines(&["--user", "u1"]), 1_715);
    assert_eq!(lines(&["--format", "csv"]), 12_002);
    run(
        path,
        &[
            "export",
            "--format",
            "parquet",
            "--output",
            "events.parquet",
        ],
    );
    let parquet = std::fs::read(path.join("events.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    for (arguments, reason) in [
        (
            &["--user", "nobody"][..],
            "error: nothing is known of a user `nobody`",
        ),
        (
            &["--data", "no-such"],
            "name the data folder of a collector",
        ),
        (&["--from", "yesterday"], "a moment is written as"),
        (&["--output", "no-such/out"], "cannot write `no-such/out`"),
    ] {
        let refused = firstvalue(path, &[&["export"], arguments].concat())
            .output()
            .unwrap();
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(said(&refused).contains(reason), "{}", said(&refused));
    }
    // Nothing is left of a file that could not be written.
    assert_eq!(std::fs::read_dir(path).unwrap().count(), 3);
}

#[test]
fn a_user_is_erased_and_no_one_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("log.ndjson"), log()).unwrap();
    run(path, &["import", "log.ndjson"]);
    let erased = run(path, &["erase", "--user", "u1"]);
    let erased = String::from_utf8(erased.stdout).unwrap();
    assert_eq!(erased, "erased 1715 events and 0 refused messages\n");
    let left = run(path, &["export"]);
    assert_eq!(said(&left), "10286 events");
    assert!(!String::from_utf8(left.stdout).unwrap().contains("\"u1\""));
    let again = firstvalue(path, &["erase", "--user", "u1"])
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(2));
    let nowhere = firstvalue(path, &["erase", "--data", "no-such", "--user", "u1"])
        .output()
        .unwrap();
    assert!(said(&nowhere).contains("there is no folder `no-such`"));
    assert!(!path.join("no-such").exists());
}
