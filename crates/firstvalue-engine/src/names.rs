//! What stands under a name, found without comparing the name with many others.

/// A hash table with open addressing over a list, at most half full.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names<T> {
    entries: Vec<(String, T)>,
    /// Places in `entries`, counted from 1; 0 is free. Their number is a power of two.
    slots: Vec<u32>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl<T> Names<T> {
    /// Names, each there once, and what stands under them.
    pub(crate) fn of(entries: Vec<(String, T)>) -> Self {
        let slots = (2 * entries.len() + 1).next_power_of_two();
        let mut names = Self {
            entries,
            slots: vec![0; slots],
        };
        for place in 0..names.entries.len() {
            let slot = names.entries.get(place).map(|(name, _)| names.find(name));
            if let Some(slot) = slot.and_then(|slot| names.slots.get_mut(slot)) {
                *slot = u32::try_from(place + 1).unwrap_or(0);
            }
        }
        names
    }

    /// What stands under a name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.entry(self.find(name)).map(|(_, value)| value)
    }

    /// All names, and what stands under them.
    pub(crate) fn entries(&self) -> &[(String, T)] {
        &self.entries
    }

    /// The slot of a name, or the free one in which the search for it ends.
    fn find(&self, name: &str) -> usize {
        let most = self.slots.len() - 1;
        let mut slot = hash(name) & most;
        while self.entry(slot).is_some_and(|(known, _)| known != name) {
            slot = (slot + 1) & most;
        }
        slot
    }

    fn entry(&self, slot: usize) -> Option<&(String, T)> {
        let place = self.slots.get(slot)?.checked_sub(1)?;
        self.entries.get(place as usize)
    }
}

/// FxHash, four bytes at a time. Of the product the upper half is used, on which every bit has an effect.
fn hash(name: &str) -> usize {
    let mut hash = 0_u64;
    let mut add = |word: u32| {
        hash = (hash.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    };
    let (words, rest) = name.as_bytes().as_chunks();
    for word in words {
        add(u32::from_le_bytes(*word));
    }
    for byte in rest {
        add((*byte).into());
    }
    (hash >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_under_a_name_stands_there_and_nothing_else_does() {
        let name = |number: u32| format!("event-{number}");
        let names = Names::of((0..1_000).map(|number| (name(number), number)).collect());
        for number in 0..1_000 {
            assert_eq!(names.get(&name(number)), Some(&number));
        }
        assert_eq!(names.get(""), None);
        assert_eq!(Names::<u32>::default().get("event-0"), None);
    }
}
