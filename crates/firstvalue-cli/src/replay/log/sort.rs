//! Sorting a log that is larger than memory: sorted runs in temporary files, merged.

mod merge;
mod run;

use std::ops::Range;

use firstvalue_model::time::Millis;

use super::LogError;
use merge::Merge;
use run::{Run, RunWriter};

/// How much is held and sorted at once.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// The bytes of one run.
    pub run: usize,
    /// How many runs are merged at once, at least two. Each takes an open file and a buffer.
    pub runs: usize,
    /// The bytes of the blocks that come of it.
    pub block: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            run: 128 << 20,
            runs: 64,
            block: super::blocks::USUAL,
        }
    }
}

/// Takes in lines in any order and gives them back by time; those of one moment come in the order
/// in which they were put in.
pub struct Sorter {
    sizes: Sizes,
    text: Vec<u8>,
    lines: Vec<(Millis, Range<usize>)>,
    /// Those of earlier lines first.
    runs: Vec<Run>,
}

impl Sorter {
    /// Nothing is put in yet.
    pub fn new(sizes: Sizes) -> Self {
        Self {
            sizes,
            text: Vec::new(),
            lines: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// Takes in a line, without its line end.
    ///
    /// # Errors
    /// If a temporary file cannot be written.
    pub fn add(&mut self, at: Millis, line: &[u8]) -> Result<(), LogError> {
        let start = self.text.len();
        self.text.extend_from_slice(line);
        self.lines.push((at, start..self.text.len()));
        let places = self.lines.len() * size_of::<(Millis, Range<usize>)>();
        if self.text.len() + places >= self.sizes.run {
            self.spill()?;
        }
        Ok(())
    }

    /// The lines by time, in blocks.
    ///
    /// # Errors
    /// If a temporary file cannot be written or read.
    pub fn sorted(
        mut self,
    ) -> Result<impl Iterator<Item = Result<Vec<u8>, LogError>> + Send + use<>, LogError> {
        self.spill()?;
        // They are no longer needed, and the merge has its own.
        (self.text, self.lines) = (Vec::new(), Vec::new());
        Merge::of(self.runs).map(|merge| merge.blocks(self.sizes.block))
    }

    /// Writes a run of what is held.
    fn spill(&mut self) -> Result<(), LogError> {
        // Stable, so that lines of one moment stay in order.
        self.lines.sort_by_key(|(at, _)| *at);
        let mut writer = RunWriter::new()?;
        for (at, place) in self.lines.drain(..) {
            writer.write(at, self.text.get(place).unwrap_or_default())?;
        }
        self.text.clear();
        self.runs.push(writer.finish()?);
        if self.runs.len() >= self.sizes.runs.max(2) {
            self.merge()?;
        }
        Ok(())
    }

    /// Makes one run of all, so that there are never more files than can be open.
    fn merge(&mut self) -> Result<(), LogError> {
        let mut merge = Merge::of(std::mem::take(&mut self.runs))?;
        let mut writer = RunWriter::new()?;
        let mut line = Vec::new();
        while let Some(at) = merge.next(&mut line)? {
            writer.write(at, &line)?;
            line.clear();
        }
        self.runs.push(writer.finish()?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_stable_sort_whatever_the_sizes(
            moments in prop::collection::vec(-3..6_i64, 0..200),
            run in 1..3_000_usize, runs in 0..5_usize, block in 1..200_usize,
        ) {
            let mut sorter = Sorter::new(Sizes { run, runs, block });
            let mut expected: Vec<(i64, String)> = Vec::new();
            for (place, at) in moments.into_iter().enumerate() {
                // Lines of many lengths, of none as well.
                let line = format!("{at} {place}{}", "…".repeat(place % 7));
                sorter.add(at, line.as_bytes()).unwrap();
                expected.push((at, line));
            }
            expected.sort_by_key(|(at, _)| *at);
            let expected: String = expected.iter().map(|(_, line)| format!("{line}\n")).collect();
            let blocks: Vec<Vec<u8>> = sorter.sorted().unwrap().collect::<Result<_, _>>().unwrap();
            prop_assert!(blocks.iter().all(|block| block.ends_with(b"\n")));
            prop_assert_eq!(String::from_utf8(blocks.concat()).unwrap(), expected);
        }
    }
}
