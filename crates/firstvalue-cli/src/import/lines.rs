//! Lines of a file or of standard input, plain or gzip.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use indicatif::ProgressBar;

use crate::gzip;

/// How much is read from the system at once.
const AT_ONCE: usize = 256 * 1_024;

/// The longest line that is read. What is longer is no event.
const LONGEST: u64 = 16 * 1_024 * 1_024;

/// What came next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A line.
    Line,
    /// A line longer than any that is read; its beginning.
    TooLong,
    /// Nothing any more.
    End,
}

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
    let input: Box<dyn BufRead> = if bytes.fill_buf()?.starts_with(&gzip::BEGINNING) {
        Box::new(BufReader::with_capacity(
            AT_ONCE,
            gzip::Unpacked::new(bytes),
        ))
    } else {
        Box::new(bytes)
    };
    Ok((input, progress))
}

/// Reads the next line, its end included.
pub fn next(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Next> {
    next_up_to(LONGEST, input, line)
}

fn next_up_to(longest: u64, input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Next> {
    let read = input.take(longest).read_until(b'\n', line)? as u64;
    if read == 0 {
        return Ok(Next::End);
    }
    if read < longest || line.ends_with(b"\n") {
        return Ok(Next::Line);
    }
    input.skip_until(b'\n')?;
    Ok(Next::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_takes_no_other_with_it() {
        let mut input: &[u8] = b"abc\nabcd\nabcde\n\nab";
        let (mut line, mut found) = (Vec::new(), Vec::new());
        loop {
            line.clear();
            match next_up_to(4, &mut input, &mut line).unwrap() {
                Next::End => break,
                next => found.push((next, String::from_utf8(line.clone()).unwrap())),
            }
        }
        let found: Vec<_> = found.iter().map(|(next, line)| (*next, &**line)).collect();
        assert_eq!(
            found,
            [
                (Next::Line, "abc\n"),
                (Next::TooLong, "abcd"),
                (Next::TooLong, "abcd"),
                (Next::Line, "\n"),
                (Next::Line, "ab"),
            ]
        );
    }
}
