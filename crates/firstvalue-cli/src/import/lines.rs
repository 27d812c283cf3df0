//! Lines of a file or of standard input, plain or gzip.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;

/// How much is read from the system at once.
const AT_ONCE: usize = 256 * 1_024;

/// The longest line that is read. What is longer is no log of events.
const LONGEST: u64 = 16 * 1_024 * 1_024;

/// Opens a file (`-` is standard input), and shows how far it is read if somebody watches.
pub fn open(path: &Path) -> io::Result<(Box<dyn BufRead>, ProgressBar)> {
    let (bytes, size): (Box<dyn Read>, _) = if path == Path::new("-") {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        (Box::new(file), Some(size))
    };
    let progress = size.map_or_else(ProgressBar::hidden, ProgressBar::new);
    let mut bytes = BufReader::with_capacity(AT_ONCE, progress.wrap_read(bytes));
    // Enough to tell, also from a pipe that gives little at a time: an event is longer than that.
    let input: Box<dyn BufRead> = if bytes.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(
            AT_ONCE,
            MultiGzDecoder::new(bytes),
        ))
    } else {
        Box::new(bytes)
    };
    Ok((input, progress))
}

/// Reads the next line; whether there was one.
pub fn next(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    input.take(LONGEST).read_until(b'\n', line)?;
    if line.len() as u64 == LONGEST {
        return Err(io::Error::other("the line is longer than 16 MB"));
    }
    Ok(!line.is_empty())
}
