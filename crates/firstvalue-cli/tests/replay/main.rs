//! `firstvalue replay`, run as people run it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod answers;
mod command;
mod joins;
mod logs;
mod same_for_any_threads;
