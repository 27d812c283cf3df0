//! The commands that only look at a playbook, run as people run them.

#![expect(
    clippy::expect_used,
    reason = "outside of test functions the lint does not know tests"
)]

mod check;
mod command;
mod compile;
mod documentation;
mod formats;
mod schema;
