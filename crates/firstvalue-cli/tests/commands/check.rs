//! `firstvalue check`: what is said of bad playbooks, and exit codes.

use firstvalue_model::source::CODES;

use crate::command::{Ran, firstvalue};

#[test]
fn bad_playbooks() {
    insta::glob!("../playbooks", "bad/*", |path| {
        let name = path.file_name().expect("a file").to_string_lossy();
        let Ran {
            code,
            stdout,
            stderr,
        } = firstvalue(&["check", &format!("bad/{name}")]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        insta::assert_snapshot!(stderr);
    });
}

#[test]
fn good_playbooks() {
    insta::glob!("../playbooks", "good/*", |path| {
        let name = path.file_name().expect("a file").to_string_lossy();
        let Ran { code, stderr, .. } = firstvalue(&["check", &format!("good/{name}")]);
        assert_eq!(code, 0, "{name}: {stderr}");
    });
}

#[test]
fn suspicious_playbooks() {
    insta::glob!("../playbooks", "suspicious/*", |path| {
        let name = path.file_name().expect("a file").to_string_lossy();
        let Ran { code, stderr, .. } = firstvalue(&["check", &format!("suspicious/{name}")]);
        assert_eq!(code, 0);
        insta::assert_snapshot!(stderr);
    });
}

#[test]
fn everything_that_can_be_said_is_in_a_snapshot() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/snapshots");
    let snapshots = std::fs::read_dir(folder).expect("the snapshots");
    let text: String = snapshots
        .map(|snapshot| std::fs::read_to_string(snapshot.expect("a file").path()).expect("text"))
        .collect();
    for code in CODES {
        let severities = ["error", "warning", "note"];
        let shown = severities.map(|severity| format!("\n{severity}[{}]: ", code.name));
        assert!(
            shown.iter().any(|shown| text.contains(shown)),
            "{}",
            code.name
        );
    }
}

#[test]
fn good_playbooks_are_clean() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbooks/good");
    let playbooks = std::fs::read_dir(folder).expect("the folder");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/playbook.yaml");
    let playbooks = playbooks.map(|playbook| playbook.expect("a file").path());
    for playbook in playbooks.chain([demo.into()]) {
        let path = playbook.to_string_lossy();
        let Ran { code, stderr, .. } = firstvalue(&["check", "--deny-warnings", &path]);
        assert_eq!(code, 0, "{path}: {stderr}");
    }
}

#[test]
fn warnings_do_not_keep_a_playbook_from_being_used() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["check", "suspicious/event-name.yaml"]);
    assert_eq!(code, 0);
    assert_eq!(
        stdout,
        "suspicious/event-name.yaml: 0 audiences, 2 milestones, 0 guides\n"
    );
    assert_eq!(
        stderr.matches("warning[event-name]").count(),
        1,
        "said once: {stderr}"
    );
}

#[test]
fn warnings_can_be_denied_and_notes_cannot() {
    let denied = |name| firstvalue(&["check", "--deny-warnings", name]);
    let Ran { code, stderr, .. } = denied("suspicious/contrast.yaml");
    assert_eq!(code, 1);
    let last = stderr.lines().last();
    assert_eq!(
        last,
        Some("error: suspicious/contrast.yaml has 1 denied warning")
    );
    let Ran { code, stderr, .. } = denied("suspicious/window-sum.yaml");
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("note[window-sum]"), "{stderr}");
}

#[test]
fn notes_are_for_those_who_check() {
    let Ran { code, stderr, .. } = firstvalue(&["compile", "suspicious/window-sum.yaml"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
}

#[test]
fn several_playbooks_are_checked_at_once() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&[
        "check",
        "bad/cycle.yaml",
        "good/first-report.yaml",
        "bad/unknown-key.yaml",
    ]);
    assert_eq!(code, 1);
    assert_eq!(
        stdout,
        "good/first-report.yaml: 1 audience, 1 milestone, 1 guide\n"
    );
    let last = stderr.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("error: bad/cycle.yaml has 2 errors; bad/unknown-key.yaml has "),
        "{last}"
    );

    let Ran { code, stderr, .. } = firstvalue(&["check", "bad/cycle.yaml", "nowhere.yaml"]);
    assert_eq!(code, 2, "what cannot be read weighs more");
    assert!(
        stderr.contains("error[cycle]"),
        "the others are checked: {stderr}"
    );
    assert!(
        stderr.contains("error: cannot read `nowhere.yaml`: "),
        "{stderr}"
    );
}

#[test]
fn a_file_in_another_encoding_is_told_how_to_be_saved() {
    let said_of = |bytes: &[u8]| {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        let Ran { code, stderr, .. } = firstvalue(&["check", &file.path().to_string_lossy()]);
        assert_eq!(code, 2);
        stderr
    };
    let latin = said_of(b"version: 1\nproduct: Caf\xe9\n");
    assert!(
        latin.contains("line 2 holds a character that is not written in UTF-8; save it as UTF-8"),
        "{latin}"
    );
    let wide = said_of(b"\xff\xfev\0e\0r\0");
    assert!(
        wide.contains("it is written in UTF-16; save it as UTF-8"),
        "{wide}"
    );
}

#[test]
fn whoever_reads_may_stop_early() {
    for arguments in [
        ["check", "--format=sarif", "bad/cycle.yaml"],
        ["check", "--format=human", "bad/cycle.yaml"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_firstvalue"))
            .args(arguments)
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbooks"))
            .stdout(writer.try_clone().expect("another end"))
            .stderr(writer)
            .status()
            .expect("the command starts");
        assert_eq!(status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn a_good_playbook_is_summed_up() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["check", "good/first-report.yaml"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout,
        "good/first-report.yaml: 1 audience, 1 milestone, 1 guide\n"
    );
}

#[test]
fn what_cannot_be_read_is_not_an_error_of_the_playbook() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["check", "nowhere.yaml"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(
        stderr.starts_with("error: cannot read `nowhere.yaml`: "),
        "{stderr}"
    );
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let Ran { code, stdout, .. } = firstvalue(&["--help"]);
    assert_eq!(code, 0);
    let commands = stdout
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    let names: Vec<&str> = commands
        .map_while(|line| line.strip_prefix("  ")?.split(' ').next())
        .collect();
    for expected in ["check", "compile", "replay", "schema", "serve"] {
        assert!(names.contains(&expected), "{expected} is listed: {stdout}");
    }
    for name in names.into_iter().filter(|name| *name != "help") {
        let Ran { code, stdout, .. } = firstvalue(&[name, "--help"]);
        assert_eq!(code, 0, "{name}");
        assert!(
            stdout.contains(&format!("  firstvalue {name} ")),
            "an example: {stdout}"
        );
    }
}

#[test]
fn wrong_use_is_told_apart_from_wrong_playbooks() {
    for arguments in [
        &["check"][..],
        &["chekc", "x.yaml"],
        &["check", "--colour", "x.yaml"],
        &[],
    ] {
        let Ran {
            code,
            stdout,
            stderr,
        } = firstvalue(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains("Usage:"), "{stderr}");
    }
}
