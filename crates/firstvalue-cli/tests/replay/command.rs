//! Runs `firstvalue replay`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What came of a run.
#[derive(Debug, PartialEq)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// The output of a run that must go well, and have nothing to complain of.
    pub fn output(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""));
        self.stdout
    }
}

/// Replays in the folder with the data.
pub fn replay(arguments: &[&str]) -> Ran {
    with_input(arguments, b"")
}

/// Likewise, with something on standard input.
pub fn with_input(arguments: &[&str], input: &[u8]) -> Ran {
    let mut process = Command::new(env!("CARGO_BIN_EXE_firstvalue"))
        .arg("replay")
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay/data"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = process.stdin.take().expect("its input");
    let input = input.to_vec();
    // It need not read all of it.
    let writes = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let ran = process.wait_with_output().expect("it ends");
    writes.join().expect("the input is written");
    Ran {
        code: ran.status.code().expect("it is not killed"),
        stdout: String::from_utf8(ran.stdout).expect("UTF-8"),
        stderr: String::from_utf8(ran.stderr).expect("UTF-8"),
    }
}
