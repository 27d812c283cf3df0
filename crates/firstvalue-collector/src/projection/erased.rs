//! Somebody was erased: what follows from what they did is decided anew, for those concerned.

use firstvalue_store::{Erased, Reader, StoreError};

use super::Projection;

impl Projection {
    /// Forgets whoever was erased, and has decided anew of whom that concerns.
    pub(super) fn erase(&mut self, erased: &Erased, reader: &dyn Reader) -> Result<(), StoreError> {
        let removals = erased.touched.removals;
        if self.removals >= removals.after {
            // Everything was read since.
            return Ok(());
        }
        if self.removals != removals.before {
            // Something else was taken out that nobody has told of.
            self.stale = true;
            return Ok(());
        }
        // Until it is done: an error on the way must not leave anything of them.
        let was_stale = std::mem::replace(&mut self.stale, true);
        if erased.touched.pages && self.playbook.rules.looks_at_pages() {
            self.holds_pages = reader.has_pages(self.taken)?;
            if !self.holds_pages {
                // As long as nothing is known of any page, conditions on pages hold.
                return Ok(());
            }
        }
        self.removals = removals.after;
        for id in &erased.ids {
            self.delivery.forget(id);
            // Under other ids of the same person they are decided anew of, too.
            let person = self.joins.of(id).to_owned();
            self.outdated.insert(person);
            self.outdated.insert(id.clone());
        }
        self.outdated.extend(erased.touched.users.iter().cloned());
        self.outdated_accounts
            .extend(erased.touched.accounts.iter().cloned());
        self.stale = was_stale;
        if !self.stale {
            self.decide_outdated(reader)?;
            self.last_event = self.seen.values().map(|seen| seen.last).max();
        }
        Ok(())
    }
}
