//! Where the bytes of a log come from: a file, a pipe or standard input, plain or gzip.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use super::LogError;
use super::spool::Spool;
use crate::gzip;

/// How much of a packed log is read from the system at once.
const AT_ONCE: usize = 256 * 1024;

/// A log that can be read from its beginning more than once.
pub struct Input {
    path: PathBuf,
    /// What can be read only once, which is kept as far as it was read.
    spool: Option<Spool>,
}

impl Input {
    /// A log in a file or a pipe, or on standard input for `-`.
    ///
    /// # Errors
    /// If a pipe cannot be opened, or what comes of it not be kept.
    pub fn new(path: &Path) -> Result<Self, LogError> {
        let spool = if path == Path::new("-") {
            Some(Spool::new(None)?)
        } else if path.metadata().is_ok_and(|of| !of.is_file()) {
            let log = path.display().to_string();
            let pipe = File::open(path).map_err(|error| LogError::Read { log, error })?;
            Some(Spool::new(Some(pipe))?)
        } else {
            None
        };
        Ok(Self {
            path: path.to_owned(),
            spool,
        })
    }

    /// What people call it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Its size in bytes as it lies there, if that is known.
    pub fn size(&self) -> Option<u64> {
        let metadata = self.path.metadata().ok()?;
        self.spool.is_none().then_some(metadata.len())
    }

    /// Reads it from the beginning, unpacked. What was opened before must not be read any more.
    ///
    /// # Errors
    /// If the file cannot be opened, or its beginning cannot be read.
    pub fn open(&self, progress: &ProgressBar) -> io::Result<Box<dyn Read + Send>> {
        progress.reset();
        let bytes: Box<dyn Read + Send> = match &self.spool {
            Some(spool) => Box::new(spool.read()?),
            None => Box::new(File::open(&self.path)?),
        };
        unpacked(progress.wrap_read(bytes))
    }
}

/// The bytes themselves, or what they hold if they are gzip.
fn unpacked(mut bytes: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut beginning = Vec::new();
    bytes
        .by_ref()
        .take(gzip::BEGINNING.len() as u64)
        .read_to_end(&mut beginning)?;
    let is_gzip = beginning == gzip::BEGINNING;
    let whole = Cursor::new(beginning).chain(bytes);
    Ok(if is_gzip {
        let packed = BufReader::with_capacity(AT_ONCE, whole);
        Box::new(gzip::Unpacked::new(packed))
    } else {
        Box::new(whole)
    })
}
