//! The engine: decides, event by event, which milestones a user has reached and which guides are
//! due.
//!
//! It is a pure function of playbook, state, event and time: it reads no clock, does no input or
//! output, and gives the same answers in a browser, on a server and on the command line.
//!
//! It never looks through history. [`compile()`] turns a playbook into *atoms* (which events count,
//! and what must be remembered of them) and *conditions* over atoms; [`User`] holds what is
//! remembered. An event touches the atoms of its own name and the conditions that depend on them;
//! what becomes true or false by waiting stands in a heap of deadlines. With `k` the largest number
//! that a condition compares with and `n` the number of conditions:
//!
//! | condition | remembers | an event costs | changes by waiting |
//! | --- | --- | --- | --- |
//! | `did`, `never` | a count | O(1) | no |
//! | `did … within` | the last k times | O(k) | yes |
//! | `did … days`, `weeks` | the last k distinct days or weeks | O(k) | with `within` |
//! | `last`, `first` | one time | O(1) | yes |
//! | `sequence` of m | m times | O(m) | no |
//! | `since`, `milestone … ago` | nothing more | – | yes |
//! | `user`, `account`, `page`, `guide`, `all`, `any`, `not` | one bit | O(parts) | no |
//!
//! A deadline costs O(log n).

mod agenda;
mod bytes;
mod compile;
pub mod glob;
mod memory;
pub mod population;
pub mod query;
mod rules;
mod saved;
pub mod schedule;
pub mod survival;
mod user;
mod waiting;

pub use compile::compile;
pub use population::Population;
pub use rules::{CompiledPlaybook, FORMAT, GuideRule, MilestoneRule, Rules};
pub use saved::LoadError;
pub use user::{Change, GuideHistory, Input, User, What};
