//! Evaluates queries: reads lines `{"query": …, "object": …}` from standard input, and answers each
//! with `true` or `false`.
//!
//! ```text
//! $ echo '{"query":{"plan":{"$in":["pro"]}},"object":{"plan":"pro"}}' | cargo run -q --example matches
//! true
//! ```

use std::io::{BufRead, BufWriter, Write};

use firstvalue_engine::query;
use firstvalue_model::message::Object;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    query: Object,
    object: Object,
}

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Case { query, object } = serde_json::from_str(&line?)?;
        writeln!(out, "{}", query::matches(&query, &object))?;
    }
    out.flush()
}
