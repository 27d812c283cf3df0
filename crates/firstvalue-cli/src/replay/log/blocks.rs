//! A log in blocks: some thousands of lines each, cut where a line ends.

use std::io::{self, Read};

/// The least that a block holds, unless the log ends: so much that threads seldom wait for each other,
/// which costs most where cores are virtual.
pub const USUAL: usize = 2 << 20;

/// The longest line that is read; a log that holds a longer one is no log of events.
const LONGEST_LINE: usize = 256 << 20;

/// Editors on Windows begin files by this; it is no part of the first line.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Why there is no next block.
#[derive(Debug)]
pub enum BlockError {
    /// The log cannot be read.
    Read(io::Error),
    /// There is no end to a line.
    Line,
}

/// The blocks of a log, in order. Each ends with a line, the last perhaps without its line end.
pub struct Blocks<R> {
    log: R,
    size: usize,
    /// The beginning of a line whose end is still to come.
    rest: Vec<u8>,
    is_first: bool,
    has_ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Blocks of about `size` bytes.
    pub fn new(log: R, size: usize) -> Self {
        Self {
            log,
            size: size.max(1),
            rest: Vec::new(),
            is_first: true,
            has_ended: false,
        }
    }

    fn read(&mut self) -> Result<Option<Vec<u8>>, BlockError> {
        let mut block = std::mem::take(&mut self.rest);
        while !self.has_ended {
            if block.len() > LONGEST_LINE {
                return Err(BlockError::Line);
            }
            let before = block.len();
            block.reserve(self.size);
            // Enough to tell a mark at the beginning.
            let more = self.size.saturating_sub(before).max(MARK.len());
            let read = fill(&mut self.log, &mut block, more).map_err(BlockError::Read)?;
            self.has_ended = read < more;
            if self.is_first && block.starts_with(MARK) {
                block.drain(..MARK.len());
            }
            self.is_first = false;
            // What was there before holds no line end.
            let end = memchr::memrchr(b'\n', &block).filter(|_| !self.has_ended);
            if let Some(end) = end {
                self.rest = block.split_off(end + 1);
                break;
            }
        }
        Ok((!block.is_empty()).then_some(block))
    }
}

/// Adds up to `more` bytes; fewer only if the log ends.
fn fill(log: &mut impl Read, block: &mut Vec<u8>, more: usize) -> io::Result<usize> {
    let before = block.len();
    // In one piece, so that nothing is copied on the way.
    block.resize(before + more, 0);
    let mut end = before;
    while let Some(rest @ [_, ..]) = block.get_mut(end..) {
        match log.read(rest) {
            Ok(0) => break,
            Ok(read) => end += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    block.truncate(end);
    Ok(end - before)
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Result<Vec<u8>, BlockError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Cuts a block into up to `pieces` pieces of about the same size, each of whole lines.
pub fn pieces(block: &[u8], pieces: usize) -> Vec<&[u8]> {
    let size = block.len().div_ceil(pieces.max(1)).max(1);
    let (mut cut, mut rest) = (Vec::new(), block);
    while !rest.is_empty() {
        let end = rest
            .get(size..)
            .and_then(|after| memchr::memchr(b'\n', after))
            .map_or(rest.len(), |end| size + end + 1);
        let (piece, after) = rest.split_at(end);
        cut.push(piece);
        rest = after;
    }
    cut
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn blocks(text: &str, size: usize) -> Vec<Vec<u8>> {
        Blocks::new(text.as_bytes(), size)
            .collect::<Result<_, _>>()
            .unwrap()
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_part_of_the_log() {
        assert_eq!(blocks("\u{feff}a\n", 8), [b"a\n"]);
        assert!(blocks("\u{feff}", 8).is_empty());
        assert!(blocks("", 8).is_empty());
    }

    proptest! {
        #[test]
        fn blocks_and_pieces_are_whole_lines_and_all_of_them(
            text in "[ab\n]{0,60}", size in 1..20_usize, parts in 1..6_usize,
        ) {
            let blocks = blocks(&text, size);
            prop_assert_eq!(blocks.concat(), text.as_bytes());
            if let Some((_, complete)) = blocks.split_last() {
                prop_assert!(complete.iter().all(|block| block.ends_with(b"\n")));
            }
            for block in &blocks {
                let pieces = pieces(block, parts);
                prop_assert_eq!(&pieces.concat(), block);
                prop_assert!(pieces.len() <= parts);
                if let Some((_, complete)) = pieces.split_last() {
                    prop_assert!(complete.iter().all(|piece| piece.ends_with(b"\n")));
                }
            }
        }
    }
}
