//! What clients see of a collector does not depend on where it keeps events: whatever is tested of that with SQLite is
//! tested here with the reference store, by the same tests.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]
#![allow(dead_code, reason = "the harness is for other tests, too")]

#[path = "../it/accounts.rs"]
mod accounts;
#[path = "../it/harness.rs"]
mod harness;
#[path = "../it/ingest.rs"]
mod ingest;
#[path = "../it/live.rs"]
mod live;
#[path = "../it/operation.rs"]
mod operation;
#[path = "../it/outcomes.rs"]
mod outcomes;
#[path = "../it/overview.rs"]
mod overview;
#[path = "../it/playbooks.rs"]
mod playbooks;
#[path = "../it/quarantine.rs"]
mod quarantine;
#[path = "../it/queries.rs"]
mod queries;
#[path = "../it/retention.rs"]
mod retention;
#[path = "../it/skew.rs"]
mod skew;
#[path = "../it/state.rs"]
mod state;
mod stores;
#[path = "../it/tenants.rs"]
mod tenants;
#[path = "../it/users.rs"]
mod users;
