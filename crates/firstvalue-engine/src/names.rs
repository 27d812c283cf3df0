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
        Self {
            entries: Vec::new(),
            slots: vec![0; 2],
        }
    }
}

impl<T> Names<T> {
    /// What stands under a name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.entry(self.find(name)).map(|(_, value)| value)
    }

    /// What stands under a name; put there if nothing does.
    pub(crate) fn get_or_insert(&mut self, name: &str, value: T) -> Option<&mut T> {
        let mut slot = self.find(name);
        if self.entry(slot).is_none() {
            self.entries.push((name.to_owned(), value));
            if 2 * self.entries.len() > self.slots.len() {
                self.spread();
            } else {
                self.take(slot, self.entries.len());
            }
            slot = self.find(name);
        }
        let place = self.slots.get(slot)?.checked_sub(1)?;
        self.entries.get_mut(place as usize).map(|(_, value)| value)
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

    /// Doubles the slots.
    fn spread(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for place in 0..self.entries.len() {
            let slot = self.entries.get(place).map(|(name, _)| self.find(name));
            self.take(slot.unwrap_or(usize::MAX), place + 1);
        }
    }

    fn take(&mut self, slot: usize, place: usize) {
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = u32::try_from(place).unwrap_or(0);
        }
    }
}

/// FNV-1a, which is quick for names as short as those of events.
fn hash(name: &str) -> usize {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 16)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_under_a_name_stands_there_and_nothing_else_does() {
        let mut names = Names::default();
        let name = |number: u32| format!("event-{number}");
        for number in 0..1_000 {
            assert_eq!(names.get(&name(number)), None);
            let new = names.get_or_insert(&name(number), number).expect("a place");
            assert_eq!(*new, number);
        }
        *names.get_or_insert("event-7", 0).expect("a place") += 1;
        for number in 0..1_000 {
            let stands = if number == 7 { 8 } else { number };
            assert_eq!(names.get(&name(number)), Some(&stands));
        }
        assert_eq!(names.get(""), None);
    }
}
