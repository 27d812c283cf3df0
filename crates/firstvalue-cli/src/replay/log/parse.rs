//! The lines of a block, read by several threads.

use super::blocks::pieces;
use crate::replay::workers;

/// What the lines of a piece of a block hold.
pub struct Piece<T> {
    /// What was read, in the order of lines.
    pub events: Vec<T>,
    /// The lines that are left out, numbered within the piece from 1, and why.
    pub bad: Vec<(u64, String)>,
    /// How many lines there are, empty ones as well.
    pub lines: u64,
}

/// Reads the lines of a block, in as many pieces as there are threads. Empty lines say nothing.
pub fn parse<'b, T: Send>(
    block: &'b [u8],
    threads: usize,
    read: impl Fn(&'b [u8]) -> Result<T, String> + Sync,
) -> Vec<Piece<T>> {
    workers::map(pieces(block, threads), |piece| one(piece, &read))
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
