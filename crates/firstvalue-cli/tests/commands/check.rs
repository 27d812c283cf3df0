//! `firstvalue check`: what is said of bad playbooks, and exit codes.

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
fn warnings_do_not_keep_a_playbook_from_being_used() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["check", "good/warnings.yaml"]);
    assert_eq!(code, 0);
    assert_eq!(
        stdout,
        "good/warnings.yaml: 0 audiences, 2 milestones, 0 guides\n"
    );
    assert_eq!(
        stderr.matches("warning[event-name]").count(),
        1,
        "said once: {stderr}"
    );
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
