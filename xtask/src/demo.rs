//! `cargo xtask demo`: the demo product, its collector and the dashboard at one address.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::pack;
use crate::process::{execute, output, say, shown};
use crate::workspace::Workspace;

/// The port that people get used to.
const PORT: u16 = 8787;

/// The write key in the demo's page. A write key can only add events, so it may be known.
const WRITE_KEY: &str = "ledgerly-demo";

/// With it the demo's page has hashes of its accounts, as it has no server that could make them.
const IDENTITY_SECRET: &str = "ledgerly-demo";

/// How the collector's first line begins, once it takes requests.
const READY: &str = "listening on ";

/// How long the collector may take to end what it is doing.
const FAREWELL: Duration = Duration::from_secs(5);

/// Builds what is missing, starts everything, and ends it at Ctrl-C.
pub fn run(workspace: &Workspace, options: &[String]) -> Result<()> {
    let port = free_port(port_of(options)?);
    pack::build(workspace)?;
    let command = build_command(workspace)?;
    let folder = workspace.target.join("demo");
    fs::create_dir_all(&folder)?;
    let token = admin_token(&folder)?;

    let interrupted = interruption()?;
    let mut collector = start(&command, &folder, &token, port, workspace)?;
    let result =
        show(&mut collector, &token, workspace).and_then(|()| watch(&mut collector, &interrupted));
    end(&mut collector)?;
    result
}

/// Compiles the `firstvalue` command.
fn build_command(workspace: &Workspace) -> Result<PathBuf> {
    let file = workspace
        .target
        .join("debug")
        .join(format!("firstvalue{}", std::env::consts::EXE_SUFFIX));
    if !file.is_file() {
        say("compiling the collector (one to three minutes the first time)");
    }
    execute(
        workspace
            .cargo()
            .args(["build", "--quiet", "--package", "firstvalue-cli"]),
    )?;
    Ok(file)
}

fn port_of(options: &[String]) -> Result<u16> {
    match options {
        [] => Ok(PORT),
        [name, port] if name == "--port" => port
            .parse()
            .with_context(|| format!("`{port}` is not a port; give a number up to 65535")),
        _ => bail!("`cargo xtask demo` takes `--port N` and nothing else"),
    }
}

/// The port itself, or 0 (any) if another program has it.
fn free_port(port: u16) -> u16 {
    if TcpListener::bind(("127.0.0.1", port)).is_ok() {
        return port;
    }
    say(&format!(
        "port {port} is taken, so the demo is on another one"
    ));
    0
}

/// The token for the dashboard: made once, so that an open dashboard survives a new start.
fn admin_token(folder: &Path) -> Result<String> {
    let file = folder.join("admin-token");
    if let Ok(token) = fs::read_to_string(&file) {
        return Ok(token);
    }
    let random = "process.stdout.write(require('node:crypto').randomBytes(16).toString('hex'))";
    let token = output(Command::new("node").args(["-e", random]))?;
    fs::write(&file, &token)?;
    Ok(token)
}

/// The collector, and the lines it prints.
struct Collector {
    child: Child,
    lines: Receiver<String>,
}

fn start(
    command: &Path,
    folder: &Path,
    token: &str,
    port: u16,
    workspace: &Workspace,
) -> Result<Collector> {
    let mut serve = Command::new(command);
    serve.arg("serve").arg("--data").arg(folder.join("data"));
    serve
        .arg("--playbook")
        .arg(workspace.root.join("www/demo/playbook.yaml"));
    serve.arg("--assets").arg(workspace.dist());
    serve.args([
        "--listen",
        &format!("127.0.0.1:{port}"),
        "--write-key",
        WRITE_KEY,
        "--admin-token",
        token,
        "--identity-secret",
        IDENTITY_SECRET,
    ]);
    let mut child = serve
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(&serve)))?;
    let stdout = child.stdout.take().context("the collector has no output")?;
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // Nobody listens any more when the demo is about to end.
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    Ok(Collector { child, lines })
}

/// Fills the collector with history, and says where everything is.
fn show(collector: &mut Collector, token: &str, workspace: &Workspace) -> Result<()> {
    let line = collector
        .lines
        .recv()
        .context("the collector ended before it was ready; it says why above")?;
    let address = line
        .strip_prefix(READY)
        .with_context(|| format!("the collector said `{line}` first"))?
        .to_owned();
    say("loading 90 days of history of a few hundred users");
    let mut history = Command::new("node");
    history.arg(workspace.root.join("www/demo/history.mjs"));
    history.args(["--endpoint", &address, "--write-key", WRITE_KEY]);
    execute(&mut history).context("the history could not be loaded")?;
    println!("\n  Ledgerly, the demo product   {address}/demo/");
    println!("  Dashboard                    {address}/#token={token}");
    println!("  Guides, every kind           {address}/gallery/\n\n  Ctrl-C ends it.\n");
    Ok(())
}

/// Passes on what the collector prints, until it ends or a person ends us.
fn watch(collector: &mut Collector, interrupted: &Receiver<()>) -> Result<()> {
    loop {
        match collector.lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => println!("{line}"),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) if interrupted.try_recv().is_ok() => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                bail!("the collector has ended ({})", collector.child.wait()?)
            }
        }
        if interrupted.try_recv().is_ok() {
            return Ok(());
        }
    }
}

/// Hears Ctrl-C and its relatives, which would otherwise leave the collector alone.
fn interruption() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    ctrlc::set_handler(move || {
        // A second Ctrl-C while we are ending changes nothing.
        let _ = sender.send(());
    })?;
    Ok(receiver)
}

/// Ends the collector: Ctrl-C has reached it as well, other signals have not.
fn end(collector: &mut Collector) -> Result<()> {
    let asked = Instant::now();
    if cfg!(unix) && collector.child.try_wait()?.is_none() {
        let id = collector.child.id().to_string();
        execute(Command::new("kill").args(["-TERM", &id]))?;
    }
    while collector.child.try_wait()?.is_none() {
        if asked.elapsed() > FAREWELL {
            collector.child.kill()?;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
