//! Standard input, kept in a temporary file as far as it was read, so that it can be read again.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

/// What was read so far. The file has no name, so it is gone with the process however that ends.
pub struct Spool(File);

impl Spool {
    /// Nothing is read yet.
    pub fn new() -> io::Result<Self> {
        tempfile::tempfile().map(Self)
    }

    /// Reads standard input from its beginning: first what is kept, then what is still to come.
    ///
    /// Readers share their place in the file, so of several only the newest may be used.
    pub fn read(&self) -> io::Result<impl Read + Send + use<>> {
        let mut kept = self.0.try_clone()?;
        kept.rewind()?;
        Ok(Reader {
            kept,
            comes: io::stdin(),
            is_behind: true,
        })
    }
}

struct Reader<R> {
    kept: File,
    comes: R,
    /// What is kept has not been read to its end.
    is_behind: bool,
}

impl<R: Read> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_behind {
            let read = self.kept.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.is_behind = false;
        }
        let read = self.comes.read(buffer)?;
        if let Some(new) = buffer.get(..read) {
            self.kept.write_all(new)?;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_comes_again_and_then_what_was_not() {
        let kept = tempfile::tempfile().unwrap();
        let mut comes: &[u8] = b"one two three";
        for take in [4, 8] {
            let mut reader = Reader {
                kept: kept.try_clone().unwrap(),
                comes: &mut comes,
                is_behind: true,
            };
            reader.kept.rewind().unwrap();
            let mut read = vec![0; take];
            reader.read_exact(&mut read).unwrap();
            assert_eq!(read, b"one two three"[..take]);
        }
        assert_eq!(comes, b"three");
    }
}
