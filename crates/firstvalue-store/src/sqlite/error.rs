use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::error::StoreError;
use crate::failure::Failure;

/// Why a store could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder could not be made or its rights could not be set.
    #[error("cannot use the data folder `{}`: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another process has the folder.
    #[error(
        "the data folder `{}` is in use by another process; stop that one, or name another folder",
        .0.display()
    )]
    InUse(PathBuf),
    /// The file belongs to something else.
    #[error("`{}` is a database of something else; name another data folder", .0.display())]
    Foreign(PathBuf),
    /// The disk does not let a log be kept beside the database.
    #[error(
        "`{}` cannot be given a write-ahead log; the data folder must be on a disk of this machine",
        .0.display()
    )]
    NoLog(PathBuf),
    /// There is nothing.
    #[error("there is no database `{}`; name the data folder of a collector", .0.display())]
    Missing(PathBuf),
    /// The file was written by an earlier version, and only looked at.
    #[error(
        "the database has schema {found}, this version needs {known}; start `firstvalue serve` \
         once, which brings it up to date"
    )]
    Older {
        /// The schema version in the file.
        found: u32,
        /// The schema version needed here.
        known: u32,
    },
    /// The file was written by a later version.
    #[error("the database has schema {found}, this version knows {known}; update firstvalue")]
    Newer {
        /// The schema version in the file.
        found: u32,
        /// The latest schema version known here.
        known: u32,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] StoreError),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(Failure::of(error))
    }
}

/// A file beside the database could not be written or taken away.
#[derive(Debug, Error)]
#[error("cannot use `{}`: {source}", .path.display())]
struct FileError {
    path: PathBuf,
    source: io::Error,
}

/// What the system said of a file beside the database.
pub(super) fn of_file(path: &Path) -> impl Fn(io::Error) -> StoreError {
    move |source| {
        StoreError(Failure::of(FileError {
            path: path.to_owned(),
            source,
        }))
    }
}
