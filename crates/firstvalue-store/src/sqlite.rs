//! The embedded store: one SQLite file in write-ahead mode, in a folder of its own.
//!
//! One thread writes; what several requests bring at the same time is committed together, and each is answered only
//! after its commit is on disk. Readers have connections of their own and never wait for the writer. Another
//! thread copies what is in the log into the database.
//!
//! A position is a rowid. Message ids are unique by an index. How many events were ever taken out is counted by
//! triggers, so that it is known also of what a person takes out by hand. The snapshot is a file beside the database.
//!
//! The tables are described where they are made, in `sqlite/migrations/`, and by `.schema` in the
//! `sqlite3` shell: anybody may query the file with plain SQL.

mod audit;
mod checkpoint;
mod disk;
mod erase;
mod error;
mod outcomes;
mod people;
mod playbooks;
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

pub use error::OpenError;
pub use reader::SqliteReader;
pub use store::SqliteStore;
pub use tail::DamagedTail;
