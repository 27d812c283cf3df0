//! Many connections that send batches: as fast as they are answered, or at a rate.

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::client::Client;
use crate::latencies::Latencies;
use crate::requests::Requests;

/// Sends batches of events.
#[derive(Args)]
pub struct Load {
    /// Where to: host and port.
    #[arg(long)]
    address: String,
    #[arg(long, default_value_t = 256)]
    connections: u32,
    /// Events of a request.
    #[arg(long, default_value_t = 10)]
    batch: usize,
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// Events a second of all connections together; as many as are answered if not given.
    #[arg(long)]
    rate: Option<f64>,
}

#[derive(Serialize)]
struct Outcome {
    events: usize,
    seconds: f64,
    events_per_second: f64,
    latency_ms: Latencies,
}

impl Load {
    pub async fn run(&self) -> Result<()> {
        // All connections are there before the time begins.
        let mut clients = Vec::new();
        for _ in 0..self.connections {
            clients.push(Client::connect(&self.address).await?);
        }
        let begin = Instant::now();
        let end = begin + Duration::from_secs_f64(self.seconds);
        let pace = self.rate.map(|rate| {
            let requests = rate / self.batch as f64;
            Duration::from_secs_f64(f64::from(self.connections) / requests)
        });
        let mut senders = JoinSet::new();
        for (number, client) in (0..).zip(clients) {
            let requests = Requests::new(self.batch, number, &self.address);
            // They do not all send at the same moment.
            let share = f64::from(number as u32) / f64::from(self.connections);
            let first = begin + pace.map_or(Duration::ZERO, |pace| pace.mul_f64(share));
            senders.spawn(send(client, requests, first, pace, end));
        }
        let mut times = Vec::new();
        while let Some(sent) = senders.join_next().await {
            times.extend(sent??);
        }
        let seconds = begin.elapsed().as_secs_f64();
        let events = times.len() * self.batch;
        let outcome = Outcome {
            events,
            seconds,
            events_per_second: events as f64 / seconds,
            latency_ms: Latencies::of(times),
        };
        println!("{}", serde_json::to_string(&outcome)?);
        Ok(())
    }
}

/// Sends until the end; how long each request took. At a pace that is counted from when the request was
/// to be sent, so that a server that stands still cannot hide it.
async fn send(
    mut client: Client,
    mut requests: Requests,
    first: Instant,
    pace: Option<Duration>,
    end: Instant,
) -> Result<Vec<Duration>> {
    let (mut times, mut due) = (Vec::new(), first);
    while due < end && Instant::now() < end {
        let begun = match pace {
            Some(pace) => {
                sleep_until(due).await;
                let begun = due;
                due += pace;
                begun
            }
            None => Instant::now(),
        };
        let status = client.send(requests.next()).await?;
        ensure!(status == 200, "a request was answered with {status}");
        times.push(begun.elapsed());
    }
    Ok(times)
}
