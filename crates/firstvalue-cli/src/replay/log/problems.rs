//! Lines that are left out: the first of them are named, the others are counted.

/// How many lines are named. Whoever has more bad lines than that has one cause for most of them.
const NAMED: u64 = 10;

/// What was found wrong with a log so far.
pub struct Problems {
    log: String,
    count: u64,
    /// The line up to which problems have been told; a log may be read more than once.
    told_until: u64,
}

impl Problems {
    /// Nothing is wrong yet with the log of this name.
    pub fn new(log: String) -> Self {
        Self {
            log,
            count: 0,
            told_until: 0,
        }
    }

    /// Takes in that a line is left out, and what is to be said of it now. Lines must come in
    /// order; those of an earlier reading are passed over.
    pub fn note(&mut self, line: u64, reason: &str) -> Option<String> {
        if line <= self.told_until {
            return None;
        }
        self.told_until = line;
        self.count += 1;
        (self.count <= NAMED).then(|| format!("{}:{line}: left out: {reason}", self.log))
    }

    /// Whether any line was left out.
    pub fn any(&self) -> bool {
        self.count > 0
    }

    /// What is to be said at the end.
    pub fn summary(&self) -> Option<String> {
        let more = self.count.checked_sub(NAMED).filter(|&more| more > 0)?;
        Some(format!(
            "{}: {more} more lines left out, {} in all",
            self.log, self.count
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_named_and_the_others_counted_however_often_the_log_is_read() {
        let mut problems = Problems::new("log".to_owned());
        let mut said = Vec::new();
        for _ in 0..2 {
            said.extend((1..=12).filter_map(|line| problems.note(line, "bad")));
        }
        assert_eq!(said.len(), 10);
        assert_eq!(said[0], "log:1: left out: bad");
        assert_eq!(
            problems.summary().as_deref(),
            Some("log: 2 more lines left out, 12 in all")
        );
    }
}
