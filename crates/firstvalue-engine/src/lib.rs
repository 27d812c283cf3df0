//! The engine: decides, event by event, which milestones a user has reached and which guides are
//! due.
//!
//! It is a pure function of playbook, state, event and time: it reads no clock, does no input or
//! output, and gives the same answers in a browser, on a server and on the command line.
//!
//! It never looks through history. [`compile()`] turns a playbook into *atoms* (which events count,
//! and what must be remembered of them) and *conditions* over atoms; [`State`] holds what is
//! remembered of one user or account, and [`Population`] those of everybody. An event touches the
//! atoms of its own name and the conditions that depend on them; what becomes true or false by
//! waiting stands in a heap of deadlines. An event that no atom names allocates nothing.
//!
//! With `k` the largest number that a condition compares with, and `n` the number of conditions
//! that change by waiting:
//!
//! | condition | remembers | an event costs | looking costs | changes by waiting |
//! | --- | --- | --- | --- | --- |
//! | `did`, `never` | a count | O(1) | O(1) | no |
//! | `did … within` | the last k times | O(1) | O(log k) | yes |
//! | `did … days`, `weeks` | the last k distinct days or weeks | O(1), O(k) on a new day | O(log k) | with `within` |
//! | `did … distinct` | the last k distinct values | O(k) | O(log k) | with `within` |
//! | `did … sum` | a sum | O(1) | O(1) | no |
//! | `did … sum … within` | every value in the window | O(1) | O(1), and O(1) once for each value that leaves | yes |
//! | `last`, `first` | one time | O(1) | O(1) | yes |
//! | `sequence` of m | m times | O(m) | O(1) | no |
//! | `since`, `milestone … ago` | nothing more | – | O(1) | yes |
//! | `users … count` | a count | O(1) when it changes for a user | O(1) | when it does for a user |
//! | `user`, `account` | the traits | the size of the query, when traits change | | no |
//! | `page`, `element`, `guide` | one bit | O(1) | O(1) | no |
//! | `all`, `any`, `not` | one bit | O(parts), when one of them changes | | no |
//!
//! A deadline costs O(log n). A condition that asks for at least so many costs nothing while it
//! holds, since no event can end it: when its deadline comes, it is found out how much longer it
//! holds. Names of events are found by hash.

pub mod bucket;
mod bytes;
mod compile;
mod deadlines;
mod explain;
pub mod glob;
mod graph;
mod marks;
mod memory;
mod moment;
mod names;
pub mod population;
pub mod query;
mod rules;
mod saved;
pub mod schedule;
mod state;
pub mod survival;
mod uses;
mod waiting;

pub use compile::compile;
pub use explain::{Asked, Explanation};
pub use population::{Call, Decision, Joins, Member, Population, Said, Subject};
pub use rules::{CompiledPlaybook, FORMAT, GuideRule, MilestoneRule, Rules, StageRule};
pub use saved::LoadError;
pub use state::{Change, GuideHistory, HealthScore, Input, PartScore, State, Unit, What};
