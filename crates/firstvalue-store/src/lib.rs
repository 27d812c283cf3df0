//! Events at rest, and the questions asked of them.
//!
//! The embedded back end is one SQLite file in write-ahead mode. One thread writes; what several
//! requests bring at the same time is committed together, and each is answered only after its
//! commit is on disk. Readers have connections of their own and never wait for the writer. Another
//! thread copies what is in the log into the database.
//!
//! The tables are described where they are made, in `migrations/`, and by `.schema` in the
//! `sqlite3` shell: anybody may query the file with plain SQL.

mod audit;
mod checkpoint;
mod erase;
mod error;
mod event;
mod failure;
mod outcomes;
mod people;
mod playbooks;
pub mod private;
mod quarantine;
mod reader;
mod removals;
mod retention;
mod schema;
mod snapshot;
mod status;
mod store;
mod tail;
mod writer;

pub use audit::{Deed, KeptDeed};
pub use erase::{Erased, Erasure, Touched};
pub use error::{AppendError, StoreError};
pub use event::{Arrival, Fate, NewEvent, Row, StoredEvent};
pub use failure::Failure;
pub use outcomes::Achieved;
pub use people::KeptUnder;
pub use playbooks::{KeptPlaybook, NewPlaybook};
pub use quarantine::{NewRefusal, Refusal};
pub use reader::{Filter, Reader};
pub use removals::Removals;
pub use snapshot::{Key, Snapshots};
pub use status::Status;
pub use store::Store;
pub use tail::DamagedTail;
