//! Several sorted runs as one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use firstvalue_model::time::Millis;

use super::run::Run;
use crate::replay::log::LogError;

/// Runs, and the moment of the next line of each. Of lines of one moment those of an earlier run
/// come first.
pub struct Merge {
    runs: Vec<Run>,
    next: BinaryHeap<Reverse<(Millis, usize)>>,
}

impl Merge {
    /// Begins to read all of them.
    pub fn of(mut runs: Vec<Run>) -> Result<Self, LogError> {
        let mut next = BinaryHeap::new();
        for (place, run) in runs.iter_mut().enumerate() {
            next.extend(run.next()?.map(|at| Reverse((at, place))));
        }
        Ok(Self { runs, next })
    }

    /// Adds the next line to `text`, and says when it happened; `None` at the end.
    pub fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Millis>> {
        let Some(Reverse((at, place))) = self.next.pop() else {
            return Ok(None);
        };
        if let Some(run) = self.runs.get_mut(place) {
            run.text(text)?;
            self.next.extend(run.next()?.map(|at| Reverse((at, place))));
        }
        Ok(Some(at))
    }

    /// The lines in blocks of about `size` bytes.
    pub fn blocks(
        mut self,
        size: usize,
    ) -> impl Iterator<Item = Result<Vec<u8>, LogError>> + Send + use<> {
        std::iter::from_fn(move || {
            let mut block = Vec::with_capacity(size);
            while block.len() < size {
                match self.next(&mut block) {
                    Ok(Some(_)) => block.push(b'\n'),
                    Ok(None) => break,
                    Err(error) => return Some(Err(error.into())),
                }
            }
            (!block.is_empty()).then_some(Ok(block))
        })
    }
}
