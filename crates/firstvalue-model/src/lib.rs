//! What Firstvalue works on, as types: the playbook, the events, and time.
//!
//! This crate decides nothing and reads no clock; it builds natively and for wasm. With the feature
//! `source` it also reads playbooks as people write them (YAML or JSON) and says what is wrong with
//! them by file, line and column.

pub mod colour;
pub mod condition;
pub mod guide;
pub mod joins;
pub mod json;
pub mod message;
pub mod playbook;
pub mod time;

#[cfg(feature = "source")]
pub mod source;

pub use condition::{Comparison, Condition, EventMatch, GuideStanding, Measure, Query};
pub use playbook::Playbook;
