//! Who has several ids, as the whole of a log says it.

use firstvalue_engine::Joins;
use firstvalue_model::time::Millis;
use memchr::memmem;

use super::{Lines, Log, LogError, parse};

/// The calls that join ids.
const NAMES: [&[u8]; 2] = [b"identify", b"alias"];

impl Log {
    /// Looks through the log for who has several ids, until a moment. What was read before must not be
    /// read any more.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn joins(&self, until: Option<Millis>) -> Result<Joins, LogError> {
        let mut found = Vec::new();
        for block in self.as_it_lies()? {
            let block = block?;
            let pieces = parse(&block, self.threads(), |line| {
                // Most lines join nobody, which this tells sooner than reading them. Whoever writes
                // these letters as escapes has joins that are not found.
                if NAMES.iter().all(|name| memmem::find(line, name).is_none()) {
                    return Ok(None);
                }
                let event = Lines::new(&[]).read(line)?;
                let is_wanted = until.is_none_or(|until| event.at <= until);
                let joins = event.joins.filter(|_| is_wanted);
                Ok(joins.map(|id| (event.at, id.into_owned(), event.user.into_owned())))
            });
            found.extend(pieces.into_iter().flat_map(|piece| piece.events).flatten());
        }
        // Stable: of one moment the first line counts.
        found.sort_by_key(|(at, ..)| *at);
        let mut joins = Joins::new();
        for (_, id, user) in found {
            joins.join(&id, &user);
        }
        Ok(joins)
    }
}
