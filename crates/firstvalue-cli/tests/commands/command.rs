//! Runs the `firstvalue` command.

use std::process::Command;

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the command in the folder of playbooks.
pub fn firstvalue(arguments: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbooks"))
        .env_remove("FIRSTVALUE_PLAYBOOK")
        .output()
        .expect("the command starts");
    Ran {
        code: ran.status.code().expect("it is not killed"),
        stdout: String::from_utf8(ran.stdout).expect("UTF-8"),
        stderr: String::from_utf8(ran.stderr).expect("UTF-8"),
    }
}
