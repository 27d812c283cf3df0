//! What a replay says, in each of its forms.

use crate::command::{Ran, replay, with_input};

const LOG: [&str; 4] = ["--playbook", "playbook.yaml", "--events", "log.jsonl"];

fn of_log(more: &[&str]) -> Ran {
    replay(&[&LOG, more].concat())
}

#[test]
fn for_people() {
    insta::assert_snapshot!(of_log(&[]).output());
}

#[test]
fn each_change_as_json() {
    insta::assert_snapshot!(of_log(&["--format", "json"]).output());
}

#[test]
fn everybody_at_the_end() {
    insta::assert_snapshot!(of_log(&["--format", "users"]).output());
}

#[test]
fn until_a_moment() {
    let output = of_log(&["--format", "json", "--until", "2026-01-05T10:00:00Z"]).output();
    let all = of_log(&["--format", "json"]).output();
    let before = all
        .lines()
        .filter(|line| line < &r#"{"at":"2026-01-05T10:00:00.001Z""#);
    assert_eq!(
        output.lines().collect::<Vec<_>>(),
        before.collect::<Vec<_>>()
    );
    assert!(!output.is_empty());
}

#[test]
fn time_passes_until_then() {
    let until = |until| of_log(&["--format", "json", "--until", until]).output();
    let quiet = r#""user":"ann@acme.com","milestone":"quiet""#;
    assert!(until("2026-01-08T10:00:00Z").contains(quiet));
    assert!(!until("2026-01-08T09:59:59.999Z").contains(quiet));
    // Beyond the end of the log as well.
    let late = r#"{"at":"2026-01-13T09:00:00.000Z","user":"eve","milestone":"quiet""#;
    assert!(until("2026-02-01").contains(late));
}

/// A playbook of its own in a file, for as long as that is kept.
fn playbook(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    std::fs::write(file.path(), format!("version: 1\nproduct: X\n{text}")).unwrap();
    file
}

#[test]
fn nothing_is_said_of_a_target_for_which_nobody_was_watched() {
    let in_target = |target: &str, log: &str| {
        let playbook = playbook(&format!(
            "milestones: {{ made: {{ when: {{ did: a.b }}, target: {target} }} }}\n"
        ));
        let path = playbook.path().to_str().unwrap();
        let human = ["--playbook", path, "--events", "-"];
        let output = with_input(&human, log.as_bytes()).output();
        let row = output.lines().find(|line| line.starts_with("made "));
        let (_, cell) = row.unwrap().rsplit_once(&format!("{target}  ")).unwrap();
        cell.trim().to_owned()
    };
    let event = |user: &str, event: &str, hour: u32| {
        format!(r#"{{"userId":"{user}","event":"{event}","timestamp":"2026-01-05T{hour}:00:00Z"}}"#)
            + "\n"
    };
    let log = [
        event("ann", "x.y", 10),
        event("bob", "x.y", 10),
        event("ann", "a.b", 11),
        event("ann", "x.y", 12),
    ]
    .concat();
    assert_eq!(in_target("2h", &log), "50.0 %");
    assert_eq!(in_target("30d", &log), "–");
    assert_eq!(
        in_target("30d", &(log + &event("bob", "a.b", 13))),
        "100.0 %"
    );
    assert_eq!(in_target("30d", ""), "–");
}

#[test]
fn a_change_of_the_playbook() {
    let compare = [
        "--compare",
        "playbook.yaml",
        "changed.yaml",
        "--events",
        "log.jsonl",
    ];
    insta::assert_snapshot!("compare", replay(&compare).output());
    let json = [&compare[..], &["--format", "json"]].concat();
    insta::assert_snapshot!("compare_json", replay(&json).output());
}

#[test]
fn an_account_is_not_the_user_of_its_name() {
    let per = |per: &str| {
        playbook(&format!(
            "milestones: {{ m: {{ per: {per}, when: {{ did: a.b }} }} }}\n"
        ))
    };
    let (old, new) = (per("user"), per("account"));
    let log = r#"{"type":"group","userId":"acme","groupId":"acme","timestamp":"2026-01-05"}
{"userId":"acme","event":"a.b","timestamp":"2026-01-06"}
"#;
    let [old, new] = [&old, &new].map(|file| file.path().to_str().unwrap());
    let compare = ["--compare", old, new, "--events", "-"];
    let output = with_input(&compare, log.as_bytes()).output();
    let row = output.lines().find(|line| line.starts_with("m "));
    let cells: Vec<_> = row.unwrap().split_whitespace().take(5).collect();
    // Gained by an account, lost by a user.
    assert_eq!(cells, ["m", "1", "1", "1", "1"]);
}

#[test]
fn quantiles_of_health_lie_between_the_scores_beside_them() {
    let playbook = playbook(
        "health: { weights: [ { name: A, weight: 1, score: { number: { user: nps }, from: 0, to: 10 } } ] }\n",
    );
    let scored = |user: &str, nps: u32| {
        format!(
            r#"{{"type":"identify","userId":"{user}","traits":{{"nps":{nps}}},"timestamp":"2026-01-05"}}"#
        ) + "\n"
    };
    let log = [scored("ann", 0), scored("bob", 10)].concat();
    let path = playbook.path().to_str().unwrap();
    let human = ["--playbook", path, "--events", "-"];
    let output = with_input(&human, log.as_bytes()).output();
    let row = output.lines().find(|line| line.starts_with("of users "));
    let cells: Vec<_> = row.unwrap().split_whitespace().skip(2).collect();
    // Of how many, the mean, and the quartiles.
    assert_eq!(cells, ["2", "50", "25", "50", "75"]);
}

/// The guide was eligible before the milestone was reached, and then no more.
#[test]
fn of_one_moment_milestones_come_before_guides() {
    let playbook = playbook(
        "milestones: { m: { when: { did: b.c } } }\n\
         guides: { g: { kind: modal, when: { all: [ { did: a.b }, { not: { milestone: m } } ] }, steps: [ { title: T } ] } }\n",
    );
    let path = playbook.path().to_str().unwrap();
    let log = r#"{"userId":"ann","event":"a.b","timestamp":"2026-01-05"}
{"userId":"ann","event":"b.c","timestamp":"2026-01-05"}
"#;
    for threads in ["1", "3"] {
        let json = ["--playbook", path, "--events", "-", "--format", "json"];
        let arguments = [&json[..], &["--threads", threads]].concat();
        let output = with_input(&arguments, log.as_bytes()).output();
        let what = output.lines().map(|line| {
            let told: serde_json::Value = serde_json::from_str(line).unwrap();
            let of = |key: &str| told[key].as_str().map(str::to_owned);
            (
                of("milestone").or(of("guide")).unwrap(),
                told["eligible"].as_bool(),
            )
        });
        let expected = [("m", None), ("g", Some(true)), ("g", Some(false))];
        let expected = expected.map(|(id, eligible)| (id.to_owned(), eligible));
        assert_eq!(what.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn why() {
    for (name, what) in [
        ("guide", "ann@acme.com:share@2026-01-06T12:00:00Z"),
        ("guide_not_yet", "bob:share@2026-01-05T12:00:00Z"),
        ("milestone", "eve:quiet"),
        ("account_milestone", "bob:team-active@2026-01-09"),
        ("user", "ann@acme.com"),
    ] {
        insta::assert_snapshot!(format!("why_{name}"), of_log(&["--explain", what]).output());
        let json = of_log(&["--explain", what, "--format", "json"]).output();
        insta::assert_snapshot!(format!("why_{name}_json"), json);
    }
}

#[test]
fn why_of_the_account() {
    let playbook = playbook(
        "stages: { team: { title: Team, when: { users: { did: report.created }, count: { gte: 2 } } } }\n",
    );
    let path = playbook.path().to_str().unwrap();
    let asked = ["--playbook", path, "--events", "-", "--explain", "ann"];
    let log = r#"{"type":"group","userId":"ann","groupId":"acme","timestamp":"2026-01-05"}
{"userId":"ann","event":"report.created","timestamp":"2026-01-06"}
"#;
    let output = with_input(&asked, log.as_bytes()).output();
    let counted =
        "  ✗ users: { did: report.created, times: { gte: 1 } }, count — 1, asked for gte: 2\n";
    assert!(output.contains(counted), "{output}");
}

#[test]
fn why_of_a_user_whose_id_holds_colons() {
    let log =
        br#"{"userId":"urn:user:5","event":"report.created","timestamp":"2026-01-06T12:00:00Z"}"#;
    let why = |what: &str| {
        let asked = [
            "--playbook",
            "playbook.yaml",
            "--events",
            "-",
            "--explain",
            what,
        ];
        with_input(&asked, log)
    };
    let first_line = |what: &str| why(what).output().lines().next().map(str::to_owned);
    let expected = Some("user `urn:user:5`, as of 2026-01-06T12:00:00.000Z".to_owned());
    assert_eq!(first_line("urn:user:5"), expected);
    assert_eq!(first_line("urn:user:5:share"), expected);
    assert_eq!(
        why("urn:user:5@2026-01-05").stderr,
        "error: the log holds nothing of user `urn:user:5` until 2026-01-05T00:00:00.000Z; it begins at \
         2026-01-06T12:00:00.000Z\n"
    );
}

#[test]
fn what_is_not_there_is_named_with_what_was_meant() {
    for (arguments, expected) in [
        (
            ["--explain", "bob:shore"],
            "error: the playbook has neither a guide nor a milestone `shore`; did you mean \
             `share`?\n",
        ),
        (
            ["--explain", "bop"],
            "error: the log holds nothing of user `bop` until 2026-01-10T09:00:00.000Z; did you \
             mean `bob`?\n",
        ),
        (
            ["--explain", "eve:team-active@2026-01-06"],
            "error: milestone `team-active` is one of accounts, and user `eve` belongs to none at \
             2026-01-06T00:00:00.000Z\n",
        ),
        (
            ["--explain", "bob@2020-01-01"],
            "error: the log holds nothing of user `bob` until 2020-01-01T00:00:00.000Z; it begins \
             at 2026-01-05T11:00:00.000Z\n",
        ),
        (
            ["--events", "nothing.jsonl"],
            "error: cannot read events from `nothing.jsonl`: No such file or directory (os error \
             2)\n",
        ),
    ] {
        let events: &[&str] = match arguments {
            ["--events", _] => &[],
            _ => &["--events", "log.jsonl"],
        };
        let playbook = ["--playbook", "playbook.yaml"];
        let ran = replay(&[&playbook, events, &arguments].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (2, expected));
    }
}
