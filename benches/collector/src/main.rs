//! What `cargo xtask bench collector` sends to a collector, and the floors that it is compared with: the
//! least that a server of its kind has to do.

mod client;
mod floor;
mod latencies;
mod load;
mod requests;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Sends events, or takes them.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Sends batches of events and prints how that went, as JSON.
    Load(load::Load),
    /// Takes batches, and does little with them.
    Floor(floor::Floor),
}

#[tokio::main]
async fn main() -> Result<()> {
    match Cli::parse().what {
        What::Load(load) => load.run().await,
        What::Floor(floor) => floor.run().await,
    }
}
