//! Lines by time in a temporary file.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};

use firstvalue_model::time::Millis;

/// What is read or written of a run at once.
const BUFFER: usize = 256 * 1024;

/// A run that is being written. Its file has no name, so it is gone with the process however that
/// ends.
pub struct RunWriter(BufWriter<File>);

impl RunWriter {
    /// An empty run.
    pub fn new() -> io::Result<Self> {
        Ok(Self(BufWriter::with_capacity(
            BUFFER,
            tempfile::tempfile()?,
        )))
    }

    /// Adds a line, which is not before those that were added.
    pub fn write(&mut self, at: Millis, line: &[u8]) -> io::Result<()> {
        self.0.write_all(&at.to_le_bytes())?;
        self.0.write_all(&(line.len() as u64).to_le_bytes())?;
        self.0.write_all(line)
    }

    /// The run as written, to be read.
    pub fn finish(self) -> io::Result<Run> {
        let mut file = self
            .0
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Run(BufReader::with_capacity(BUFFER, file)))
    }
}

/// A run that is being read.
pub struct Run(BufReader<File>);

impl Run {
    /// The moment of the next line; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Millis>> {
        let mut at = [0; 8];
        match self.0.read_exact(&mut at) {
            Ok(()) => Ok(Some(Millis::from_le_bytes(at))),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Adds the text of the line whose moment was read to `text`.
    pub fn text(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        let mut length = [0; 8];
        self.0.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        self.0.by_ref().take(length).read_to_end(text)?;
        Ok(())
    }
}
