use std::fmt;
use std::ops::ControlFlow;

use firstvalue_model::time::Millis;

use crate::audit::KeptDeed;
use crate::error::StoreError;
use crate::event::{Position, Row, StoredEvent};
use crate::outcomes::{self, Achieved, Grouped, Recorded};
use crate::people::{self, Identities, KeptUnder};
use crate::playbooks::KeptPlaybook;
use crate::quarantine::Refusal;

/// Which events are meant; by default all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that happened at or after this.
    pub from: Option<Millis>,
    /// Those that happened before this.
    pub until: Option<Millis>,
    /// Those of users with one of these ids.
    pub users: Option<Vec<String>>,
}

/// Answers what is asked of a store, for one thread at a time.
///
/// An answer knows everything whose storing or erasing had been answered before it was asked, each event once. One
/// question is answered of one moment: what is stored or erased meanwhile changes nothing about it. Two questions may be
/// answered of two moments.
///
/// "In the order of storing" is by position; "in the order in which it happened" is by time, and by position at equal
/// times. What is gone through is not held: however much it is, little of it is in memory at a time.
///
/// Methods that have a body ask the others, several of them, and need not be written for an engine.
///
/// # Errors
/// Every method fails if the store cannot be read, those that go through events possibly after some of them.
pub trait Reader: Identities + fmt::Debug + Send {
    /// The events stored after a position, in the order of storing, at most `limit`. Whoever has read on to a position
    /// has seen all that there will ever be before it: no event gets a position below one that could be read.
    fn after(&self, position: Position, limit: u32) -> Result<Vec<StoredEvent>, StoreError>;

    /// The position of the event that was stored last; [`Position::START`] if there is none.
    fn last(&self) -> Result<Position, StoreError>;

    /// How many events there are, or a little more: what was erased may be counted.
    fn count(&self) -> Result<u64, StoreError>;

    /// How many events were ever taken out, or anything else that grows whenever some are, and only then: what was
    /// worked out of the events holds for as long as this stays.
    fn removals(&self) -> Result<i64, StoreError>;

    /// Whether pages are among the events stored up to a position.
    fn has_pages(&self, until: Position) -> Result<bool, StoreError>;

    /// Goes through all events in the order in which they happened, until `each` says that it is enough. Returns the
    /// last position seen, [`Position::START`] if there is none.
    fn by_time(
        &self,
        each: &mut dyn FnMut(StoredEvent) -> ControlFlow<()>,
    ) -> Result<Position, StoreError>;

    /// Goes through the events that a filter lets through, in the order of storing, until `each` says that it is enough.
    fn rows(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The events stored last, newest first.
    fn latest(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError>;

    /// What happened last under any of some ids, newest first; from an event on, what comes before it.
    fn latest_of(
        &self,
        ids: &[String],
        before: Option<(Millis, Position)>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// Goes through what was done under some ids, in the order in which it happened, of what was stored up to a
    /// position.
    fn done_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError>;

    /// Likewise through those of them that join ids.
    fn joined_under(
        &self,
        ids: &[String],
        until: Position,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError>;

    /// Goes through all messages that join ids, in the order in which they happened.
    fn joins(&self, each: &mut dyn FnMut(StoredEvent)) -> Result<(), StoreError>;

    /// The ids that some message would join with one of these, whether or not it does; each once, in any order.
    fn named_with(&self, ids: &[String]) -> Result<Vec<String>, StoreError>;

    /// The accounts that users with some ids were ever said to belong to; each once, in any order.
    fn accounts_of(&self, ids: &[String]) -> Result<Vec<String>, StoreError>;

    /// The ids of all who were ever said to belong to some accounts; each once, in any order.
    fn users_of(&self, accounts: &[String]) -> Result<Vec<String>, StoreError>;

    /// Goes through what was said of which account some ids belong to, in the order in which it happened.
    fn grouped(&self, ids: &[String], each: &mut dyn FnMut(Grouped)) -> Result<(), StoreError>;

    /// Goes through the business results that were recorded under some ids at or after a moment, in the order in which
    /// it happened. What has no name, or a value that is no number, is none.
    fn recorded(
        &self,
        ids: &[String],
        from: Millis,
        each: &mut dyn FnMut(Recorded),
    ) -> Result<(), StoreError>;

    /// The versions of the playbook, newest first, at most `limit`, of those before `before`.
    fn playbooks(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptPlaybook>, StoreError>;

    /// A version of the playbook.
    fn playbook(&self, version: i64) -> Result<Option<KeptPlaybook>, StoreError>;

    /// The playbook that an actor published last.
    fn last_playbook_of(&self, actor: &str) -> Result<Option<KeptPlaybook>, StoreError>;

    /// The messages refused last, newest first, at most `limit`, of those before `before`.
    fn quarantine(&self, before: Option<i64>, limit: u32) -> Result<Vec<Refusal>, StoreError>;

    /// What was done last, newest first, at most `limit`, of what was done before `before`.
    fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<KeptDeed>, StoreError>;

    /// Every id under which a person is known, from any of them: first the one they go by.
    fn ids_of(&self, user: &str) -> Result<Vec<String>, StoreError> {
        people::ids(self, user)
    }

    /// Under which ids something is kept of whoever is known by one. Messages may say that somebody was
    /// known by another id under which somebody has signed in: that is believed only if `joined` says
    /// so, since whoever has the write key can send them.
    fn kept_under(&self, id: &str, joined: bool) -> Result<KeptUnder, StoreError> {
        KeptUnder::find(self, id, joined)
    }

    /// Goes through what a user recorded at or after a moment, in the order in which it happened. What was done under
    /// an id by which somebody has signed in is that id's alone.
    fn achieved_by_user(
        &self,
        user: &str,
        from: Millis,
        each: &mut dyn FnMut(Achieved),
    ) -> Result<(), StoreError> {
        outcomes::of_user(self, user, from, each)
    }

    /// Likewise what the users of an account recorded while they belonged to it: each to that of the latest `group`
    /// call, under whichever of their ids.
    fn achieved_by_account(
        &self,
        account: &str,
        from: Millis,
        each: &mut dyn FnMut(Achieved),
    ) -> Result<(), StoreError> {
        outcomes::of_account(self, account, from, each)
    }
}
