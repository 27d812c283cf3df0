//! A running collector beside the description of its API: `schemathesis` asks it whatever the description
//! allows, and some of what it does not.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::Effort;
use super::programs::Programs;
use crate::process::execute;
use crate::setup::python;
use crate::workspace::Workspace;

const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance";

/// Something to begin with.
const EVENTS: &str = r#"{"writeKey":"wk","batch":[
    {"type":"identify","userId":"ann","anonymousId":"device","traits":{"role":"admin"}},
    {"type":"group","userId":"ann","groupId":"acme","traits":{"plan":"pro"}},
    {"userId":"ann","event":"report.created"},
    {"event":"of nobody"}]}"#;

/// Who asks, by the paths that they may use.
const ASKERS: [(&str, &str); 2] = [
    ("Authorization: Bearer at", "^/(api/|metrics)"),
    // `wk:`
    ("Authorization: Basic d2s6", "^/(v1/|batch/|healthz|readyz)"),
];

/// Asks everything.
pub fn check(workspace: &Workspace, effort: Effort) -> Result<()> {
    let schemathesis = python::tool(workspace, SCHEMATHESIS, "schemathesis")?;
    let Programs { command, .. } = Programs::build(workspace)?;
    let data = workspace.target.join("api-under-test");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let server = Server::start(
        &command,
        &data,
        &workspace.root.join("www/demo/playbook.yaml"),
    )?;
    let events = data.join("events.json");
    fs::write(&events, EVENTS)?;
    execute(
        Command::new("curl")
            .args(["--fail", "--silent", "--show-error", "--output"])
            .arg(data.join("reply.json"))
            .arg("--data-binary")
            .arg(format!("@{}", events.display()))
            .arg(format!("{}/v1/batch", server.origin)),
    )?;
    let examples = match effort {
        Effort::Usual => "10",
        Effort::Long => "500",
    };
    for (header, paths) in ASKERS {
        let mut asks = Command::new(&schemathesis);
        asks.arg("--config-file")
            .arg(workspace.root.join("tests/conformance/schemathesis.toml"))
            .arg("run")
            .arg(
                workspace
                    .root
                    .join("crates/firstvalue-collector/openapi.json"),
            )
            .args(["--url", &server.origin, "--header", header])
            .args(["--include-path-regex", paths, "--checks", CHECKS])
            .args(["--max-examples", examples, "--no-color"])
            // It leaves a folder with what it has found.
            .current_dir(&data);
        execute(&mut asks)?;
    }
    Ok(())
}

/// A collector that ends with this.
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    fn start(command: &Path, data: &Path, playbook: &Path) -> Result<Self> {
        let mut process = Command::new(command)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(["--write-key", "wk", "--admin-token", "at"])
            .arg("--data")
            .arg(data)
            .arg("--playbook")
            .arg(playbook)
            .stdout(Stdio::piped())
            .spawn()
            .context("the collector does not start")?;
        let mut line = String::new();
        let output = process
            .stdout
            .take()
            .context("the collector says nothing")?;
        BufReader::new(output).read_line(&mut line)?;
        let origin = line.trim().strip_prefix("listening on ").map(str::to_owned);
        let server = Self {
            process,
            origin: origin.unwrap_or_default(),
        };
        ensure!(!server.origin.is_empty(), "the collector says `{line}`");
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended by itself, the requests that it did not answer have said so.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
