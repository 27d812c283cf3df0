//! The collector as its clients see it: requests in, answers out.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod accounts;
mod auth;
mod bodies;
mod clients;
mod cors;
mod delivery;
mod files;
mod harness;
mod ingest;
mod limits;
mod live;
mod on_disk;
mod operation;
mod outcomes;
mod overview;
mod playbook;
mod playbooks;
mod quarantine;
mod queries;
mod retention;
mod skew;
mod state;
mod stores;
mod tenants;
mod users;
