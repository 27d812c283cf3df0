//! Users who are known by several ids.

use crate::command::{replay, with_input};

/// A line of a log, at an hour of a day.
fn line(day: u32, hour: u32, rest: &str) -> String {
    format!("{{{rest},\"timestamp\":\"2026-01-{day:02}T{hour:02}:00:00Z\"}}\n")
}

fn did(day: u32, hour: u32, id: &str, event: &str) -> String {
    line(day, hour, &format!(r#""{id},"event":"report.{event}""#))
}

/// Ann makes a report on two devices before she signs in on each, and shares it under a third id.
fn log() -> Vec<String> {
    vec![
        did(5, 9, r#"anonymousId":"laptop""#, "created"),
        did(5, 10, r#"anonymousId":"phone""#, "created"),
        line(
            5,
            11,
            r#""type":"identify","userId":"ann","anonymousId":"laptop","traits":{}"#,
        ),
        did(5, 12, r#"userId":"bob","anonymousId":"laptop""#, "created"),
        line(
            5,
            13,
            r#""type":"identify","userId":"bob","anonymousId":"laptop""#,
        ),
        line(
            5,
            14,
            r#""type":"identify","userId":"ann","anonymousId":"phone""#,
        ),
        line(6, 9, r#""type":"group","userId":"bob","groupId":"acme""#),
        line(
            6,
            10,
            r#""type":"group","anonymousId":"phone","groupId":"acme""#,
        ),
        line(
            7,
            9,
            r#""type":"alias","userId":"ann@acme.com","previousId":"ann""#,
        ),
        did(7, 10, r#"userId":"ann""#, "shared"),
    ]
}

/// What the log says, had everybody been named by one id.
fn named() -> String {
    let ann = r#""userId":"ann@acme.com""#;
    let of_ids = |line: String| {
        // Whoever has signed in is not named by the device any more.
        if line.contains("userId") {
            line.replace(r#""anonymousId":"laptop""#, r#""name":"""#)
                .replace(r#""anonymousId":"phone""#, r#""name":"""#)
                .replace(r#""previousId":"ann""#, r#""name":"""#)
                .replace(r#""userId":"ann""#, ann)
        } else {
            line.replace(r#""anonymousId":"laptop""#, ann)
                .replace(r#""anonymousId":"phone""#, ann)
        }
    };
    log().into_iter().map(of_ids).collect()
}

fn played(log: &str, format: &str, threads: &str) -> String {
    let arguments = ["--playbook", "playbook.yaml", "--events", "-"];
    let with = ["--format", format, "--threads", threads, "--block", "100"];
    with_input(&[&arguments[..], &with].concat(), log.as_bytes()).output()
}

#[test]
fn what_was_done_under_each_id_counts_for_the_person() {
    let (log, mut backwards) = (log(), log());
    backwards.reverse();
    for format in ["json", "users", "human"] {
        let expected = played(&named(), format, "1");
        for threads in ["1", "3"] {
            assert_eq!(played(&log.concat(), format, threads), expected);
            assert_eq!(played(&backwards.concat(), format, threads), expected);
        }
    }
    let json = played(&log.concat(), "json", "1");
    let activated = r#"{"at":"2026-01-07T10:00:00.000Z","user":"ann@acme.com","milestone":"activated","ttv_ms":176400000}"#;
    assert!(json.contains(activated), "{json}");
}

#[test]
fn an_explanation_may_be_asked_for_under_any_of_them() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), log().concat()).unwrap();
    let explained = |user: &str| {
        let what = format!("{user}:activated");
        let events = file.path().to_str().unwrap();
        let arguments = ["--playbook", "playbook.yaml", "--events", events];
        replay(&[&arguments[..], &["--explain", &what]].concat()).output()
    };
    let expected = explained("ann@acme.com");
    assert!(expected.starts_with("user `ann@acme.com` of account `acme`"));
    assert!(expected.contains("milestone `activated`: reached at 2026-01-07T10"));
    assert_eq!(explained("phone"), expected);
    assert_eq!(explained("ann"), expected);
}

#[test]
fn what_is_joined_after_the_end_is_not_known_yet() {
    let (log, until) = (log().concat(), ["--until", "2026-01-05T10:30:00Z"]);
    let arguments = ["--playbook", "playbook.yaml", "--events", "-"];
    let arguments = [&arguments[..], &["--format", "users"], &until].concat();
    let users = with_input(&arguments, log.as_bytes()).output();
    assert_eq!(users.lines().count(), 2, "{users}");
    assert!(users.contains(r#""user":"laptop""#) && users.contains(r#""user":"phone""#));
}
