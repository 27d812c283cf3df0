//! How long requests took.

use std::time::Duration;

use serde::Serialize;

/// Times in milliseconds by which shares of all requests were answered.
#[derive(Serialize)]
pub struct Latencies {
    p50: f64,
    p90: f64,
    p99: f64,
    p999: f64,
    longest: f64,
}

impl Latencies {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            let place = (times.len() as f64 * share).ceil() as usize;
            let time = times.get(place.saturating_sub(1));
            time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        Self {
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            p999: at(0.999),
            longest: at(1.0),
        }
    }
}
