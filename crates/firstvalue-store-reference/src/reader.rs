//! Questions.

use std::ops::ControlFlow;

use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::time::Millis;
use firstvalue_store::{
    Achieved, Claim, Filter, Grouped, Identities, KeptDeed, KeptPlaybook, Position, Reader,
    Recorded, Refusal, Row, StoreError, StoredEvent,
};

use serde_json::Value;

use crate::MemoryStore;
use crate::event::Event;

/// Asks the store itself. Whoever goes through events goes through a copy of them.
#[derive(Debug)]
pub(crate) struct MemoryReader(pub(crate) MemoryStore);

impl MemoryReader {
    /// In the order of storing.
    fn events(&self) -> Vec<Event> {
        self.0.state().events.clone()
    }

    /// In the order in which they happened.
    fn by_time(&self) -> Vec<Event> {
        self.0.state().by_time()
    }

    /// What was done under some ids, of what was stored up to a position.
    fn done_under(&self, ids: &[String], until: Position) -> Vec<Event> {
        let mut events = self.by_time();
        events.retain(|event| event.is_of(ids) && event.position <= until);
        events
    }
}

impl Reader for MemoryReader {
    fn after(&self, position: Position, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let mut events = self.events();
        events.retain(|event| event.position > position);
        Ok(stored(events, limit))
    }

    fn last(&self) -> Result<Position, StoreError> {
        let last = self.events().pop();
        Ok(last.map_or(Position::START, |event| event.position))
    }

    fn count(&self) -> Result<u64, StoreError> {
        Ok(self.events().len() as u64)
    }

    fn removals(&self) -> Result<i64, StoreError> {
        Ok(self.0.state().removals)
    }

    fn has_pages(&self, until: Position) -> Result<bool, StoreError> {
        let is_page = |event: &Event| event.new.name.as_deref() == Some(PAGE_VIEWED);
        let mut events = self.events();
        events.retain(|event| event.position <= until && is_page(event));
        Ok(!events.is_empty())
    }

    fn by_time(
        &self,
        each: &mut dyn FnMut(StoredEvent) -> ControlFlow<()>,
    ) -> Result<Position, StoreError> {
        let mut last = Position::START;
        for event in self.by_time() {
            last = last.max(event.position);
            if each(event.stored()).is_break() {
                break;
            }
        }
        Ok(last)
    }

    fn rows(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let Filter { from, until, users } = filter;
        let mut events = self.events();
        events.retain(|event| {
            from.is_none_or(|from| event.new.at >= from)
                && until.is_none_or(|until| event.new.at < until)
                && users.as_ref().is_none_or(|users| event.is_of(users))
        });
        for event in events {
            if each(event.row()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn latest(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let mut events = self.events();
        events.reverse();
        Ok(stored(events, limit))
    }

    fn latest_of(
        &self,
        ids: &[String],
        before: Option<(Millis, Position)>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let mut events = self.by_time();
        events
            .retain(|event| event.is_of(ids) && before.is_none_or(|before| event.place() < before));
        events.reverse();
        Ok(stored(events, limit))
    }

    fn done_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let events = self.done_under(ids, until);
        events.iter().map(Event::stored).for_each(each);
        Ok(())
    }

    fn joined_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let mut events = self.done_under(ids, until);
        events.retain(|event| event.earlier().is_some());
        events.iter().map(Event::stored).for_each(each);
        Ok(())
    }

    fn joins(&self, each: &mut dyn FnMut(StoredEvent)) -> Result<(), StoreError> {
        let mut events = self.by_time();
        events.retain(|event| event.earlier().is_some());
        events.iter().map(Event::stored).for_each(each);
        Ok(())
    }

    fn named_with(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(self.0.state().named_with(ids))
    }

    fn accounts_of(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(self.0.state().accounts_of(ids))
    }

    fn users_of(&self, accounts: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(self.0.state().users_of(accounts))
    }

    fn grouped(&self, ids: &[String], each: &mut dyn FnMut(Grouped)) -> Result<(), StoreError> {
        for event in self.by_time() {
            if let Some(account) = event.account()
                && event.is_of(ids)
            {
                each(Grouped {
                    at: event.new.at,
                    position: event.position,
                    user: event.new.user,
                    account,
                });
            }
        }
        Ok(())
    }

    fn recorded(
        &self,
        ids: &[String],
        from: Millis,
        each: &mut dyn FnMut(Recorded),
    ) -> Result<(), StoreError> {
        for event in self.by_time() {
            let body = event.body();
            let property = |name| body.get("properties")?.get(name);
            if event.new.name.as_deref() == Some("outcome.recorded")
                && event.is_of(ids)
                && event.new.at >= from
                && let Some(outcome) = property("outcome").and_then(Value::as_str)
                && let Some(value) = property("value").and_then(Value::as_f64)
            {
                each(Recorded {
                    user: event.new.user.clone(),
                    position: event.position,
                    achieved: Achieved {
                        outcome: outcome.to_owned(),
                        value,
                        at: event.new.at,
                    },
                });
            }
        }
        Ok(())
    }

    fn playbooks(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptPlaybook>, StoreError> {
        let playbooks = self.0.state().playbooks.clone();
        Ok(newest(playbooks, before, limit, |kept| kept.version))
    }

    fn playbook(&self, version: i64) -> Result<Option<KeptPlaybook>, StoreError> {
        let mut playbooks = self.0.state().playbooks.clone();
        playbooks.retain(|kept| kept.version == version);
        Ok(playbooks.pop())
    }

    fn last_playbook_of(&self, actor: &str) -> Result<Option<KeptPlaybook>, StoreError> {
        let mut playbooks = self.0.state().playbooks.clone();
        playbooks.retain(|kept| kept.playbook.actor == actor);
        Ok(playbooks.pop())
    }

    fn quarantine(&self, before: Option<i64>, limit: u32) -> Result<Vec<Refusal>, StoreError> {
        let refused = self.0.state().refused.clone();
        Ok(newest(refused, before, limit, |refusal| refusal.id))
    }

    fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptDeed>, StoreError> {
        let deeds = self.0.state().deeds.clone();
        Ok(newest(deeds, before, limit, |deed| deed.id))
    }
}

impl Identities for MemoryReader {
    fn claims(&self, id: &str) -> Result<Vec<Claim>, StoreError> {
        self.0.state().claims(id)
    }

    fn named_by(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.0.state().named_by(id)
    }

    fn is_signed_in(&self, id: &str) -> Result<bool, StoreError> {
        self.0.state().is_signed_in(id)
    }
}

/// The first of some events.
fn stored(events: Vec<Event>, limit: u32) -> Vec<StoredEvent> {
    let events = events.iter().take(limit as usize);
    events.map(Event::stored).collect()
}

/// The newest before one, newest first.
fn newest<T>(mut kept: Vec<T>, before: Option<i64>, limit: u32, id: impl Fn(&T) -> i64) -> Vec<T> {
    kept.retain(|one| before.is_none_or(|before| id(one) < before));
    kept.reverse();
    kept.truncate(limit as usize);
    kept
}
