//! What can be read only once, such as standard input or a pipe: kept in a temporary file as far as it was
//! read, so that it can be read again.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

/// Something that comes once, and what was read of it so far.
pub struct Spool {
    /// It has no name, so it is gone with the process however that ends.
    kept: File,
    /// Standard input if `None`.
    comes: Option<File>,
}

impl Spool {
    /// Nothing is read yet, of a pipe or of standard input.
    pub fn new(comes: Option<File>) -> io::Result<Self> {
        let kept = tempfile::tempfile()?;
        Ok(Self { kept, comes })
    }

    /// Reads it from its beginning: first what is kept, then what is still to come.
    ///
    /// Readers share their place in the file, so of several only the newest may be used.
    pub fn read(&self) -> io::Result<impl Read + Send + use<>> {
        let mut kept = self.kept.try_clone()?;
        kept.rewind()?;
        let comes: Box<dyn Read + Send> = match &self.comes {
            Some(pipe) => Box::new(pipe.try_clone()?),
            None => Box::new(io::stdin()),
        };
        Ok(Reader {
            kept,
            comes,
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
