//! One person who turns out to be known by two ids.

use super::Population;

impl Population {
    /// What is known of a user is known of them under another id from now on. Returns `false` if
    /// something is known under both; then only going through what both did, by time, gives what one
    /// person is to be told.
    pub fn rename(&mut self, id: &str, other: &str) -> bool {
        if self.find(other).is_some() {
            return self.find(id).is_none();
        }
        self.users.rename(id, other);
        true
    }
}
