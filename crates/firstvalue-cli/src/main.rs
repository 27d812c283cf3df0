//! The `firstvalue` command.
//!
//! One file for each subcommand. What they share is the playbook, which [`playbook_file`] reads, and
//! prints what is wrong with it in the same way everywhere, and the [`data_folder`] of a collector.

mod check;
mod compile;
mod data_folder;
mod diagnostics;
mod erase;
mod export;
mod gzip;
mod import;
mod openapi;
mod output;
mod playbook;
mod playbook_file;
mod replay;
mod schema;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// A replay makes and drops small things in millions, which takes a fifth less time with this
/// allocator than with that of glibc.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Gets every user of a product to first value: checks, tries out and serves playbooks.
#[derive(Parser)]
#[command(
    name = "firstvalue",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Example:\n  firstvalue check playbook.yaml\n\n\
        Exit codes:\n  \
        0  everything is as it should be\n  \
        1  the playbook has errors\n  \
        2  the command was used wrongly, or something could not be read or done"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Compile(compile::Compile),
    Erase(erase::Erase),
    Export(export::Export),
    Import(import::Import),
    Openapi(openapi::Openapi),
    Playbook(playbook::Versions),
    Replay(replay::Replay),
    Schema(schema::Schema),
    Serve(Box<serve::Serve>),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(check) => check.run(),
        Command::Compile(compile) => compile.run(),
        Command::Erase(erase) => erase.run(),
        Command::Export(export) => export.run(),
        Command::Import(import) => import.run(),
        Command::Openapi(openapi) => openapi.run(),
        Command::Playbook(versions) => versions.run(),
        Command::Replay(replay) => replay.run(),
        Command::Schema(schema) => schema.run(),
        Command::Serve(serve) => serve.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(format_args!("error: {error:#}"));
            let in_playbook = error.is::<playbook_file::Invalid>();
            ExitCode::from(if in_playbook { 1 } else { 2 })
        }
    }
}
