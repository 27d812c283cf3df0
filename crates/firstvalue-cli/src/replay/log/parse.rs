//! The lines of a block, read by several threads.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::blocks::pieces;
use crate::replay::workers;

/// So many pieces for each thread: whoever is done first takes the next.
const PIECES: usize = 4;

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
    workers::map(vec![(); threads], |()| while parsing.next(&read) {});
    parsing.pieces()
}

/// A block whose lines are being read by several threads, which may do other things as well.
pub struct Parsing<'b, T> {
    pieces: Vec<(&'b [u8], OnceLock<Piece<T>>)>,
    next: AtomicUsize,
}

impl<'b, T> Parsing<'b, T> {
    /// None of it was read yet.
    pub fn new(block: &'b [u8], threads: usize) -> Self {
        let pieces = pieces(block, PIECES * threads).into_iter();
        Self {
            pieces: pieces.map(|piece| (piece, OnceLock::new())).collect(),
            next: AtomicUsize::new(0),
        }
    }

    /// Reads the lines of another piece; whether there was one.
    pub fn next(&self, read: &impl Fn(&'b [u8]) -> Result<T, String>) -> bool {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let Some((text, piece)) = self.pieces.get(place) else {
            return false;
        };
        piece.get_or_init(|| one(text, read));
        true
    }

    /// The pieces in their order, once no thread finds another.
    pub fn pieces(self) -> Vec<Piece<T>> {
        let pieces = self.pieces.into_iter();
        pieces.filter_map(|(_, piece)| piece.into_inner()).collect()
    }
}

fn one<'b, T>(text: &'b [u8], read: impl Fn(&'b [u8]) -> Result<T, String>) -> Piece<T> {
    let mut piece = Piece {
        events: Vec::new(),
        bad: Vec::new(),
        lines: 0,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        piece.lines += 1;
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
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
        let read = |line: &'static [u8]| match line {
            b"bad" => Err("bad".to_owned()),
            line => Ok(line),
        };
        for threads in 1..5 {
            let (mut lines, mut events, mut bad) = (0, Vec::new(), Vec::new());
            for piece in parse(text, threads, read) {
                events.extend(piece.events);
                bad.extend(piece.bad.into_iter().map(|(line, _)| lines + line));
                lines += piece.lines;
            }
            assert_eq!((events, bad, lines), (vec![&b"a"[..], b"b"], vec![4, 6], 6));
        }
    }
}
