//! The end of the log that SQLite writes before the database itself.
//!
//! After a crash SQLite takes from the log what is whole and committed, and drops the rest without
//! a word. That is right for what was being written when the process ended, which nobody was told
//! is stored. If the disk has damaged what had been stored, it drops that in the same way. So before
//! the database is opened, a log whose checksums are wrong is copied aside, and that is said.
//! Nothing of this stops the start.

use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// How the name of a copy ends.
const COPY: &str = "db-wal.damaged";

/// A log whose end cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedTail {
    /// Where it was copied to.
    pub copy: PathBuf,
    /// Where the damage begins, in bytes.
    pub from: u64,
    /// Bytes of the whole.
    pub size: u64,
}

/// Copies the log of a database aside if there is something in it that cannot be read.
pub(super) fn set_aside(database: &Path) -> io::Result<Option<DamagedTail>> {
    let log = database.with_extension("db-wal");
    let file = match File::open(&log) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let size = file.metadata()?.len();
    let Some(from) = damage(&mut BufReader::new(file))? else {
        return Ok(None);
    };
    // Only the latest is kept: it holds personal data.
    let copy = database.with_extension(COPY);
    drop(fs::remove_file(&copy));
    let mut output = crate::private::file(&copy)?;
    io::copy(&mut File::open(&log)?, &mut output)?;
    output.sync_all()?;
    Ok(Some(DamagedTail { copy, from, size }))
}

/// Takes a copy away, as when somebody is erased who may be in it.
pub(super) fn remove_copy(database: &Path) -> io::Result<()> {
    match fs::remove_file(database.with_extension(COPY)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where the first frame is whose salts are those of the log, so that it was written to it, and whose
/// checksum is wrong. See <https://sqlite.org/fileformat2.html#walformat>.
fn damage(log: &mut impl Read) -> io::Result<Option<u64>> {
    const HEADER: u64 = 32;
    let mut header = [0; HEADER as usize];
    if !read_whole(log, &mut header)? {
        return Ok(None);
    }
    let big_endian = match number(&header, 0) {
        0x377f_0682 => false,
        0x377f_0683 => true,
        // Not a log that was begun.
        _ => return Ok(None),
    };
    let page = number(&header, 8) as usize;
    let salts = (number(&header, 16), number(&header, 20));
    let mut sum = Sum::new(big_endian);
    sum.add(header.get(..24).unwrap_or_default());
    if sum.is(&header, 24) && (512..=65_536).contains(&page) {
        let mut frame = vec![0; 24 + page];
        let mut at = HEADER;
        while read_whole(log, &mut frame)? {
            // Left over from an earlier use of the file.
            if (number(&frame, 8), number(&frame, 12)) != salts {
                return Ok(None);
            }
            sum.add(frame.get(..8).unwrap_or_default());
            sum.add(frame.get(24..).unwrap_or_default());
            if !sum.is(&frame, 16) {
                return Ok(Some(at));
            }
            at += frame.len() as u64;
        }
        return Ok(None);
    }
    Ok(Some(0))
}

/// Fills the buffer; `false` if there is not so much.
fn read_whole(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The number at a place: those that describe the log are big-endian.
fn number(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes
        .get(at..at + 4)
        .and_then(|bytes| bytes.try_into().ok());
    u32::from_be_bytes(bytes.unwrap_or_default())
}

/// The checksum of a log, over everything in it so far.
struct Sum {
    big_endian: bool,
    one: u32,
    two: u32,
}

impl Sum {
    fn new(big_endian: bool) -> Self {
        Self {
            big_endian,
            one: 0,
            two: 0,
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        for pair in bytes.chunks_exact(8) {
            let mut words = pair.chunks_exact(4).map(|word| {
                let word = word.try_into().unwrap_or_default();
                if self.big_endian {
                    u32::from_be_bytes(word)
                } else {
                    u32::from_le_bytes(word)
                }
            });
            let first = words.next().unwrap_or_default();
            let second = words.next().unwrap_or_default();
            self.one = self.one.wrapping_add(first).wrapping_add(self.two);
            self.two = self.two.wrapping_add(second).wrapping_add(self.one);
        }
    }

    fn is(&self, bytes: &[u8], at: usize) -> bool {
        (self.one, self.two) == (number(bytes, at), number(bytes, at + 4))
    }
}
