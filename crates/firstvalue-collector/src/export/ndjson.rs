use std::io::{self, Write};

use firstvalue_store::Row;

use super::Sink;

/// One message a line, as it is stored.
pub(super) struct Lines<W>(W);

impl<W: Write> Lines<W> {
    pub(super) fn new(output: W) -> Self {
        Self(output)
    }
}

impl<W: Write> Sink for Lines<W> {
    fn write(&mut self, row: Row) -> io::Result<()> {
        self.0.write_all(row.body.as_bytes())?;
        self.0.write_all(b"\n")
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
