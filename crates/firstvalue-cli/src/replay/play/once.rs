//! Each event once, though logs may hold it twice.

use std::collections::HashSet;

use firstvalue_model::time::Millis;

/// The ids of the events of one moment. A client that sends an event again sends it with the same
/// moment, so the ids of other moments need not be remembered.
pub struct Once {
    moment: Millis,
    ids: HashSet<String>,
}

impl Once {
    /// Nothing has happened yet.
    pub fn new() -> Self {
        Self {
            moment: Millis::MIN,
            ids: HashSet::new(),
        }
    }

    /// Whether an event has not been there already; moments must come in order. `is_alone` says
    /// that the next event is known to happen later.
    pub fn is_new(&mut self, at: Millis, id: Option<&str>, is_alone: bool) -> bool {
        if at != self.moment {
            self.moment = at;
            self.ids.clear();
            if is_alone {
                return true;
            }
        }
        id.is_none_or(|id| self.ids.insert(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_counts_once_in_its_moment() {
        let mut once = Once::new();
        let is_new = [
            (1, Some("a"), false),
            (1, None, false),
            (1, Some("b"), false),
            (1, Some("a"), false),
            (2, Some("a"), true),
            (3, Some("a"), false),
            (3, Some("a"), true),
        ]
        .map(|(at, id, is_alone)| once.is_new(at, id, is_alone));
        assert_eq!(is_new, [true, true, true, false, true, true, false]);
    }
}
