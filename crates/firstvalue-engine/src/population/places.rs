//! Where in a list whom of an id stands.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// The places of those in a list, found by their ids, which the list alone holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Places {
    /// Where the one of an id stands; `id_of` gives the id of whoever stands at a place.
    pub(super) fn get<'l>(&self, id: &str, id_of: impl Fn(u32) -> &'l str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        self.table.find(hash, |place| id_of(*place) == id).copied()
    }

    /// Notes where the one of an id stands, who must be there already, and was not noted before.
    pub(super) fn insert<'l>(&mut self, place: u32, id_of: impl Fn(u32) -> &'l str) {
        let hash = |place: &u32| self.hasher.hash_one(id_of(*place));
        self.table.insert_unique(hash(&place), place, hash);
    }

    /// Forgets where the one of an id stands, who must still be there, and says where that is.
    pub(super) fn remove<'l>(&mut self, id: &str, id_of: impl Fn(u32) -> &'l str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let found = self.table.find_entry(hash, |place| id_of(*place) == id);
        found.ok().map(|entry| entry.remove().0)
    }

    /// How many are noted.
    pub(super) fn len(&self) -> usize {
        self.table.len()
    }
}
