//! In which shard who lives.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// The shards of users and accounts.
pub struct Homes {
    shards: usize,
    /// Users who live elsewhere than their own names say.
    elsewhere: FxHashMap<Box<str>, usize>,
    has_changed: bool,
}

impl Homes {
    /// Everybody lives where their own name says.
    pub fn new(shards: usize) -> Self {
        Self {
            shards,
            elsewhere: FxHashMap::default(),
            has_changed: false,
        }
    }

    /// Where a user lives.
    pub fn of(&self, user: &str) -> usize {
        match self.elsewhere.get(user) {
            Some(&shard) => shard,
            None => self.by_name(user),
        }
    }

    /// Where the users of an account live.
    pub fn of_account(&self, account: &str) -> usize {
        self.by_name(account)
    }

    /// Has a user live in a shard from now on.
    pub fn settle(&mut self, user: &str, shard: usize) {
        self.has_changed = true;
        if shard == self.by_name(user) {
            self.elsewhere.remove(user);
        } else {
            self.elsewhere.insert(user.into(), shard);
        }
    }

    /// Whether anybody has been settled since this was last taken.
    pub fn has_changed(&self) -> bool {
        self.has_changed
    }

    /// Likewise, and begins anew.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.has_changed)
    }

    fn by_name(&self, name: &str) -> usize {
        if self.shards == 1 {
            return 0;
        }
        // The upper half is mixed best.
        (FxBuildHasher.hash_one(name) >> 32) as usize % self.shards
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_live_where_their_names_say_until_they_are_settled_elsewhere() {
        let mut homes = Homes::new(2);
        let names = (0..100).map(|n| format!("user-{n}"));
        let first: Vec<usize> = names.map(|name| homes.of(&name)).collect();
        assert!(first.contains(&0) && first.contains(&1));
        let (own, other) = (homes.of("ann"), 1 - homes.of("ann"));
        homes.settle("ann", other);
        assert_eq!(homes.of("ann"), other);
        assert!(homes.take_changed() && !homes.has_changed());
        homes.settle("ann", own);
        assert_eq!((homes.of("ann"), homes.elsewhere.len()), (own, 0));
    }
}
