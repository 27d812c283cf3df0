//! A collector in a process of its own, for tests.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;

/// A collector in a process of its own, with write key `wk` and admin token `at`.
pub struct Server {
    pub process: Child,
    pub origin: String,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firstvalue"));
        Self::run(&mut command, data)
    }

    /// Runs a command, to which the arguments of the collector are added.
    pub fn run(command: &mut Command, data: &Path) -> Self {
        let mut process = command
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--write-key",
                "wk",
                "--admin-token",
                "at",
            ])
            .arg("--data")
            .arg(data)
            // No playbook lies there.
            .current_dir(data.parent().expect("a folder above"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its first line");
        let origin = line
            .trim()
            .strip_prefix("listening on ")
            .expect("an address")
            .to_owned();
        Self { process, origin }
    }

    /// As `kill -9`: nothing of the process runs any more.
    pub fn kill(mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }

    pub fn terminate(mut self) -> ExitStatus {
        let pid = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .expect("kill runs")
                .success()
        );
        let asked = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().expect("its status") {
                return status;
            }
            assert!(
                asked.elapsed() < Duration::from_secs(10),
                "it does not stop"
            );
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A client that takes every answer as it is.
pub fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .http_status_as_error(false)
        .build()
        .into()
}
