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
mod bucket;
mod collector;
mod cors;
pub mod deed;
mod error;
mod export;
mod health;
mod ingest;
mod intake;
mod limits;
mod metrics;
mod openapi;
mod outcomes;
mod path;
mod playbook;
mod product;
mod projection;
mod retention;
mod secret;
mod security;
mod server;
mod settings;
mod signed;
mod state;
mod write_key;

pub use app::router;
pub use bucket::Rate;
pub use collector::{Collector, Config, OpenError};
pub use export::{ExportError, Format, export};
pub use intake::{Brought, read_line, read_request, refuse_line};
pub use limits::Limits;
pub use openapi::openapi;
pub use product::ProductConfig;
pub use secret::Secret;
pub use server::serve;
pub use write_key::WriteKey;
