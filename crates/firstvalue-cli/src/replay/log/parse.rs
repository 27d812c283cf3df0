//! The lines of a block, read by several threads.

use std::sync::{Mutex, OnceLock};

use super::blocks::pieces;
use crate::replay::workers;

/// So many pieces for each thread: whoever is done first takes the next.
const PIECES: usize = 4;

/// About so many bytes a line of a log has; with fewer there will be more events than there was room
/// for at first.
const USUAL_LINE: usize = 192;

/// What the lines of a piece of a block hold.
pub struct Piece<T> {
    /// What was read, in the order of lines.
    pub events: Vec<T>,
    /// The lines that are left out, numbered within the piece from 1, and why.
    pub bad: Vec<(u64, String)>,
    /// How many lines there are, empty ones as well.
    pub lines: u64,
}

/// Reads the lines of a block. Empty lines say nothing.
pub fn parse<'b, T: Send + Sync>(
    block: &'b [u8],
    threads: usize,
    read: impl Fn(&'b [u8]) -> Result<T, String> + Sync,
) -> Vec<Piece<T>> {
    let parsing = Parsing::new(block, threads);
    workers::map(vec![(); threads], |()| {
        while parsing.next(&mut |line: &'b [u8]| read(line)) {}
    });
    parsing.pieces()
}

/// A block whose lines are being read by several threads, which may do other things as well.
pub struct Parsing<'b, T> {
    unread: Mutex<Vec<(usize, &'b [u8])>>,
    read: Vec<OnceLock<Piece<T>>>,
}

impl<'b, T> Parsing<'b, T> {
    /// None of it was read yet.
    pub fn new(block: &'b [u8], threads: usize) -> Self {
        let pieces = pieces(block, PIECES * threads);
        Self {
            read: pieces.iter().map(|_| OnceLock::new()).collect(),
            unread: Mutex::new(pieces.into_iter().enumerate().rev().collect()),
        }
    }

    /// Reads the lines of another piece; whether there was one.
    pub fn next(&self, read: &mut impl FnMut(&'b [u8]) -> Result<T, String>) -> bool {
        // Nobody panics while holding it.
        let next = self.unread.lock().ok().and_then(|mut unread| unread.pop());
        let Some((place, text)) = next else {
            return false;
        };
        let piece = one(text, read);
        // Nobody else has read this one.
        let _ = self.read.get(place).map(|slot| slot.set(piece));
        true
    }

    /// The pieces in their order, once no thread finds another.
    pub fn pieces(self) -> Vec<Piece<T>> {
        let pieces = self.read.into_iter();
        pieces.filter_map(OnceLock::into_inner).collect()
    }
}

fn one<'b, T>(text: &'b [u8], read: &mut impl FnMut(&'b [u8]) -> Result<T, String>) -> Piece<T> {
    let mut piece = Piece {
        events: Vec::with_capacity(text.len() / USUAL_LINE),
        bad: Vec::new(),
        lines: 0,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = match after {
            [] => after,
            [_, after @ ..] => after,
        };
        piece.lines += 1;
        let start = line.len() - line.trim_ascii_start().len();
        let end = start + line.trim_ascii().len();
        let Some(line) = line.get(start..end).filter(|line| !line.is_empty()) else {
            continue;
        };
        match read(line) {
            Ok(event) => piece.events.push(event),
            Err(reason) => piece.bad.push((piece.lines, reason)),
        }
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_with_the_empty_ones() {
        let text = b"a\n\n \r\nbad\nb\r\nbad";
        let read = |line: &[u8]| match line {
            b"bad" => Err("bad".to_owned()),
            line => Ok(line.to_vec()),
        };
        for threads in 1..5 {
            let (mut lines, mut events, mut bad) = (0, Vec::new(), Vec::new());
            for piece in parse(text, threads, read) {
                events.extend(piece.events);
                bad.extend(piece.bad.into_iter().map(|(line, _)| lines + line));
                lines += piece.lines;
            }
            assert_eq!(
                (events, bad, lines),
                (vec![b"a".to_vec(), b"b".to_vec()], vec![4, 6], 6)
            );
        }
    }
}
