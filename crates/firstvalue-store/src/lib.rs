//! Events at rest, and the questions asked of them.
//!
//! What a store is to those who use it is two traits, and what these promise: a [`Store`] takes in, keeps and takes
//! out, and a [`Reader`] answers. No caller knows more than that, but for the place where a process opens its store.
//!
//! The store that comes with it is [`sqlite`]: one file, in this process.
//!
//! # Another engine
//!
//! What an engine has to provide are the methods of [`Store`] and [`Reader`] without a body, and those of
//! [`Identities`]; who is behind an id and whose results are whose is worked out from their answers. What is said of
//! [`Store`] is what callers rely on. The crate `firstvalue-store-reference` is the same written down without care for
//! time, and its tests hold an engine against that.

mod audit;
mod background;
mod erasure;
mod error;
mod event;
mod failure;
mod outcomes;
mod people;
mod playbooks;
pub mod private;
mod quarantine;
mod reader;
mod snapshot;
pub mod sqlite;
mod status;
mod store;

pub use audit::{Deed, KeptDeed};
pub use background::{give_way, work_when_idle};
pub use erasure::{DeedOf, Erased, Erasure, Removals, Touched};
pub use error::{AppendError, StoreError};
pub use event::{Fate, NewEvent, Position, Row, StoredEvent};
pub use failure::Failure;
pub use outcomes::{Achieved, Grouped, Recorded};
pub use people::{Claim, Identities, KeptUnder};
pub use playbooks::{KeptPlaybook, NewPlaybook};
pub use quarantine::{NewRefusal, QUARANTINE_SIZE, Refusal};
pub use reader::{Filter, Reader};
pub use snapshot::Key;
pub use status::{Room, Status};
pub use store::{Pending, Store};
