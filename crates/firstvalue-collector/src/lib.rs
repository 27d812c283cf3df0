//! The collector: takes events in, keeps them, answers what they say, and serves the files of
//! browser packages and dashboard.
//!
//! ```text
//!  POST /v1/batch ──ingest──▶ store (one commit for many requests) ──▶ 200
//!                               │ in the order of storing
//!                               ▼
//!  GET /api/… ◀──api── projection (the engine's state of every user, in memory)
//! ```
//! An answer of 200 to events means that they are on disk. An answer to a query includes every
//! event that had been answered before the query came.

mod api;
mod app;
mod assets;
mod auth;
mod collector;
mod cors;
mod error;
mod health;
mod ingest;
mod playbook;
mod projection;
mod security;

pub use app::router;
pub use collector::{Collector, Config, OpenError};
